// What Stripe keeps of a customer in API version 2026-10-28.endive: who they are, what they pay with and may use.
import type { StripeObject } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import { START } from "./story.ts";

export const CUSTOMER: StripeObject = {
  id: "cus_1",
  object: "customer",
  address: null,
  balance: 0,
  created: START,
  currency: null,
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: "ada@example.com",
  invoice_prefix: "ADA",
  invoice_settings: { custom_fields: null, default_payment_method: null, footer: null },
  livemode: false,
  metadata: {},
  name: "Ada",
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: "none",
  test_clock: null,
};

/** A card of nobody's. */
export const CARD: StripeObject = {
  id: "pm_1",
  object: "payment_method",
  allow_redisplay: "unspecified",
  billing_details: { address: null, email: null, name: "Ada", phone: null, tax_id: null },
  card: {
    brand: "visa",
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "IE",
    display_brand: "visa",
    exp_month: 4,
    exp_year: 2027,
    fingerprint: "Xt5EWLLDS7FJjR1c",
    funding: "credit",
    last4: "4242",
    networks: { available: ["visa"], preferred: null },
    wallet: null,
  },
  created: START,
  customer: null,
  livemode: false,
  metadata: {},
  type: "card",
};

/** What a customer may use, summed up: at most ten of them are in an event. */
export function summary(keys: string[], { hasMore = false } = {}): StripeObject {
  return {
    object: "entitlements.active_entitlement_summary",
    customer: "cus_1",
    entitlements: {
      object: "list",
      data: keys.map(entitlement),
      has_more: hasMore,
      url: "/v1/customer/cus_1/entitlements",
    },
    livemode: false,
  };
}

function entitlement(key: string): JsonObject {
  return {
    id: `ent_${key}`,
    object: "entitlements.active_entitlement",
    feature: `feat_${key}`,
    livemode: false,
    lookup_key: key,
  };
}
