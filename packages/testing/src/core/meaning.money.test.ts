// What money means (D21), after situations that people reported: the same in every order of delivery, with copies.
import type { JsonObject } from "@stripe-lanes/core/json";
import { describe, it } from "vitest";
import { FIRST_SECOND } from "../events.ts";
import { at, expectMeaning, type Meaning } from "./meaning.ts";

const DAY = 86_400;

const charge = (changes: JsonObject = {}): JsonObject => ({
  ...{ object: "charge", id: "ch_1", payment_intent: "pi_1", customer: null, currency: "eur" },
  ...{ amount: 3000, amount_captured: 3000, amount_refunded: 0, captured: true, refunded: false },
  ...{ status: "succeeded", created: FIRST_SECOND, metadata: {} },
  ...changes,
});
const HELD = { captured: false, amount_captured: 0 };
const LET_GO = { ...HELD, amount_refunded: 3000, refunded: true };

const intent = (status: string, changes: JsonObject = {}): JsonObject => ({
  ...{ object: "payment_intent", id: "pi_1", amount: 3000, amount_received: 0, currency: "eur" },
  ...{ customer: null, latest_charge: null, last_payment_error: null, status, metadata: {} },
  ...changes,
});

const session = (changes: JsonObject = {}): JsonObject => ({
  ...{ object: "checkout.session", id: "cs_1", mode: "payment", payment_intent: "pi_1", customer: null },
  ...{ status: "complete", payment_status: "unpaid", amount_total: 3000, currency: "eur" },
  ...{ metadata: { lines: '[{"price":"price_seat","quantity":3}]' } },
  ...changes,
});

const refund = (status: string, changes: JsonObject = {}): JsonObject => ({
  ...{ object: "refund", id: "re_1", payment_intent: "pi_1", charge: "ch_1", amount: 3000, currency: "eur" },
  ...{ status, created: FIRST_SECOND, metadata: {} },
  ...changes,
});

const dispute = (status: string, ...transactions: [string, number, string?][]): JsonObject => ({
  ...{ object: "dispute", id: "du_1", payment_intent: "pi_1", charge: "ch_1", amount: 3000, currency: "eur" },
  ...{ status, reason: "general", created: FIRST_SECOND, metadata: {} },
  balance_transactions: transactions.map(([id, amount, currency = "eur"]) => ({ id, amount, currency })),
});

const held = at(1, "charge.succeeded", charge(HELD));
const completed = at(2, "checkout.session.completed", session());

