// A subscription, its schedule, and what its next invoice has besides.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const subscription: Fields = {
  kept: {
    status: "status",
    customer: "customer",
    currency: "currency",
    "items[].id": "items[].id",
    "items[].price": "items[].price items[].plan",
    "items[].quantity": "items[].quantity",
    "items[].periodStart": "items[].current_period_start current_period_start",
    "items[].periodEnd": "items[].current_period_end current_period_end",
    startedAt: "start_date start",
    trialStart: "trial_start",
    trialEnd: "trial_end",
    cancelAt: "cancel_at",
    cancelAtPeriodEnd: "cancel_at_period_end",
    canceledAt: "canceled_at",
    endedAt: "ended_at",
    collectionMethod: "collection_method",
    "pause.behavior": "pause_collection.behavior",
    "pause.resumesAt": "pause_collection.resumes_at",
    schedule: "schedule",
    latestInvoice: "latest_invoice",
    "cancellation.reason": "cancellation_details.reason",
    "cancellation.feedback": "cancellation_details.feedback",
    "cancellation.comment": "cancellation_details.comment",
    defaultPaymentMethod: "default_payment_method default_source",
    "pendingUpdate.expiresAt": "pending_update.expires_at",
    "pendingUpdate.items[].id": "pending_update.subscription_items[].id",
    "pendingUpdate.items[].price":
      "pending_update.subscription_items[].price pending_update.subscription_items[].plan",
    "pendingUpdate.items[].quantity": "pending_update.subscription_items[].quantity",
    "pendingUpdate.trialEnd": "pending_update.trial_end",
    "pendingUpdate.billingCycleAnchor": "pending_update.billing_cycle_anchor",
    "pendingUpdate.cancelAtPeriodEnd": "pending_update.cancel_at_period_end",
    customerAccount: "customer_account",
    metadata: "metadata",
  },
  left: {
    [because.SETTINGS]: `billing_cycle_anchor billing_cycle_anchor_config.* billing_mode.* billing_schedules.*
      billing_thresholds.* days_until_due managed_payments.* payment_settings.* pending_invoice_item_interval.*
      trial_settings.* items[].billing_thresholds.* items[].billed_until items[].current_trial.*`,
    [because.PLATFORM]: "application application_fee_percent on_behalf_of transfer_data.*",
    [because.PAPER]: "description invoice_settings.*",
    [because.TAX]: "automatic_tax.* default_tax_rates[] items[].tax_rates[]",
    [because.DISCOUNT]: "discount discounts[] items[].discounts[]",
    [because.CLOCK]: "test_clock",
    [because.OTHER]: "pending_setup_intent",
    "An item is what is sold, how often and until when.":
      "items[].created items[].metadata items[].object items[].subscription",
    "One item's, which `items` has.": "plan quantity",
    "`startedAt` says since when; they differ where it began before Stripe had it.": "created",
    "A text of the business's own list of reasons; `cancellation.feedback` is Stripe's.":
      "cancellation_details.feedback_option",
    "Of what waits: what will be sold, how many of it and from when.": `pending_update.discount pending_update.discounts[]
      pending_update.metadata pending_update.trial_from_plan pending_update.subscription_items[].*`,
    "When the next invoice comes that has items alone: they have rows of their own.":
      "next_pending_invoice_item_invoice",
    "`status` says that it is paused.": "status_details.*",
    "What the customer sees; `currency` is what is charged.": "presentment_details.*",
  },
};

export const subscriptionSchedule: Fields = {
  kept: {
    status: "status",
    customer: "customer customer_account",
    subscription: "subscription",
    releasedSubscription: "released_subscription",
    "currentPhase.start": "current_phase.start_date",
    "currentPhase.end": "current_phase.end_date",
    "phases[].start": "phases[].start_date",
    "phases[].end": "phases[].end_date",
    "phases[].items[].price": "phases[].items[].price phases[].items[].plan",
    "phases[].items[].quantity": "phases[].items[].quantity",
    "phases[].trialEnd": "phases[].trial_end",
    endBehavior: "end_behavior",
    created: "created",
    completedAt: "completed_at",
    releasedAt: "released_at",
    canceledAt: "canceled_at",
    metadata: "metadata",
  },
  left: {
    [because.SETTINGS]: "billing_mode.* default_settings.* pause_schedules.*",
    [because.PLATFORM]: "application",
    [because.CLOCK]: "test_clock",
    "Of a phase what is sold, and from when: the subscription tells the rest once it has begun.":
      "phases[].*",
  },
};

export const invoiceItem: Fields = {
  kept: {
    customer: "customer customer_account",
    currency: "currency",
    amount: "amount",
    price: "pricing.price_details.price price plan",
    quantity: "quantity",
    invoice: "invoice",
    subscription: "parent.subscription_details.subscription subscription",
    subscriptionItem: "parent.subscription_details.subscription_item subscription_item",
    periodStart: "period.start",
    periodEnd: "period.end",
    proration: "proration",
    description: "description",
    created: "date",
    metadata: "metadata",
  },
  derived: {
    "`unitAmount`, or `unitAmountDecimal` where it is no whole number":
      "pricing.unit_amount_decimal unit_amount unit_amount_decimal",
  },
  left: {
    [because.SETTINGS]: "discountable frozen_fields[] invoicing_rules.*",
    [because.TAX]: "tax_rates[]",
    [because.DISCOUNT]: "discounts[] net_amount",
    [because.CLOCK]: "test_clock",
    "The price names its product.": "pricing.price_details.product",
    "There is one type, or whichever member is there says it.": "parent.type pricing.type",
    "What a change within a period gave back: its amount is kept.": "proration_details.*",
    "`quantity`, where it is a fraction: the amount is kept.": "quantity_decimal",
  },
};
