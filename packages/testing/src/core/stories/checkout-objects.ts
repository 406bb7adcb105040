// What a Checkout session looks like in API version 2026-10-28.endive: an event never has its `line_items`.
import type { StripeObject } from "@stripe-lanes/core/event";
import { START } from "./story.ts";

/** One that sold three tickets, and whose payment takes days. */
export const SESSION: StripeObject = {
  id: "cs_1",
  object: "checkout.session",
  amount_subtotal: 3000,
  amount_total: 3000,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  cancel_url: "https://example.com/cart",
  client_reference_id: null,
  created: START,
  currency: "eur",
  customer: "cus_1",
  customer_creation: "if_required",
  customer_details: { address: null, email: "ada@example.com", name: "Ada", phone: null, tax_exempt: "none" },
  customer_email: null,
  expires_at: START + 86_400,
  invoice: null,
  livemode: false,
  metadata: { price_id: "price_ticket", quantity: "3" },
  mode: "payment",
  payment_intent: "pi_1",
  payment_link: null,
  payment_method_types: ["card", "sepa_debit"],
  payment_status: "unpaid",
  recovered_from: null,
  setup_intent: null,
  shipping_cost: null,
  status: "complete",
  submit_type: null,
  subscription: null,
  success_url: "https://example.com/thanks?session_id={CHECKOUT_SESSION_ID}",
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: "hosted_page",
  url: null,
};