const STORIES: Record<string, Meaning> = {
  "a hold that only its charge tells of sells nothing": {
    events: [held, completed],
    rows: {
      "payment pi_1": { status: "requires_capture", paid: 0 },
      "order cs_1": { status: "unpaid" },
      "stock price_seat": { sold: 0, reserved: 3 },
    },
    told: {},
    never: ["payment.succeeded", "order.paid", "stock.oversold"],
  },
  "a hold that is let go is canceled, and frees what was reserved": {
    events: [held, completed, at(7 * DAY, "charge.expired", charge(LET_GO), { refunded: false })],
    rows: {
      "payment pi_1": { status: "canceled", paid: 0, refunded: 0 },
      "order cs_1": { status: "failed" },
      "stock price_seat": null,
    },
    told: {},
    never: ["payment.succeeded", "payment.refunded", "payment.refund_failed", "order.paid"],
  },
  "a hold that its intent tells was canceled": {
    events: [
      held,
      completed,
      at(
        1,
        "payment_intent.amount_capturable_updated",
        intent("requires_capture", { latest_charge: "ch_1" }),
      ),
      at(60, "payment_intent.canceled", intent("canceled", { latest_charge: "ch_1" })),
    ],
    rows: { "payment pi_1": { status: "canceled", paid: 0 }, "order cs_1": { status: "failed" } },
    told: {},
    never: ["payment.succeeded", "order.paid"],
  },
  "a capture in part pays the order once": {
    events: [
      held,
      completed,
      at(3600, "charge.captured", charge({ amount_captured: 800, amount_refunded: 2200 }), {
        captured: false,
      }),
      at(
        3600,
        "payment_intent.succeeded",
        intent("succeeded", { amount_received: 800, latest_charge: "ch_1" }),
      ),
    ],
    rows: {
      "payment pi_1": { status: "succeeded", paid: 800, refunded: 0 },
      "order cs_1": { status: "paid" },
      "stock price_seat": { sold: 3, reserved: 0 },
    },
    told: { "payment.succeeded": [800], "order.paid": [0] },
    never: ["payment.refunded", "payment.refund_failed"],
  },
  "a charge without an intent succeeds when it is captured": {
    events: [
      at(1, "charge.succeeded", charge({ ...HELD, payment_intent: null })),
      at(
        60,
        "charge.captured",
        charge({ payment_intent: null, amount_captured: 2000, amount_refunded: 1000 }),
      ),
    ],
    rows: { "payment ch_1": { status: "succeeded", paid: 2000, refunded: 0 } },
    told: { "payment.succeeded": [2000] },
  },
  "a hold that is captured and refunded whole was sold and given back": {
    events: [
      held,
      completed,
      at(60, "charge.captured", charge(), { captured: false, amount_captured: 0 }),
      at(
        60,
        "payment_intent.succeeded",
        intent("succeeded", { amount_received: 3000, latest_charge: "ch_1" }),
      ),
      at(DAY, "refund.created", refund("succeeded")),
      at(DAY, "charge.refunded", charge({ amount_refunded: 3000, refunded: true }), { amount_refunded: 0 }),
    ],
    rows: {
      "order cs_1": { status: "paid", refunded: 3000 },
      "payment pi_1": { paid: 3000, refunded: 3000 },
      "stock price_seat": null,
    },
    told: {
      "payment.succeeded": [3000],
      "order.paid": [0],
      "order.refunded": [3000],
      "payment.refunded": [3000],
    },
    never: ["payment.refund_failed", "order.refund_failed"],
  },
  "a payment that took days, failed, and came all the same": {
    events: [
      completed,
      at(
        3 * DAY,
        "payment_intent.payment_failed",
        intent("requires_payment_method", { last_payment_error: { code: "x" } }),
      ),
      at(3 * DAY, "checkout.session.async_payment_failed", session()),
      at(
        4 * DAY,
        "payment_intent.succeeded",
        intent("succeeded", { amount_received: 3000, latest_charge: "ch_1" }),
      ),
    ],
    rows: { "order cs_1": { status: "paid" }, "stock price_seat": { sold: 3, reserved: 0 } },
    told: { "order.paid": [0], "payment.succeeded": [3000] },
  },
  "a session in setup mode is no order": {
    events: [
      at(
        1,
        "checkout.session.completed",
        session({
          mode: "setup",
          payment_intent: null,
          setup_intent: "seti_1",
          payment_status: "no_payment_required",
        }),
      ),
      at(1, "setup_intent.succeeded", {
        object: "setup_intent",
        id: "seti_1",
        status: "succeeded",
        metadata: {},
      }),
    ],
    rows: {
      "order cs_1": null,
      "stock price_seat": null,
      "setup seti_1": { status: "succeeded", session: { id: "cs_1" } },
    },
    told: { "setup.succeeded": [0] },
    never: ["order.paid"],
  },
  "what a lost dispute gave back is not disputed": {
    events: [
      at(1, "charge.succeeded", charge()),
      at(DAY, "charge.refunded", charge({ amount_refunded: 1000 }), { amount_refunded: 0 }),
      at(2 * DAY, "charge.dispute.created", dispute("needs_response", ["txn_1", -3000])),
      at(9 * DAY, "charge.dispute.closed", dispute("lost", ["txn_1", -3000])),
      at(9 * DAY, "charge.dispute.funds_reinstated", dispute("lost", ["txn_1", -3000], ["txn_2", 1000])),
    ],
    rows: { "payment pi_1": { paid: 3000, refunded: 1000, disputed: 2000 }, "dispute du_1": { taken: 2000 } },
    told: { "payment.refunded": [1000] },
  },
  "a dispute in another currency that gave back all": {
    events: [
      at(1, "charge.succeeded", charge()),
      at(2, "charge.dispute.created", dispute("needs_response", ["txn_1", -3300, "usd"])),
      at(
        9,
        "charge.dispute.funds_reinstated",
        dispute("lost", ["txn_1", -3300, "usd"], ["txn_2", 3300, "usd"]),
      ),
    ],
    rows: { "payment pi_1": { disputed: 0 }, "dispute du_1": { taken: 0 } },
    told: {},
  },
  "a dispute in another currency that gave back a part is in doubt": {
    events: [
      at(1, "charge.succeeded", charge()),
      at(2, "charge.dispute.created", dispute("needs_response", ["txn_1", -3300, "usd"])),
      at(
        9,
        "charge.dispute.funds_reinstated",
        dispute("lost", ["txn_1", -3300, "usd"], ["txn_2", 1100, "usd"]),
      ),
    ],
    rows: { "payment pi_1": { disputed: 3000, doubt: ["disputed"] } },
    told: {},
  },
  "one intent pays two invoices": {
    events: [
      ...["a", "b"].map((name, index) =>
        at(index, "invoice_payment.paid", {
          ...{
            object: "invoice_payment",
            id: `inpay_${name}`,
            invoice: `in_${name}`,
            status: "paid",
            currency: "eur",
          },
          ...{ amount_requested: 1500, amount_paid: 1000 + index, payment: { payment_intent: "pi_1" } },
        }),
      ),
    ],
    rows: { "payment pi_1": { amount: 3000, paid: 2001, invoices: ["in_a", "in_b"] } },
    told: {},
  },
  "a payment that a dispute alone tells of has its currency": {
    events: [at(1, "charge.dispute.created", dispute("needs_response", ["txn_1", -3000]))],
    rows: { "payment pi_1": { currency: "eur", disputed: 3000 } },
    told: {},
  },
  "a payment that a refund alone tells of has its currency": {
    events: [at(1, "refund.created", refund("succeeded"))],
    rows: { "payment pi_1": { currency: "eur", refunded: 3000 } },
    told: {},
  },
  "a failed try is told once, by its intent and its charge": {
    events: [
      at(1, "charge.failed", charge({ status: "failed", amount_captured: 0, captured: false })),
      at(
        1,
        "payment_intent.payment_failed",
        intent("requires_payment_method", { last_payment_error: { code: "card_declined" } }),
      ),
    ],
    rows: { "payment pi_1": { paid: 0 } },
    told: { "payment.failed": [0] },
  },
};

