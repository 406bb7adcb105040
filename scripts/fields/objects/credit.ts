// Credit that was granted and used, what alerts say of it, and money that customers have with Stripe.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const alertTriggered: Fields = {
  kept: { alert: "alert", customer: "customer", value: "value", triggeredAt: "created" },
  left: {},
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
    "There is one type: money.": "amount.type",
    [because.CLOCK]: "test_clock",
    "The row's version says when it last changed.": "updated",
  },
};

export const creditBalanceTransaction: Fields = {
  kept: {
    creditGrant: "credit_grant",
    type: "type",
    reason: "credit.type debit.type",
    amount: "credit.amount.monetary.value debit.amount.monetary.value",
    currency: "credit.amount.monetary.currency debit.amount.monetary.currency",
    invoice: "debit.credits_applied.invoice credit.credits_application_invoice_voided.invoice",
    invoiceLine: `debit.credits_applied.invoice_line_item
      credit.credits_application_invoice_voided.invoice_line_item`,
    effectiveAt: "effective_at",
    created: "created",
  },
  left: {
    "There is one type: money.": "credit.amount.type debit.amount.type",
    [because.CLOCK]: "test_clock",
  },
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
