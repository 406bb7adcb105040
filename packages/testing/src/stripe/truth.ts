// What billing state must be, after exactly the events that were sent: read off the records themselves,
// by nobody's rules but Stripe's.
import type { Charge } from "./money.ts";
import type { CheckoutSession, Customer, StripeRecord, Subscription } from "./records.ts";
import type { Sandbox } from "./sandbox.ts";

export type TruthRow = {
  noun: string;
  id: string;
  /** The customer the object names; of a customer, itself. */
  customer: string | null;
  status: string | null;
  deleted: boolean;
  /** Times in seconds, amounts in minor units. */
  state: Record<string, unknown>;
};

/** A row for each object that an event told of, and for each price that was ordered; by noun and id. */
export function truthOf(sandbox: Sandbox): TruthRow[] {
  const records = told(sandbox);
  return [...records.map(rowOf), ...stockOf(records)].sort(byNounAndId);
}

/** Each object as its newest event showed it. */
function told(sandbox: Sandbox): StripeRecord[] {
  const entries = [...sandbox.entries.values()].filter((entry) => entry.told);
  return entries.flatMap(({ shown }) => (shown === null ? [] : [shown]));
}

function byNounAndId(one: TruthRow, other: TruthRow): number {
  if (one.noun !== other.noun) return one.noun < other.noun ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

function rowOf(record: StripeRecord): TruthRow {
  if (record.object === "customer") return customerRow(record);
  if (record.object === "subscription") return subscriptionRow(record);
  if (record.object === "checkout.session") return orderRow(record);
  return {
    noun: "generic",
    id: record.id,
    customer: "customer" in record ? record.customer : null,
    status: "status" in record ? record.status : null,
    deleted: "deleted" in record && record.deleted,
    state: { object: record.object },
  };
}

function customerRow({ id, email, name, deleted }: Customer): TruthRow {
  return { noun: "customer", id, customer: id, status: null, deleted, state: deleted ? {} : { email, name } };
}

function subscriptionRow(subscription: Subscription): TruthRow {
  const { id, customer, status, currency, period, cancelAt, cancelAtPeriodEnd, canceledAt } = subscription;
  const items = subscription.items.map(({ id, price, quantity }) => {
    return { id, price: price.id, quantity, periodStart: period.start, periodEnd: period.end };
  });
  const trialEnd = subscription.trial?.end ?? null;
  const state = { currency, items, cancelAt, cancelAtPeriodEnd, canceledAt, trialEnd };
  return { noun: "subscription", id, customer, status, deleted: false, state };
}

function orderRow(session: CheckoutSession): TruthRow {
  const { id, customer, total, currency, lines, paymentIntent } = session;
  const state = { total, currency, lines: lines.map((line) => ({ ...line })), paymentIntent };
  return { noun: "order", id, customer, status: orderStatus(session), deleted: false, state };
}

function orderStatus({ status, paymentStatus, delayedPaymentFailed }: CheckoutSession): string {
  if (status !== "complete") return status;
  if (paymentStatus !== "unpaid") return "paid";
  return delayedPaymentFailed ? "failed" : "unpaid";
}

/** Paid orders have sold, unpaid ones reserve; what holds nothing is no stock. Refunds do not bring anything back. */
function stockOf(records: readonly StripeRecord[]): TruthRow[] {
  const stock = new Map<string, { sold: number; reserved: number }>();
  for (const session of records.filter((record) => record.object === "checkout.session")) {
    for (const { price, quantity } of session.lines) {
      const count = stock.get(price) ?? { sold: 0, reserved: 0 };
      if (orderStatus(session) === "paid") count.sold += quantity;
      if (orderStatus(session) === "unpaid") count.reserved += quantity;
      stock.set(price, count);
    }
  }
  const held = [...stock].filter(([, { sold, reserved }]) => sold + reserved > 0);
  return held.map(([id, state]) => {
    return { noun: "stock", id, customer: null, status: null, deleted: false, state };
  });
}

/** In minor units, by currency. */
export type Ledger = { [currency: string]: { paid: number; refunded: number } };

/** What came in by charges and went back by refunds, as the events tell. */
export function ledgerOf(sandbox: Sandbox): Ledger {
  const ledger: Ledger = {};
  for (const charge of told(sandbox).filter(isPaid)) {
    const totals = ledger[charge.currency] ?? { paid: 0, refunded: 0 };
    totals.paid += charge.amount;
    totals.refunded += charge.amountRefunded;
    ledger[charge.currency] = totals;
  }
  return ledger;
}

function isPaid(record: StripeRecord): record is Charge {
  return record.object === "charge" && record.status === "succeeded";
}