describe("what money means", () => {
  it.each(Object.entries(STORIES))("%s", async (_, story) => {
    await expectMeaning(story);
  });
});

/** Whether the figure falls when a refund fails is on no page, so both are told, each with the refunds' ids or without. */
describe("a refund that failed", () => {
  const first = at(DAY, "refund.created", refund("succeeded", { id: "re_0", amount: 800 }));
  const second = at(2 * DAY, "refund.created", refund("succeeded", { amount: 500 }));
  const failed = at(9 * DAY, "refund.failed", refund("failed", { amount: 500 }));
  const paid = at(1, "charge.succeeded", charge());
  const figures = [
    at(DAY, "charge.refunded", charge({ amount_refunded: 800 }), { amount_refunded: 0 }),
    at(2 * DAY, "charge.refunded", charge({ amount_refunded: 1300 }), { amount_refunded: 800 }),
  ];
  const later = (figure: number, previous?: JsonObject) =>
    at(10 * DAY, "charge.updated", charge({ amount_refunded: figure, metadata: { note: "x" } }), previous);
  const ids = [first, second];

  it.each<[string, Meaning["events"], number]>([
    ["before anything is told after it, with ids", [...ids, ...figures], 800],
    ["before anything is told after it, without", figures, 800],
    ["and the figure fell, with ids", [...ids, ...figures, later(800, { amount_refunded: 1300 })], 800],
    ["and the figure fell, without", [...figures, later(800, { amount_refunded: 1300 })], 800],
    ["and the figure fell, which only the figures before it show", [...figures, later(800)], 800],
    ["and the figure stayed, with ids", [...ids, ...figures, later(1300)], 800],
    ["and the figure stayed, without", [...figures, later(1300)], 800],
    [
      "and was made again, so that the figure is as before",
      [
        ...figures,
        at(11 * DAY, "charge.refunded", charge({ amount_refunded: 1300 }), { amount_refunded: 800 }),
      ],
      1300,
    ],
    [
      "after another one did, which the next refund took off, and the figure stayed",
      [
        at(DAY, "charge.refunded", charge({ amount_refunded: 2000 }), { amount_refunded: 0 }),
        at(2 * DAY, "refund.failed", refund("failed", { id: "re_0", amount: 2000 })),
        at(3 * DAY, "charge.refunded", charge({ amount_refunded: 1300 }), { amount_refunded: 2000 }),
        later(1300),
      ],
      800,
    ],
    [
      "and the figure fell in the same second",
      [
        ...figures,
        at(9 * DAY, "charge.updated", charge({ amount_refunded: 800 }), { amount_refunded: 1300 }),
      ],
      800,
    ],
  ])("%s", async (_, told, refunded) => {
    await expectMeaning({
      events: [paid, ...told, failed],
      rows: { "payment pi_1": { refunded, paid: 3000 } },
      told: { "payment.succeeded": [3000] },
    });
  });

  it("in the second of a figure that shows neither leaves the row in doubt, at the least that is proved", async () => {
    const same = at(9 * DAY, "charge.updated", charge({ amount_refunded: 1300, metadata: { note: "x" } }));
    await expectMeaning({
      events: [paid, ...figures, failed, same],
      rows: { "payment pi_1": { refunded: 800, doubt: ["refunded"] } },
      told: {},
    });
  });

  it("is believed from the charge's own list of refunds, which old versions have", async () => {
    const listed = (status: string) => ({
      refunds: {
        object: "list",
        has_more: false,
        data: [
          { id: "re_0", amount: 800, status: "succeeded" },
          { id: "re_1", amount: 500, status },
        ],
      },
    });
    const before = at(2 * DAY, "charge.refunded", charge({ amount_refunded: 1300, ...listed("succeeded") }));
    const after = at(9 * DAY, "charge.updated", charge({ amount_refunded: 1300, ...listed("failed") }));
    await expectMeaning({ events: [paid, before], rows: { "payment pi_1": { refunded: 1300 } }, told: {} });
    await expectMeaning({
      events: [paid, before, failed],
      rows: { "payment pi_1": { refunded: 800 } },
      told: {},
    });
    await expectMeaning({
      events: [paid, before, after],
      rows: { "payment pi_1": { refunded: 800 } },
      told: {},
    });
  });
});
