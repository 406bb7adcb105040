// Tickets that are sold, and refunded: what is left of the money, and whether the tickets are taken.
import type { JsonObject } from "@stripe-lanes/core/json";
import { SESSION } from "./checkout-objects.ts";
import { CHARGE, INTENT, REFUND } from "./money-objects.ts";
import { at, DAY, START, type Story, type StoryRow, told } from "./story.ts";

const PAID_SESSION = { ...SESSION, payment_status: "paid" };
const PAID_INTENT = { ...INTENT, amount_received: 3000, latest_charge: "ch_1", status: "succeeded" };
const WHOLLY_REFUNDED = { ...CHARGE, amount_refunded: 3000, refunded: true };
const FAILURE = { failure_balance_transaction: "txn_back", failure_reason: "unknown", status: "failed" };

const SOLD: StoryRow = {
  noun: "stock",
  id: "price_ticket",
  customer: null,
  status: null,
  state: { sold: 3, reserved: 0 },
};

function payment(state: JsonObject, status = "succeeded"): StoryRow {
  return { noun: "payment", id: "pi_1", customer: "cus_1", status, state };
}

function refund(id: string, status: string, state: JsonObject): StoryRow {
  return {
    noun: "refund",
    id,
    customer: "cus_1",
    status,
    state: { payment: "pi_1", charge: "ch_1", ...state },
  };
}

function order(status: string): StoryRow {
  const state = { total: 3000, lines: [{ price: "price_ticket", quantity: 3 }] };
  return { noun: "order", id: "cs_1", customer: "cus_1", status, state };
}

const WHOLE = { ...REFUND, created: START + DAY };

export const refundedFirst: Story = {
  name: "a refund of everything gives the tickets back, though it is told before the payment",
  events: told("refunded_first", [
    at(0, "charge.succeeded", CHARGE),
    at(0, "payment_intent.succeeded", PAID_INTENT),
    at(0, "checkout.session.completed", PAID_SESSION),
    at(DAY, "refund.created", WHOLE),
    at(DAY, "charge.refunded", WHOLLY_REFUNDED, CHARGE),
    at(2 * DAY, "refund.updated", { ...WHOLE, status: "succeeded" }, WHOLE),
  ]),
  rows: [
    order("paid"),
    payment({
      paid: 3000,
      refunded: 3000,
      refunds: [{ id: "re_1", status: "succeeded", amount: 3000, charge: "ch_1" }],
    }),
    refund("re_1", "succeeded", { amount: 3000 }),
  ],
};

const HALF = { ...REFUND, amount: 1500, created: START + DAY, status: "succeeded" };
const OTHER_HALF = { ...HALF, id: "re_2" };

/** "Handle failed refunds", docs.stripe.com/refunds: one that succeeded may still fail. */
export const halfFails: Story = {
  name: "two halves are refunded, the second one fails, and the tickets stay sold",
  events: told("half_fails", [
    at(0, "charge.succeeded", CHARGE),
    at(0, "checkout.session.completed", PAID_SESSION),
    at(DAY, "refund.created", HALF),
    at(DAY, "refund.created", OTHER_HALF),
    at(DAY, "charge.refunded", WHOLLY_REFUNDED, { ...CHARGE, amount_refunded: 1500 }),
    at(4 * DAY, "refund.failed", { ...OTHER_HALF, ...FAILURE }),
  ]),
  rows: [
    order("paid"),
    payment({
      paid: 3000,
      refunded: 1500,
      refunds: [
        { id: "re_1", status: "succeeded", amount: 1500, charge: "ch_1" },
        { id: "re_2", status: "failed", amount: 1500, charge: "ch_1" },
      ],
    }),
    refund("re_1", "succeeded", { amount: 1500, failureReason: null }),
    refund("re_2", "failed", { amount: 1500, failureReason: "unknown" }),
    SOLD,
  ],
};

const PENDING_CHARGE = { ...CHARGE, amount_captured: 0, captured: false, paid: false, status: "pending" };
const PARTLY_REFUNDED = { ...CHARGE, amount_refunded: 1000 };
const PART = { ...REFUND, amount: 1000, created: START + 5 * DAY };
const REST = { ...REFUND, id: "re_2", amount: 2000, created: START + 6 * DAY };
const FAILED_REST = { ...REST, ...FAILURE };

/** "Fulfill orders", docs.stripe.com/checkout/fulfillment: completed is not paid. */
export const paidLater: Story = {
  name: "Checkout is completed unpaid, paid days later and refunded in two parts, of which one fails",
  events: told("paid_later", [
    at(0, "checkout.session.completed", SESSION),
    at(0, "charge.pending", PENDING_CHARGE),
    at(0, "payment_intent.processing", { ...INTENT, latest_charge: "ch_1", status: "processing" }),
    at(4 * DAY, "charge.succeeded", CHARGE),
    at(4 * DAY, "payment_intent.succeeded", PAID_INTENT),
    at(4 * DAY, "checkout.session.async_payment_succeeded", PAID_SESSION),
    at(5 * DAY, "refund.created", PART),
    at(5 * DAY, "charge.refunded", PARTLY_REFUNDED, CHARGE),
    at(5 * DAY, "refund.updated", { ...PART, status: "succeeded" }, PART),
    at(5 * DAY, "charge.refund.updated", { ...PART, status: "succeeded" }, PART),
    at(6 * DAY, "refund.created", REST),
    at(6 * DAY, "charge.refunded", WHOLLY_REFUNDED, PARTLY_REFUNDED),
    at(9 * DAY, "refund.failed", FAILED_REST),
    at(9 * DAY, "charge.refund.updated", FAILED_REST, REST),
  ]),
  rows: [
    order("paid"),
    payment({
      paid: 3000,
      refunded: 1000,
      disputed: 0,
      refunds: [
        { id: "re_1", status: "succeeded", amount: 1000, charge: "ch_1" },
        { id: "re_2", status: "failed", amount: 2000, charge: "ch_1" },
      ],
      orders: [{ id: "cs_1", status: "paid" }],
    }),
    refund("re_1", "succeeded", { amount: 1000 }),
    refund("re_2", "failed", { amount: 2000 }),
    SOLD,
  ],
};

/** The same, while the money is on its way. */
export const unpaid: Story = {
  name: "Checkout is completed unpaid, and the tickets are reserved",
  events: paidLater.events.slice(0, 3),
  rows: [
    order("unpaid"),
    payment({ paid: 0, refunded: 0, orders: [{ id: "cs_1", status: "unpaid" }] }, "processing"),
    { ...SOLD, state: { sold: 0, reserved: 3 } },
  ],
};

export const paidAtOnce: Story = {
  name: "Checkout is completed unpaid and paid within one second",
  events: told("paid_at_once", [
    at(0, "checkout.session.completed", SESSION),
    at(0, "charge.pending", PENDING_CHARGE),
    at(0, "charge.succeeded", CHARGE),
    at(0, "payment_intent.succeeded", PAID_INTENT),
    at(0, "checkout.session.async_payment_succeeded", PAID_SESSION),
  ]),
  rows: [order("paid"), payment({ paid: 3000, orders: [{ id: "cs_1", status: "paid" }] }), SOLD],
};
