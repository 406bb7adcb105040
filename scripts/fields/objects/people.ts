// What else is known of accounts and customers: tax ids, billing credits and the alerts on their use, cash balances.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const account: Fields = {
  kept: {
    type: "type",
    email: "email",
    country: "country",
    defaultCurrency: "default_currency",
    chargesEnabled: "charges_enabled",
    payoutsEnabled: "payouts_enabled",
    detailsSubmitted: "details_submitted",
    "requirements.currentlyDue": "requirements.currently_due[]",
    "requirements.pastDue": "requirements.past_due[]",
    "requirements.pendingVerification": "requirements.pending_verification[]",
    "requirements.deadline": "requirements.current_deadline",
    "requirements.disabledReason": "requirements.disabled_reason",
    capabilities: "capabilities.*",
    created: "created",
    metadata: "metadata",
  },
  left: {
    [because.SETTINGS]: "controller.* settings.* groups.*",
    [because.PERSON]: "business_profile.* business_type company.* individual tos_acceptance.*",
    [because.OTHER]: "external_accounts.*",
    "Not due yet: `requirements` has it once it is.": "future_requirements.* requirements.eventually_due[]",
    "How what is due can be met: Stripe's own form says it.":
      "requirements.alternatives.* requirements.errors.*",
  },
};

export const taxId: Fields = {
  kept: {
    customer: "customer customer_account owner.customer",
    type: "type",
    value: "value",
    country: "country",
    verification: "verification.status",
    created: "created",
  },
  left: {
    [because.PERSON]: "verification.verified_address verification.verified_name",
    [because.PLATFORM]: "owner.*",
  },
};

export const creditGrant: Fields = {
  kept: {
    customer: "customer",
    customerAccount: "customer_account",
    name: "name",
    amount: "amount.monetary.value",
    currency: "amount.monetary.currency",
    category: "category",
    priceType: "applicability_config.scope.price_type",
    prices: "applicability_config.scope.prices[].id",
    priority: "priority",
    effectiveAt: "effective_at",
    expiresAt: "expires_at",
    voidedAt: "voided_at",
    created: "created",
    metadata: "metadata",
  },
  left: {
    [because.CLOCK]: "test_clock",
    "There is one type, of money.": "amount.type",
    "When it was last changed: its events say that.": "updated",
  },
};

export const creditBalanceTransaction: Fields = {
  kept: {
    creditGrant: "credit_grant",
    type: "type",
    reason: "debit.type credit.type",
    amount: "debit.amount.monetary.value credit.amount.monetary.value",
    currency: "debit.amount.monetary.currency credit.amount.monetary.currency",
    invoice: "debit.credits_applied.invoice credit.credits_application_invoice_voided.invoice",
    invoiceLine:
      "debit.credits_applied.invoice_line_item credit.credits_application_invoice_voided.invoice_line_item",
    effectiveAt: "effective_at",
    created: "created",
  },
  left: {
    [because.CLOCK]: "test_clock",
    "There is one type, of money.": "debit.amount.type credit.amount.type",
  },
};

export const alertTriggered: Fields = {
  kept: {
    alert: "alert alert.id",
    customer: "customer",
    title: "alert.title",
    type: "alert.alert_type",
    meter: "alert.usage_threshold.meter",
    threshold: "alert.usage_threshold.gte",
    recurrence: "alert.usage_threshold.recurrence",
    value: "value",
    triggeredAt: "created",
  },
  left: { "Of the alert itself, whoever reaches it.": "alert.*" },
};

export const cashBalance: Fields = {
  kept: {
    customer: "customer customer_account",
    available: "available",
    reconciliation: "settings.reconciliation_mode",
    usesAccountDefault: "settings.using_merchant_default",
  },
  left: {},
};
