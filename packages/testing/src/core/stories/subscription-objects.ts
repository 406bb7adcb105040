// What a subscription looks like in API version 2026-10-28.endive: a story changes what matters to it.
import type { StripeObject } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import { MONTH, START } from "./story.ts";

/** A period of a month; `from` is in seconds since the story began. */
export function monthFrom(from: number) {
  return { current_period_start: START + from, current_period_end: START + from + MONTH };
}

const ITEM: JsonObject = {
  id: "si_1",
  object: "subscription_item",
  billing_thresholds: null,
  created: START,
  ...monthFrom(0),
  discounts: [],
  metadata: {},
  quantity: 1,
  subscription: "sub_1",
  tax_rates: [],
};

const PRICE: JsonObject = {
  object: "price",
  active: true,
  billing_scheme: "per_unit",
  created: START,
  currency: "eur",
  livemode: false,
  lookup_key: null,
  metadata: {},
  nickname: null,
  product: "prod_1",
  recurring: { interval: "month", interval_count: 1, meter: null, usage_type: "licensed" },
  type: "recurring",
};

/** The one item of a subscription, of a price that costs `unitAmount`. */
export function itemOf(price: string, unitAmount: number, changes: JsonObject = {}): JsonObject {
  const priced = { ...PRICE, id: price, unit_amount: unitAmount, unit_amount_decimal: String(unitAmount) };
  return listOf("/v1/subscription_items?subscription=sub_1", [{ ...ITEM, price: priced, ...changes }]);
}

/** An active one of `price_basic`, in its first month. */
export const SUBSCRIPTION: StripeObject = {
  id: "sub_1",
  object: "subscription",
  application: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor: START,
  billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, reason: null },
  collection_method: "charge_automatically",
  created: START,
  currency: "eur",
  customer: "cus_1",
  days_until_due: null,
  default_payment_method: "pm_1",
  description: null,
  discounts: [],
  ended_at: null,
  items: itemOf("price_basic", 1000),
  latest_invoice: "in_1",
  livemode: false,
  metadata: {},
  pause_collection: null,
  pending_update: null,
  schedule: null,
  start_date: START,
  status: "active",
  test_clock: null,
  trial_end: null,
  trial_settings: { end_behavior: { missing_payment_method: "create_invoice" } },
  trial_start: null,
};

/** What is different about a subscription that has ended. */
export function endedAt(second: number): JsonObject {
  return { status: "canceled", canceled_at: START + second, ended_at: START + second };
}

/** A list with all its entries. */
export function listOf(url: string, data: JsonObject[]): JsonObject {
  return { object: "list", data, has_more: false, url };
}
