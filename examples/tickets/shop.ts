// The shop: opens a Checkout session for as many tickets as are left, and says in its metadata what it sells.
import type { Billing } from "@stripe-lanes/core/billing";
import type { OrderLine } from "@stripe-lanes/core/held";
import type Stripe from "stripe";

export type Shop = {
  billing: Pick<Billing, "getStock">;
  /** `stripe.checkout.sessions`. */
  sessions: {
    create(params: Stripe.Checkout.SessionCreateParams): Promise<{ id: string; url: string | null }>;
  };
  /** Where Stripe sends the buyer afterwards. */
  successUrl: string;
};

/** In the session's metadata, so that what else the account sells sends no tickets. */
export const SHOP = "tickets";

export type Sale =
  | { kind: "checkout"; session: string; url: string | null }
  | { kind: "sold-out"; prices: string[] };

/**
 * Sells tickets by price, each price once. The lines go into `metadata.lines`, since no event brings the session's
 * own: Stripe allows 500 characters there, which are eight prices or so.
 */
export async function sell({ billing, sessions, successUrl }: Shop, lines: OrderLine[]): Promise<Sale> {
  const left = await Promise.all(lines.map(({ price }) => ticketsLeft(billing, price)));
  const short = lines.filter(({ quantity }, index) => quantity > (left[index] ?? 0));
  if (short.length > 0) return { kind: "sold-out", prices: short.map(({ price }) => price) };
  const { id, url } = await sessions.create({
    mode: "payment",
    line_items: lines,
    metadata: { shop: SHOP, lines: JSON.stringify(lines) },
    success_url: successUrl,
  });
  return { kind: "checkout", session: id, url };
}

/**
 * How many of a price can still be sold: `metadata.capacity` of the price in Stripe, less what is sold and what waits
 * for a payment that takes days. It is no lock: Stripe tells nothing of a session that is only open, so two buyers of
 * the last ticket may both pay. Then `getStock` says `oversold`, and the box office hears `stock.oversold`.
 */
export async function ticketsLeft(billing: Shop["billing"], price: string): Promise<number> {
  const { capacity, sold, reserved } = (await billing.getStock(price)).state;
  return capacity === null ? Number.POSITIVE_INFINITY : Math.max(0, capacity - sold - reserved);
}
