// What a team can want of the state, the event types that are enough for it, and what nobody takes back without some
// of them. docs/event-types.md says the same to people, and a test compares the two.

export type Goal = {
  /** Its heading in docs/event-types.md. */
  name: string;
  /** Null for all of them. */
  types: readonly string[] | null;
  figures: readonly Figure[];
  without: readonly Without[];
};

/** Types, and the figures that stay as they were at an earlier moment where none of these comes. */
type Without = {
  types: readonly string[];
  stays: readonly Figure[];
  /** It takes more than the simulated Stripe does in a day. */
  isSeldom?: true;
};

/** Of customers, of orders and prices, and of payments. */
export type Figure =
  | ("granted" | "features" | "deleted" | "unpaidSince")
  | ("order" | "sold" | "reserved" | "capacity" | "oversold")
  | ("status" | "paid" | "refunded" | "disputed" | "invoice");

const SETTLED = ["invoice.paid", "invoice.voided", "invoice.marked_uncollectible"];

const ACCESS: Goal = {
  name: "Only `hasAccess`",
  types: [
    "customer.created",
    "customer.deleted",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "entitlements.active_entitlement_summary.updated",
    "invoice.finalized",
    "invoice.payment_failed",
    ...SETTLED,
  ],
  figures: ["granted", "features", "deleted", "unpaidSince"],
  without: [
    { types: ["customer.deleted"], stays: ["deleted"] },
    { types: ["customer.subscription.deleted"], stays: ["granted", "unpaidSince"] },
    { types: ["customer.subscription.updated"], stays: ["granted", "unpaidSince"] },
    { types: SETTLED, stays: ["granted", "unpaidSince"], isSeldom: true },
  ],
};

const REFUNDS = [
  "charge.refunded",
  "charge.refund.updated",
  "refund.created",
  "refund.updated",
  "refund.failed",
];

const STOCK: Goal = {
  name: "Orders and stock",
  types: [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_intent.canceled",
    "charge.captured",
    ...REFUNDS,
    "price.created",
    "price.updated",
    "price.deleted",
  ],
  figures: ["order", "sold", "reserved", "capacity", "oversold"],
  without: [
    { types: REFUNDS, stays: ["sold", "oversold"] },
    { types: ["checkout.session.async_payment_failed"], stays: ["order", "reserved"] },
    { types: ["price.updated", "price.deleted"], stays: ["capacity", "oversold"] },
  ],
};

const PAYMENTS: Goal = {
  name: "Payments",
  types: [
    "payment_intent.created",
    "payment_intent.requires_action",
    "payment_intent.processing",
    "payment_intent.amount_capturable_updated",
    "payment_intent.partially_funded",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
    "payment_intent.canceled",
    "charge.pending",
    "charge.succeeded",
    "charge.failed",
    "charge.captured",
    "charge.expired",
    "charge.updated",
    ...REFUNDS,
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "invoice_payment.paid",
  ],
  figures: ["status", "paid", "refunded", "disputed", "invoice"],
  without: [
    { types: REFUNDS, stays: ["refunded", "status"] },
    { types: ["refund.updated", "refund.failed", "charge.refund.updated"], stays: ["refunded"] },
    { types: ["charge.dispute.closed", "charge.dispute.funds_reinstated"], stays: ["disputed"] },
    { types: ["payment_intent.canceled"], stays: ["status"] },
  ],
};

const EVERYTHING: Goal = {
  name: "Everything",
  types: null,
  figures: [ACCESS, STOCK, PAYMENTS].flatMap(({ figures }) => figures),
  without: [],
};

export const GOALS: readonly Goal[] = [ACCESS, STOCK, PAYMENTS, EVERYTHING];

/** Whether a team with that goal takes events of a type. */
export function isWanted({ types }: Goal, type: string): boolean {
  return types === null || types.includes(type);
}
