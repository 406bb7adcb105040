// What breaking API versions changed in the shape of the objects that are simulated.

/** One change: where something was, and where it is `since` that version; null where it was, or is, not there. */
export type Difference = {
  since: string;
  /** The title of its page at docs.stripe.com/changelog. */
  page: string;
  object: string;
  before: string | null;
  after: string | null;
};

const INVOICE_PARENTS = "Invoicing resources now specify how they were generated";
const PRICING =
  "Replaces top-level price fields with improved price modeling on Invoice Items and Invoice Line Items";
const TAXES =
  "Replaces top-level tax-related properties with improved tax modeling on Invoices, Invoice Line Items, and Credit Note Line Items";

export const DIFFERENCES = {
  pagesInUiMode: {
    since: "2026-03-25.dahlia",
    page: "Updates Checkout Session UI mode enum values",
    object: "checkout.session",
    before: 'ui_mode: "hosted"',
    after: 'ui_mode: "hosted_page"',
  },
  flexibleBilling: {
    since: "2025-09-30.clover",
    page: "Makes flexible billing mode the default for new subscriptions",
    object: "subscription",
    before:
      'billing_mode.type: "classic"; an end with the period (Billing Portal) is cancel_at_period_end: true',
    after: 'billing_mode.type: "flexible"; an end with the period (Billing Portal) is cancel_at alone',
  },
  discountSource: {
    since: "2025-09-30.clover",
    page: "Adds the Discount source property and removes the Discount coupon property",
    object: "discount",
    before: "coupon (expanded)",
    after: "source.coupon (an id)",
  },
  promotionOfCode: {
    since: "2025-09-30.clover",
    page: "Promotion Codes now reference Coupons using a polymorphic field for promotions",
    object: "promotion_code",
    before: "coupon (expanded)",
    after: "promotion.coupon (an id)",
  },
  periodsOnItems: {
    since: "2025-03-31.basil",
    page: "Adds subscription item-level billing periods and removes subscription-level periods",
    object: "subscription",
    before: "current_period_start, current_period_end",
    after: "items.data[].current_period_start, items.data[].current_period_end",
  },
  invoiceParents: {
    since: "2025-03-31.basil",
    page: INVOICE_PARENTS,
    object: "invoice",
    before: "subscription, subscription_details.metadata",
    after: "parent.subscription_details.subscription, parent.subscription_details.metadata",
  },
  lineParents: {
    since: "2025-03-31.basil",
    page: INVOICE_PARENTS,
    object: "line_item",
    before: "proration, subscription_item, invoice_item",
    after: "the same in parent.subscription_item_details or parent.invoice_item_details",
  },
  linePricing: {
    since: "2025-03-31.basil",
    page: PRICING,
    object: "line_item",
    before: "price, plan (expanded)",
    after: "pricing.price_details.price (an id)",
  },
  itemPricing: {
    since: "2025-03-31.basil",
    page: PRICING,
    object: "invoiceitem",
    before: "price, plan (expanded), unit_amount",
    after: "pricing.price_details.price (an id), pricing.unit_amount_decimal",
  },
  invoiceTaxes: {
    since: "2025-03-31.basil",
    page: TAXES,
    object: "invoice",
    before: "tax, total_tax_amounts[].amount",
    after: "total_taxes[].amount",
  },
  lineTaxes: {
    since: "2025-03-31.basil",
    page: TAXES,
    object: "line_item",
    before: "tax_amounts, tax_rates",
    after: "taxes",
  },
  creditNoteTaxes: {
    since: "2025-03-31.basil",
    page: TAXES,
    object: "credit_note",
    before: "tax_amounts, lines.data[].tax_amounts",
    after: "total_taxes, lines.data[].taxes",
  },
  invoicePayments: {
    since: "2025-03-31.basil",
    page: "Adds support for multiple (partial) payments on invoices",
    object: "invoice",
    before: "payment_intent, charge, paid; of the payment intent and the charge: invoice",
    after: "payments.data[].payment.payment_intent, and the object invoice_payment",
  },
  stackableDiscounts: {
    since: "2025-03-31.basil",
    page: "Removes coupon and promotion code parameters with stackable discounts",
    object: "subscription, invoice",
    before: "discount (expanded), discounts (ids)",
    after: "discounts (ids)",
  },
  usageByMeter: {
    since: "2025-03-31.basil",
    page: "Removes legacy usage-based billing",
    object: "price, plan",
    before: "recurring.aggregate_usage, aggregate_usage",
    after: null,
  },
  refundsTold: {
    since: "2024-10-28.acacia",
    page: "Adds created, updated, and failed events for all refund types",
    object: "refund",
    before: "a charge's: by the charge alone, and by charge.refund.updated once it changes",
    after: "refund.created, refund.updated, refund.failed",
  },
  collectedInformation: {
    since: "2025-03-31.basil",
    page: "Checkout Session removes shipping details",
    object: "checkout.session",
    before: "shipping_details",
    after: "collected_information.shipping_details",
  },
  asynchronousCapture: {
    since: "2024-04-10",
    page: "Makes automatic sync the default capture method for PaymentIntents when not specified",
    object: "payment_intent",
    before: 'capture_method: "automatic"',
    after: 'capture_method: "automatic_async"',
  },
  invoiceRendering: {
    since: "2024-04-10",
    page: "Renames the rendering_options attribute for invoices to rendering",
    object: "invoice",
    before: "rendering_options",
    after: "rendering",
  },
  marketingFeatures: {
    since: "2024-04-10",
    page: "Renames the features attribute of the Product object",
    object: "product",
    before: "features",
    after: "marketing_features",
  },
  refundsOnRequest: {
    since: "2022-11-15",
    page: "The Charges object no longer auto-expands refunds by default",
    object: "charge",
    before: "refunds (a list)",
    after: null,
  },
  latestChargeOnly: {
    since: "2022-11-15",
    page: "Removes the charges attribute from the PaymentIntent object",
    object: "payment_intent",
    before: "charges (a list)",
    after: "latest_charge (an id)",
  },
  deferredPaymentIntents: {
    since: "2022-08-01",
    page: "Deferred PaymentIntent creation in Checkout Session payment mode",
    object: "checkout.session",
    before: "payment_intent from its creation on",
    after: "payment_intent once it is confirmed",
  },
} as const satisfies Record<string, Difference>;

/** Which of the differences a version already has. */
export type Shape = Readonly<Record<keyof typeof DIFFERENCES, boolean>>;

/** @throws RangeError when the version does not start with a date. */
export function shapeOf(version: string): Shape {
  if (!/^\d{4}-\d{2}-\d{2}(\.|$)/.test(version)) throw new RangeError(`No API version is called ${version}.`);
  const has = Object.entries(DIFFERENCES).map(([name, { since }]) => [
    name,
    dateOf(version) >= dateOf(since),
  ]);
  return Object.fromEntries(has) as Shape;
}

function dateOf(version: string): string {
  return version.slice(0, 10);
}
