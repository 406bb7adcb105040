// A quote: what a customer was offered, and whether they took it. What it offers of a price is held for them.
import { customerOf, referenceId, type StripeObject } from "@stripe-lanes/core/event";
import { integer, metadata, text } from "@stripe-lanes/core/fields";
import type { Lifecycle } from "@stripe-lanes/core/lifecycle";
import type { Level, Noun } from "@stripe-lanes/core/noun";
import { STOCK } from "@stripe-lanes/core/nouns/stock";

export type QuoteState = {
  status: string | null;
  /** Null in a draft that was not addressed yet. */
  customer: string | null;
  /** What is printed on it; null until it is finalized. */
  number: string | null;
  currency: string | null;
  /** Minor units; before discounts and taxes. */
  subtotal: number | null;
  /** Minor units. */
  total: number | null;
  /** When it is canceled if nobody accepted it, in seconds since the epoch. */
  expiresAt: number | null;
  /** What came of it. */
  invoice: string | null;
  subscription: string | null;
  schedule: string | null;
  /** The price that it holds `quantity` of, where its metadata says so: events never bring a quote's lines. */
  price: string | null;
  quantity: number;
  metadata: Record<string, string>;
};

/** Null for what Stripe did not send, and for what is of another type than it should be. */
function project(object: StripeObject): QuoteState {
  const told = metadata(object.metadata);
  return {
    status: text(object.status),
    customer: customerOf(object),
    number: text(object.number),
    currency: text(object.currency),
    subtotal: integer(object.amount_subtotal),
    total: integer(object.amount_total),
    expiresAt: integer(object.expires_at),
    invoice: referenceId(object.invoice),
    subscription: referenceId(object.subscription),
    schedule: referenceId(object.subscription_schedule),
    price: told.price_id ?? null,
    quantity: quantityOf(told),
    metadata: told,
  };
}

function quantityOf({ quantity }: Record<string, string>): number {
  return quantity !== undefined && /^\d+$/.test(quantity) ? (integer(Number(quantity)) ?? 0) : 0;
}

/**
 * "How quotes work", docs.stripe.com/quotes/overview: within one second, what is further along wins, and a status
 * that is terminal never gives way to one that is not.
 */
const LIFECYCLE: Lifecycle = {
  ranks: { draft: 0, open: 1, accepted: 2, canceled: 2 },
  terminal: ["accepted", "canceled"],
};

const HELD_AS: Partial<Record<string, "reserved" | "sold">> = { open: "reserved", accepted: "sold" };

/** Levels, not increments: what moves the stock is the difference to what the row said before. */
function levels({ status, price, quantity }: QuoteState): Level[] {
  const held = HELD_AS[status ?? ""];
  return held && price !== null ? [{ noun: STOCK, id: price, amounts: { [held]: quantity } }] : [];
}

/** At home on its own: only what always has a customer can live with them. */
export const quote: Noun<QuoteState> = {
  name: "quote",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  levels,
};
