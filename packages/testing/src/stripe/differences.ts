// What breaking API versions changed in the shape of the objects that are simulated. Each entry names the
// first version that has the new shape; the comment is the title of its page at docs.stripe.com/changelog.

export const API_VERSIONS = [
  "2020-08-27",
  "2022-11-15",
  "2024-09-30.acacia",
  "2025-03-31.basil",
  "2026-10-28.endive",
] as const;

export const NEWEST_API_VERSION = "2026-10-28.endive";

const DIFFERENCES = {
  // "Updates Checkout Session UI mode enum values"
  pagesInUiMode: "2026-03-25.dahlia",
  // "Makes flexible billing mode the default for new subscriptions"
  flexibleBilling: "2025-09-30.clover",
  // "Adds subscription item-level billing periods and removes subscription-level periods"
  periodsOnItems: "2025-03-31.basil",
  // "Invoicing resources now specify how they were generated"
  invoiceParents: "2025-03-31.basil",
  // "Replaces top-level price fields with improved price modeling on Invoice Items and Invoice Line Items"
  linePricing: "2025-03-31.basil",
  // "Replaces top-level tax-related properties with improved tax modeling on Invoices, Invoice Line Items,
  // and Credit Note Line Items"
  lineTaxes: "2025-03-31.basil",
  // "Adds support for multiple (partial) payments on invoices"
  invoicePayments: "2025-03-31.basil",
  // "Removes coupon and promotion code parameters with stackable discounts"
  stackableDiscounts: "2025-03-31.basil",
  // "Removes legacy usage-based billing"
  usageByMeter: "2025-03-31.basil",
  // "Checkout Session removes shipping details"
  collectedInformation: "2025-03-31.basil",
  // "Makes automatic sync the default capture method for PaymentIntents when not specified"
  asynchronousCapture: "2024-04-10",
  // "Renames the rendering_options attribute for invoices to rendering"
  invoiceRendering: "2024-04-10",
  // The page "renames-features-attribute-product-object"
  marketingFeatures: "2024-04-10",
  // "The Charges object no longer auto-expands refunds by default"
  refundsOnRequest: "2022-11-15",
  // "Removes the charges attribute from the PaymentIntent object"
  latestChargeOnly: "2022-11-15",
  // "Deferred PaymentIntent creation in Checkout Session payment mode"
  deferredPaymentIntents: "2022-08-01",
} as const;

/** Which of the differences a version already has. */
export type Shape = Readonly<Record<keyof typeof DIFFERENCES, boolean>>;

/** @throws RangeError when the version does not start with a date. */
export function shapeOf(version: string): Shape {
  if (!/^\d{4}-\d{2}-\d{2}(\.|$)/.test(version)) throw new RangeError(`No API version is called ${version}.`);
  const has = Object.entries(DIFFERENCES).map(([name, since]) => [name, dateOf(version) >= dateOf(since)]);
  return Object.fromEntries(has) as Shape;
}

function dateOf(version: string): string {
  return version.slice(0, 10);
}
