// A Checkout session in payment or setup mode. What was bought is in its metadata: `line_items` is never in an event.
import type { CheckoutSession } from "../records.ts";
import { noAddress, type View } from "./list.ts";

/** What no simulated session uses. */
const UNUSED = {
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  billing_address_collection: null,
  cancel_url: "https://example.com/cart",
  client_reference_id: null,
  client_secret: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  customer_account: null,
  integration_identifier: null,
  invoice: null,
  locale: null,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_collection: "if_required",
  permissions: null,
  recovered_from: null,
  shipping_address_collection: null,
  shipping_cost: null,
  submit_type: null,
  subscription: null,
  success_url: "https://example.com/thanks?session_id={CHECKOUT_SESSION_ID}",
};

export function renderCheckoutSession(session: CheckoutSession, { shape, options }: View) {
  return {
    id: session.id,
    object: "checkout.session",
    ...UNUSED,
    ...settings(),
    ...buyer(session),
    ...amounts(session),
    ...(shape.collectedInformation ? {} : { shipping_details: null }),
    created: session.created,
    customer: session.customer,
    customer_creation: session.customerCreation,
    expires_at: session.expiresAt,
    livemode: options.livemode,
    metadata: { ...session.metadata },
    mode: session.mode,
    payment_intent: session.paymentIntent,
    payment_status: session.paymentStatus,
    setup_intent: session.setupIntent,
    status: session.status,
    ui_mode: shape.pagesInUiMode ? "hosted_page" : "hosted",
    url: session.status === "open" ? `https://checkout.stripe.com/c/pay/${session.id}` : null,
  };
}

function settings() {
  return {
    adaptive_pricing: { enabled: false },
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    discounts: [],
    invoice_creation: { enabled: false, invoice_data: { footer: null, issuer: null, metadata: {} } },
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ["card", "sepa_debit"],
    phone_number_collection: { enabled: false },
    saved_payment_method_options: null,
    shipping_options: [],
    wallet_options: null,
  };
}

function buyer({ customer, email, status }: CheckoutSession) {
  const details = {
    address: noAddress(),
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
  return {
    customer_details: status === "complete" || email !== null ? details : null,
    customer_email: customer === null ? email : null,
  };
}

function amounts({ total, currency }: CheckoutSession) {
  return {
    amount_subtotal: total,
    amount_total: total,
    currency,
    total_details: total === null ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  };
}
