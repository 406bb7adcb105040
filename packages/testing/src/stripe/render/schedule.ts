// A subscription schedule and its phases.
import type { Phase, SubscriptionSchedule } from "../billing-records.ts";
import { billingMode } from "./billing-mode.ts";
import type { View } from "./list.ts";

export function renderSchedule(schedule: SubscriptionSchedule, { options }: View) {
  return {
    id: schedule.id,
    object: "subscription_schedule",
    application: null,
    billing_mode: billingMode(schedule.flexible),
    canceled_at: schedule.canceledAt,
    completed_at: schedule.completedAt,
    created: schedule.created,
    current_phase: currentPhase(schedule),
    customer: schedule.customer,
    customer_account: null,
    default_settings: defaultSettings(),
    end_behavior: schedule.endBehavior,
    livemode: options.livemode,
    metadata: { ...schedule.metadata },
    pause_schedules: [],
    phases: schedule.phases.map((phase) => renderPhase(phase, options.currency)),
    released_at: schedule.releasedAt,
    released_subscription: schedule.releasedSubscription,
    status: schedule.status,
    subscription: schedule.subscription,
    test_clock: null,
  };
}

function currentPhase({ currentPhase }: SubscriptionSchedule) {
  return currentPhase === null ? null : { end_date: currentPhase.end, start_date: currentPhase.start };
}

function defaultSettings() {
  return {
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: "automatic",
    billing_thresholds: null,
    collection_method: "charge_automatically",
    default_payment_method: null,
    description: null,
    invoice_settings: { account_tax_ids: null, days_until_due: null, issuer: { type: "self" } },
    on_behalf_of: null,
    transfer_data: null,
  };
}

function renderPhase({ start, end, items }: Phase, currency: string) {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: end,
    invoice_settings: null,
    items: items.map(({ price, quantity }) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: {},
      plan: price,
      price,
      quantity,
      tax_rates: [],
    })),
    metadata: {},
    on_behalf_of: null,
    proration_behavior: "create_prorations",
    start_date: start,
    transfer_data: null,
    trial_end: null,
  };
}
