// What an invoice, and what goes with it, looks like in API version 2026-10-28.endive.
import type { StripeObject } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import { CHARGE, INTENT } from "./money-objects.ts";
import { MONTH, START } from "./story.ts";
import { listOf } from "./subscription-objects.ts";

/** A draft of a subscription's invoice. */
export const INVOICE: StripeObject = {
  id: "in_1",
  object: "invoice",
  account_name: "Example Ltd",
  amount_due: 1000,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 1000,
  amount_shipping: 0,
  attempt_count: 0,
  attempted: false,
  auto_advance: true,
  billing_reason: "subscription_cycle",
  collection_method: "charge_automatically",
  created: START,
  currency: "eur",
  customer: "cus_1",
  customer_email: "ada@example.com",
  discounts: [],
  due_date: null,
  lines: listOf("/v1/invoices/in_1/lines", [lineOf("il_1", "price_basic", 1000)]),
  livemode: false,
  metadata: {},
  next_payment_attempt: null,
  number: null,
  parent: {
    quote_details: null,
    subscription_details: { metadata: {}, subscription: "sub_1" },
    type: "subscription_details",
  },
  period_end: START,
  period_start: START,
  starting_balance: 0,
  status: "draft",
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  subtotal: 1000,
  total: 1000,
  total_taxes: [],
};

/** A line for what is left of a period from `from`, in seconds since the story began. */
export function lineOf(id: string, price: string, amount: number, { from = 0, proration = false } = {}) {
  const details = { proration, proration_details: { credited_items: null }, subscription: "sub_1" };
  return {
    id,
    object: "line_item",
    amount,
    currency: "eur",
    discounts: [],
    invoice: "in_1",
    livemode: false,
    metadata: {},
    parent: { subscription_item_details: details, type: "subscription_item_details" },
    period: { start: START + from, end: START + from + MONTH },
    pricing: { price_details: { price, product: "prod_1" }, type: "price_details" },
    quantity: 1,
    subscription: "sub_1",
    subtotal: amount,
    taxes: [],
  };
}

/** What is different about an invoice once it is finalized. */
export function openSince(second: number): JsonObject {
  return {
    status: "open",
    number: "ADA-0001",
    status_transitions: transitions({ finalized_at: START + second }),
  };
}

/** What is different about an invoice that was finalized and then paid. */
export function paidSince(second: number, finalized: number): JsonObject {
  const since = { finalized_at: START + finalized, paid_at: START + second };
  return {
    ...openSince(finalized),
    amount_paid: 1000,
    amount_remaining: 0,
    attempted: true,
    status: "paid",
    status_transitions: transitions(since),
  };
}

/** When an invoice came to which status, in seconds since the epoch. */
export function transitions(since: JsonObject): JsonObject {
  return { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null, ...since };
}

/** What says which invoice an intent pays, since neither says it itself. */
export function invoicePayment(paid: number): StripeObject {
  return {
    id: "inpay_1",
    object: "invoice_payment",
    amount_paid: 1000,
    amount_requested: 1000,
    created: START + paid,
    currency: "eur",
    invoice: "in_1",
    is_default: true,
    livemode: false,
    payment: { payment_intent: "pi_1", type: "payment_intent" },
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: START + paid },
  };
}

/** What half a month of a price costs, or what is given back for it: it waits for an invoice. */
export function invoiceItem(id: string, price: string, amount: number): StripeObject {
  return {
    id,
    object: "invoiceitem",
    amount,
    currency: "eur",
    customer: "cus_1",
    date: START + MONTH / 2,
    description: null,
    invoice: null,
    livemode: false,
    metadata: {},
    parent: {
      subscription_details: { subscription: "sub_1", subscription_item: "si_1" },
      type: "subscription_details",
    },
    period: { start: START + MONTH / 2, end: START + MONTH },
    pricing: { price_details: { price, product: "prod_1" }, type: "price_details" },
    proration: true,
    quantity: 1,
  };
}

/** The intent and the charge that pay it. */
export const INTENT_OF_INVOICE = { ...INTENT, amount: 1000 };
export const PAID_INTENT = {
  ...INTENT_OF_INVOICE,
  amount_received: 1000,
  latest_charge: "ch_1",
  status: "succeeded",
};
export const CHARGE_OF_INVOICE = { ...CHARGE, amount: 1000, amount_captured: 1000 };
