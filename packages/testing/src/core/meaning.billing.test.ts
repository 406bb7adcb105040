// What a subscription's standing means (D21, D22), after situations that people reported, in every order of delivery.
import type { JsonObject } from "@stripe-lanes/core/json";
import { describe, it } from "vitest";
import { FIRST_SECOND } from "../events.ts";
import { at, expectMeaning, type Meaning } from "./meaning.ts";

const DAY = 86_400;
const MONTH = 30 * DAY;

/** In the month of that number, of which the first begins with the first event. */
const start = (month: number) => FIRST_SECOND + month * MONTH;

const item = (month: number, changes: JsonObject = {}): JsonObject => ({
  ...{ id: "si_1", price: { id: "price_1" }, quantity: 1 },
  ...{ current_period_start: start(month), current_period_end: start(month + 1) },
  ...changes,
});

const subscription = (status: string, month: number, changes: JsonObject = {}): JsonObject => ({
  ...{
    object: "subscription",
    id: "sub_1",
    customer: "cus_1",
    status,
    start_date: FIRST_SECOND,
    metadata: {},
  },
  items: { object: "list", data: [item(month)], has_more: false },
  ...changes,
});

const invoice = (id: string, status: string, month: number, changes: JsonObject = {}): JsonObject => ({
  ...{
    object: "invoice",
    id,
    customer: "cus_1",
    status,
    subscription: "sub_1",
    currency: "eur",
    total: 1000,
  },
  ...{
    amount_remaining: status === "paid" ? 0 : 1000,
    attempt_count: 1,
    collection_method: "charge_automatically",
  },
  ...{ period_start: start(month - 1), period_end: start(month) },
  lines: {
    object: "list",
    has_more: false,
    data: [{ id: `il_${id}`, amount: 1000, period: { start: start(month), end: start(month + 1) } }],
  },
  status_transitions: { finalized_at: start(month) + 3600, paid_at: null },
  metadata: {},
  ...changes,
});

const second = (month: number, more = 0) => month * MONTH + more;
const updated = (status: string, month: number, more = 0, changes: JsonObject = {}) =>
  at(second(month, more), "customer.subscription.updated", subscription(status, month, changes));

const TRIAL = { trial_start: FIRST_SECOND, trial_end: start(1) };
const started = at(0, "customer.subscription.created", subscription("trialing", 0, TRIAL));
const trialInvoice = at(
  0,
  "invoice.paid",
  invoice("in_0", "paid", 0, { total: 0, period_end: FIRST_SECOND }),
);
const trialOver = updated("active", 1, 0, TRIAL);

const STORIES: Record<string, Meaning> = {
  "a trial that ends with a draft and a card that declines was never activated": {
    events: [
      started,
      trialInvoice,
      trialOver,
      at(second(1, 3600), "invoice.payment_failed", invoice("in_1", "open", 1)),
      updated("past_due", 1, 3600, TRIAL),
    ],
    rows: { "subscription sub_1": { status: "past_due" } },
    told: {},
    never: ["subscription.activated"],
  },
  "a trial that is followed by a paid period was activated once": {
    events: [
      started,
      trialInvoice,
      trialOver,
      at(second(1, 3600), "invoice.paid", invoice("in_1", "paid", 1)),
      updated("active", 2, 0, TRIAL),
      at(second(2, 3600), "invoice.paid", invoice("in_2", "paid", 2)),
    ],
    rows: { "subscription sub_1": { activated: true } },
    told: { "subscription.activated": [0] },
  },
  "an invoice that is sent activates when it is paid, not when it is made": {
    events: [
      at(
        0,
        "customer.subscription.created",
        subscription("active", 0, { collection_method: "send_invoice" }),
      ),
      at(
        5,
        "invoice.finalized",
        invoice("in_1", "open", 0, { collection_method: "send_invoice", attempt_count: 0 }),
      ),
    ],
    rows: { "subscription sub_1": { status: "active" } },
    told: {},
    never: ["subscription.activated"],
  },
  "a period that asks for nothing activates": {
    events: [
      at(0, "customer.subscription.created", subscription("active", 0)),
      at(1, "invoice.paid", invoice("in_1", "paid", 0, { total: 0 })),
    ],
    rows: { "subscription sub_1": { activated: true } },
    told: { "subscription.activated": [0] },
  },
  "a first payment that never came activates nothing, though its invoice was paid for by nobody": {
    events: [
      at(0, "customer.subscription.created", subscription("incomplete", 0)),
      at(1, "invoice.payment_failed", invoice("in_1", "open", 0)),
      at(DAY, "customer.subscription.updated", subscription("incomplete_expired", 0)),
    ],
    rows: { "subscription sub_1": { status: "incomplete_expired" } },
    told: { "subscription.expired": [0] },
    never: ["subscription.activated"],
  },
  "what stayed open from before is held against nobody": {
    events: [
      updated("past_due", 0, 3600),
      at(3600, "invoice.payment_failed", invoice("in_0", "open", 0)),
      updated("active", 1, 100),
      at(second(1, 100), "invoice.paid", invoice("in_1", "paid", 1)),
      updated("active", 2),
      at(second(2, 3600), "invoice.payment_failed", invoice("in_2", "open", 2)),
      updated("past_due", 2, 3600),
    ],
    rows: { "profile cus_1": { subscriptions: [{ id: "sub_1", unpaidSince: start(2) + 3600 }] } },
    told: {},
  },
  "without invoices it is overdue since the first that was told of it": {
    events: [
      updated("past_due", 0, 50),
      updated("active", 1),
      updated("past_due", 1, 100),
      updated("past_due", 1, 200, { metadata: { note: "x" } }),
      updated("unpaid", 1, 300),
    ],
    rows: { "profile cus_1": { subscriptions: [{ status: "unpaid", unpaidSince: start(1) + 100 }] } },
    told: {},
  },
  "a schedule's next phase renews and changes, though its item is a new one": {
    events: [
      updated("active", 0),
      updated("active", 1, 0, {
        items: { object: "list", data: [item(1, { id: "si_2", price: { id: "price_2" } })], has_more: false },
      }),
    ],
    rows: { "subscription sub_1": { items: [{ id: "si_2", price: "price_2" }] } },
    told: {},
  },
  "a renewal that needs the customer was not declined": {
    events: [
      at(
        5,
        "invoice.payment_action_required",
        invoice("in_1", "open", 0, { hosted_invoice_url: "https://x.test/i" }),
      ),
    ],
    rows: { "invoice in_1": { actionAttempt: 1 } },
    told: { "invoice.action_required": [0] },
    never: ["invoice.payment_failed"],
  },
  "the end of a trial is announced once for each end": {
    events: [
      started,
      at(second(0, 27 * DAY), "customer.subscription.trial_will_end", subscription("trialing", 0, TRIAL)),
    ],
    rows: { "subscription sub_1": { remindedOf: start(1) } },
    told: { "subscription.trial_will_end": [0] },
  },
};

describe("what a subscription's standing means", () => {
  it.each(Object.entries(STORIES))("%s", async (_, story) => {
    await expectMeaning(story);
  });
});
