// Rows that contribute to others, told in as many words as matter.
import type { StripeObject } from "@stripe-lanes/core/event";
import { type EventJson, type SnapshotOptions, snapshotEvent, thinEvent } from "../events.ts";

export type About = Partial<Omit<SnapshotOptions, "type" | "object">>;

/** What an object is, without its type. */
type Members<T> = Partial<T> & About;

export function intentIs(
  status: string,
  { of = "pi_1", customer = null, ...about }: Members<{ of: string; customer: string | null }> = {},
): EventJson {
  const amount_received = status === "succeeded" ? 100 : 0;
  const object = { object: "payment_intent", id: of, status, customer, amount: 100, amount_received };
  return snapshotEvent({ type: "payment_intent.updated", object, ...about });
}

type ChargeOptions = { of: string; payment: string | null; refunded: number };

/** Paid: 100 of it. */
export function chargeIs(
  status: string,
  { of = "ch_1", payment = "pi_1", refunded = 0, ...about }: Members<ChargeOptions> = {},
): EventJson {
  const amounts = {
    amount: 100,
    amount_captured: status === "succeeded" ? 100 : 0,
    amount_refunded: refunded,
  };
  const object = { object: "charge", id: of, payment_intent: payment, status, ...amounts };
  return snapshotEvent({ type: "charge.updated", object, ...about });
}

type MoneyBackOptions = { of: string; payment: string | null; charge: string | null; amount: number };

export function refundIs(
  status: string,
  { of = "re_1", payment = "pi_1", charge = "ch_1", amount = 100, ...about }: Members<MoneyBackOptions> = {},
): EventJson {
  const object = { object: "refund", id: of, payment_intent: payment, charge, status, amount };
  return snapshotEvent({ type: "refund.updated", object, ...about });
}

export function disputeIs(
  status: string,
  { of = "dp_1", payment = "pi_1", charge = "ch_1", amount = 100, ...about }: Members<MoneyBackOptions> = {},
): EventJson {
  const object = { object: "dispute", id: of, payment_intent: payment, charge, status, amount };
  return snapshotEvent({ type: "charge.dispute.updated", object, ...about });
}

type SessionOptions = {
  of: string;
  payment: string | null;
  mode: string;
  customer: string | null;
  price: string;
  quantity: number;
};

export type SessionStatus = "open" | "unpaid" | "paid" | "expired";

const SESSION_MEMBERS: Record<SessionStatus, { status: string; payment_status: string }> = {
  open: { status: "open", payment_status: "unpaid" },
  unpaid: { status: "complete", payment_status: "unpaid" },
  paid: { status: "complete", payment_status: "paid" },
  expired: { status: "expired", payment_status: "unpaid" },
};

export function sessionIs(status: SessionStatus, options: Members<SessionOptions> = {}): EventJson {
  const { of = "cs_1", payment = "pi_1", mode = "payment", customer = null, ...rest } = options;
  const { price = "price_1", quantity = 2, ...about } = rest;
  const metadata = { lines: JSON.stringify([{ price, quantity }]) };
  const object = { object: "checkout.session", id: of, payment_intent: payment, mode, customer, metadata };
  return snapshotEvent({
    type: "checkout.session.updated",
    object: { ...object, ...SESSION_MEMBERS[status] },
    ...about,
  });
}

export function invoiceIs(
  status: string,
  { of = "in_1", customer = "cus_1", ...about }: Members<{ of: string; customer: string | null }> = {},
): EventJson {
  const owed = { attempt_count: 1, amount_remaining: 100, status_transitions: { finalized_at: 1 } };
  const object = { object: "invoice", id: of, customer, subscription: "sub_1", status, lines: [], ...owed };
  return snapshotEvent({ type: "invoice.updated", object, ...about });
}

/** A customer's entitlements; `cut` where Stripe says that there are more. */
export function summaryIs(
  features: string[],
  { of = "cus_1", cut = false, ...about }: Members<{ of: string; cut: boolean }> = {},
): EventJson {
  const object = summaryObject(of, features, cut);
  return snapshotEvent({ type: "entitlements.active_entitlement_summary.updated", object, ...about });
}

export function summaryObject(customer: string, features: string[], cut = false): StripeObject {
  const data = features.map((lookup_key) => ({ id: `ent_${lookup_key}`, lookup_key }));
  const entitlements = { object: "list", data, has_more: cut };
  return { object: "entitlements.active_entitlement_summary", customer, entitlements };
}

export function customerGone({ of = "cus_1", ...about }: About & { of?: string } = {}): EventJson {
  return snapshotEvent({ type: "customer.deleted", object: { object: "customer", id: of }, ...about });
}

/** A subscription whose customer is an account (Accounts v2). */
export function accountSubscribes(
  status: string,
  { of = "sub_3", customer = "cus_1", ...about }: Members<{ of: string; customer: string | null }> = {},
): EventJson {
  const object = { object: "subscription", id: of, customer, customer_account: "acct_1", status };
  return snapshotEvent({ type: "customer.subscription.updated", object, ...about });
}

/** What is told of it is all that the event says. */
export function accountCloses(about: About = {}): EventJson {
  const { id, created } = about;
  return thinEvent({
    type: "v2.core.account.closed",
    related: { id: "acct_1", type: "v2.core.account" },
    ...(id !== undefined && { id }),
    ...(created !== undefined && { created }),
  });
}

export function priceIs(
  capacity: string | null,
  { of = "price_1", deleted = false, ...about }: Members<{ of: string; deleted: boolean }> = {},
): EventJson {
  const metadata = capacity === null ? {} : { capacity };
  const object = { object: "price", id: of, metadata };
  return snapshotEvent({ type: deleted ? "price.deleted" : "price.updated", object, ...about });
}
