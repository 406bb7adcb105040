// What is sold, and for how much less.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const product: Fields = {
  kept: {
    name: "name",
    description: "description",
    active: "active",
    defaultPrice: "default_price",
    created: "created",
    metadata: "metadata",
  },
  left: {
    [because.PAGE]: "images[] url features[] marketing_features.* unit_label attributes[]",
    [because.PAPER]: "statement_descriptor",
    [because.TAX]: "tax_code tax_details.*",
    "Of goods that are shipped.": "package_dimensions.* shippable",
    "Of an API that Stripe withdrew.": "type",
    "The row's version says when it last changed.": "updated",
  },
};

export const price: Fields = {
  kept: {
    product: "product",
    active: "active",
    currency: "currency",
    unitAmount: "unit_amount",
    unitAmountDecimal: "unit_amount_decimal",
    type: "type",
    interval: "recurring.interval",
    intervalCount: "recurring.interval_count",
    nickname: "nickname",
    lookupKey: "lookup_key",
    created: "created",
    metadata: "metadata",
  },
  left: {
    "`unitAmount` is null where the amount depends on quantity, usage or the buyer; an invoice's lines say what came of it.":
      "billing_scheme custom_unit_amount.* tiers.* tiers_mode transform_quantity.*",
    "How usage is measured: the invoice's lines say what it came to.":
      "recurring.meter recurring.usage_type recurring.aggregate_usage",
    "A subscription says until when its trial is.": "recurring.trial_period_days",
    [because.CURRENCIES]: "currency_options.*",
    [because.TAX]: "tax_behavior",
  },
};

export const coupon: Fields = {
  kept: {
    name: "name",
    percentOff: "percent_off",
    amountOff: "amount_off",
    currency: "currency",
    duration: "duration",
    durationInMonths: "duration_in_months",
    maxRedemptions: "max_redemptions",
    timesRedeemed: "times_redeemed",
    redeemBy: "redeem_by",
    valid: "valid",
    created: "created",
    metadata: "metadata",
  },
  left: { [because.CURRENCIES]: "currency_options.*", [because.EXPANDED]: "applies_to.*" },
};

export const promotionCode: Fields = {
  kept: {
    code: "code",
    active: "active",
    coupon: "promotion.coupon coupon",
    customer: "customer customer_account",
    expiresAt: "expires_at",
    maxRedemptions: "max_redemptions",
    timesRedeemed: "times_redeemed",
    created: "created",
    metadata: "metadata",
  },
  left: {
    "Stripe applies them when the code is typed.": "restrictions.*",
    "There is one type: a coupon.": "promotion.type",
  },
};

export const discount: Fields = {
  kept: {
    customer: "customer customer_account",
    subscription: "subscription",
    invoice: "invoice",
    coupon: "source.coupon coupon",
    promotionCode: "promotion_code",
    start: "start",
    end: "end",
  },
  left: {
    "Of one line only: its amount is in the invoice's total.": "invoice_item subscription_item",
    "The order's row has what was taken off.": "checkout_session",
    "There is one type: a coupon.": "source.type",
  },
};
