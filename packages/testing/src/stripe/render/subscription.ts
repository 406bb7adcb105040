// A subscription and its items.
import type { Subscription, SubscriptionItem } from "../records.ts";
import { billingMode } from "./billing-mode.ts";
import { renderPlan, renderPrice } from "./catalog.ts";
import { discountOn } from "./discount.ts";
import { list, type View } from "./list.ts";

/** What no simulated subscription uses. */
const UNUSED = {
  application: null,
  application_fee_percent: null,
  billing_cycle_anchor_config: null,
  billing_thresholds: null,
  collection_method: "charge_automatically",
  customer_account: null,
  days_until_due: null,
  default_payment_method: null,
  default_source: null,
  description: null,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  test_clock: null,
  transfer_data: null,
};

export function renderSubscription(subscription: Subscription, view: View) {
  const { id, items, created, currency, customer, status, metadata } = subscription;
  const only = items.length === 1 ? items[0] : undefined;
  return {
    id,
    object: "subscription",
    ...UNUSED,
    ...settings(),
    ...discountOn(subscription.discount, view),
    ...cancellation(subscription),
    ...trial(subscription),
    ...(view.shape.periodsOnItems ? {} : period(subscription)),
    billing_cycle_anchor: subscription.anchor,
    created,
    currency,
    customer,
    items: list(items, `/v1/subscription_items?subscription=${id}`, (item) =>
      renderItem(item, subscription, view),
    ),
    latest_invoice: subscription.latestInvoice,
    livemode: view.options.livemode,
    metadata: { ...metadata },
    pause_collection: subscription.collectionPaused ? { behavior: "keep_as_draft", resumes_at: null } : null,
    schedule: subscription.schedule,
    plan: only === undefined ? null : renderPlan(only.price, view),
    quantity: only === undefined ? null : only.quantity,
    start_date: created,
    status,
  };
}

function settings() {
  return {
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_schedules: [],
    default_tax_rates: [],
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
  };
}

function cancellation(subscription: Subscription) {
  return {
    billing_mode: billingMode(subscription.flexible),
    cancel_at: subscription.cancelAt,
    cancel_at_period_end: subscription.cancelAtPeriodEnd,
    canceled_at: subscription.canceledAt,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: subscription.cancellationReason,
    },
    ended_at: subscription.endedAt,
  };
}

function trial({ trial }: Subscription) {
  return {
    trial_end: trial?.end ?? null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: "pause" } },
    trial_start: trial?.start ?? null,
  };
}

function period({ period }: Subscription) {
  return { current_period_end: period.end, current_period_start: period.start };
}

function renderItem(item: SubscriptionItem, subscription: Subscription, view: View) {
  return {
    id: item.id,
    object: "subscription_item",
    billing_thresholds: null,
    created: item.created,
    ...(view.shape.periodsOnItems ? period(subscription) : {}),
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: renderPlan(item.price, view),
    price: renderPrice(item.price, view),
    quantity: item.quantity,
    subscription: subscription.id,
    tax_rates: [],
  };
}
