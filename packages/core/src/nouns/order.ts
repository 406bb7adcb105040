// An order: a Checkout session, what it sold and whether that is paid.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { entries, integer, metadata, text } from "../fields.ts";
import { type OrderLine, type OrderStatus, stockHeld } from "../held.ts";
import { isObject, type Json } from "../json.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Join, Level, Noun, Standing } from "../noun.ts";
import { paymentJoin } from "./payment.ts";

export type OrderState = {
  status: OrderStatus;
  /** Stripe's `payment`, `subscription` or `setup`. */
  mode: string | null;
  customer: string | null;
  currency: string | null;
  /** Minor units. */
  subtotal: number | null;
  total: number | null;
  lines: OrderLine[];
  paymentIntent: string | null;
  subscription: string | null;
  invoice: string | null;
  metadata: Record<string, string>;
  /** Paths that Stripe did not send: without lines no stock moves. */
  incomplete?: string[];
};

function project(object: StripeObject, eventType: string): OrderState {
  const told = metadata(object.metadata);
  const lines = embeddedLines(object) ?? listedLines(told) ?? singleLine(told);
  return {
    status: projectStatus(object, eventType),
    mode: text(object.mode),
    customer: customerOf(object),
    currency: text(object.currency),
    subtotal: integer(object.amount_subtotal),
    total: integer(object.amount_total),
    lines: lines ?? [],
    paymentIntent: referenceId(object.payment_intent),
    subscription: referenceId(object.subscription),
    invoice: referenceId(object.invoice),
    metadata: told,
    ...(lines === null ? { incomplete: ["line_items"] } : {}),
  };
}

/** "Fulfill orders", docs.stripe.com/checkout/fulfillment: completed is not paid. */
function projectStatus(object: StripeObject, eventType: string): OrderStatus {
  if (object.status === "expired" || object.status === "open") return object.status;
  if (object.payment_status === "paid" || object.payment_status === "no_payment_required") return "paid";
  return eventType === "checkout.session.async_payment_failed" ? "failed" : "unpaid";
}

/** `line_items` is there only where someone expanded it; a list cut short is as good as none. */
function embeddedLines(object: StripeObject): OrderLine[] | null {
  if (!isObject(object.line_items) || object.line_items.has_more === true) return null;
  return linesOf(
    entries(object.line_items).map(({ price, quantity }) => ({
      price: referenceId(price),
      quantity: quantity ?? null,
    })),
  );
}

/** `metadata.lines`: `[{ "price": "price_…", "quantity": 2 }]`. */
function listedLines({ lines }: Record<string, string>): OrderLine[] | null {
  if (lines === undefined) return null;
  try {
    const listed = JSON.parse(lines) as Json;
    return Array.isArray(listed) ? linesOf(listed) : null;
  } catch {
    return null;
  }
}

function singleLine({ price_id: price, quantity }: Record<string, string>): OrderLine[] | null {
  if (price === undefined || quantity === undefined || !/^\d+$/.test(quantity)) return null;
  return linesOf([{ price, quantity: Number(quantity) }]);
}

/** All lines or none: an order with a line that cannot be read is not to be counted by halves. */
function linesOf(listed: Json[]): OrderLine[] | null {
  const lines = listed.map((line) => {
    const price = isObject(line) ? referenceId(line.price) : null;
    const quantity = isObject(line) ? integer(line.quantity) : null;
    return price === null || quantity === null || quantity < 0 ? null : { price, quantity };
  });
  return lines.includes(null) ? null : (lines as OrderLine[]);
}

/** Only in this mode an order is paid by its payment intent: the others have none, or an invoice's. */
function isPaidByIntent({ mode, paymentIntent }: OrderState): boolean {
  return mode === "payment" && paymentIntent !== null;
}

/** An order meets its refunds at its payment's row, which then moves the stock (D15). */
function levels(state: OrderState): Level[] {
  return isPaidByIntent(state) ? [] : stockHeld(state);
}

function joins({ state }: Standing<OrderState>): Join[] {
  const { status, customer, lines, paymentIntent } = state;
  return isPaidByIntent(state) ? paymentJoin(paymentIntent, { status, customer, lines }) : [];
}

/** A payment that failed is the session's end too, and only its event says so: fetched, it looks unpaid. */
const LIFECYCLE: Lifecycle = {
  ranks: { open: 0, unpaid: 1, failed: 2, paid: 3, expired: 4 },
  terminal: ["failed", "expired"],
};

export const order: Noun<OrderState> = {
  name: "order",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  levels,
  joins,
};
