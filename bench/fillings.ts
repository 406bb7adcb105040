// Fields that Stripe's objects carry in a live account and the simulated ones leave null or out, by the names of
// Stripe's API reference. Nothing that core reads is among them.
import type { Random } from "@stripe-lanes/testing/random";

export type Filling = { [field: string]: unknown };

const STREETS = ["Market Street", "Rue de la République", "Hauptstraße", "High Street", "Via Garibaldi"];
const CITIES = ["San Francisco", "Lyon", "Hamburg", "Manchester", "Milano"];
const NAMES = ["Jenny Rosen", "Amélie Laurent", "Jan Petersen", "Olivia Whitfield", "Marco Bianchi"];

function address(random: Random): Filling {
  return {
    city: random.pick(CITIES),
    country: random.pick(["US", "FR", "DE", "GB", "IT"]),
    line1: `${1 + random.integer(200)} ${random.pick(STREETS)}`,
    line2: random.chance(0.3) ? `Apartment ${1 + random.integer(80)}` : null,
    postal_code: String(10_000 + random.integer(89_999)),
    state: random.pick(["CA", "ARA", "HH", "Greater Manchester", "MI"]),
  };
}

const phone = (random: Random) => `+1415${1_000_000 + random.integer(8_999_999)}`;

function shipping(random: Random): Filling {
  const to = { address: address(random), name: random.pick(NAMES), phone: phone(random) };
  return { ...to, carrier: "UPS", tracking_number: `1Z${random.id(16).toUpperCase()}` };
}

/** What the account's payment method configuration lets a page offer. */
const METHOD_OPTIONS = {
  acss_debit: { mandate_options: { transaction_type: "personal" }, verification_method: "automatic" },
  amazon_pay: { express_checkout_element_session_id: null },
  cashapp: {},
  klarna: { preferred_locale: "en-US" },
  link: { persistent_token: null },
  us_bank_account: { verification_method: "automatic" },
};

const INVOICE_METHOD_OPTIONS = {
  acss_debit: null,
  bancontact: null,
  card: { mandate_options: null, network: null, request_three_d_secure: "automatic" },
  customer_balance: null,
  konbini: null,
  sepa_debit: null,
  us_bank_account: { financial_connections: { permissions: ["payment_method"] } },
};

function paymentIntent(random: Random): Filling {
  return {
    amount_details: { shipping: { amount: 0, from_postal_code: "94110" }, tax: { total_tax_amount: 0 } },
    automatic_payment_methods: { allow_redirects: "always", enabled: true },
    description: `Order ${random.integer(100_000)} at Example Ltd`,
    payment_method_configuration_details: { id: `pmc_1${random.id(23)}`, parent: null },
    payment_method_options: METHOD_OPTIONS,
    shipping: shipping(random),
    statement_descriptor_suffix: "EXAMPLE ORDER",
    transfer_group: `group_pi_3${random.id(23)}`,
  };
}

function charge(random: Random, { payment_method_details: details }: Filling): Filling {
  const isCard = typeof details === "object" && details !== null && "card" in details;
  return {
    billing_details: { address: address(random), name: random.pick(NAMES), phone: phone(random) },
    description: `Order ${random.integer(100_000)} at Example Ltd`,
    ...(isCard ? { payment_method_details: { card: cardOfCharge(random) } } : {}),
    radar_options: {},
    receipt_number: `${1_000 + random.integer(8_999)}-${1_000 + random.integer(8_999)}`,
    shipping: shipping(random),
    statement_descriptor_suffix: "EXAMPLE ORDER",
    transfer_group: `group_pi_3${random.id(23)}`,
  };
}

function cardOfCharge(random: Random): Filling {
  return {
    authorization_code: String(100_000 + random.integer(899_999)),
    network_transaction_id: `10${random.integer(10 ** 13)}`,
    three_d_secure: {
      authentication_flow: "frictionless",
      electronic_commerce_indicator: "05",
      result: "authenticated",
      transaction_id: random.id(36),
      version: "2.2.0",
    },
    wallet: { apple_pay: { type: "apple_pay" }, dynamic_last4: "4242", type: "apple_pay" },
  };
}

function customer(random: Random): Filling {
  return {
    address: address(random),
    description: "Signed up on the web site",
    invoice_settings: {
      custom_fields: [{ name: "Purchase order", value: random.id(8) }],
      footer: "Thank you for your business.",
    },
    shipping: shipping(random),
    tax: {
      automatic_tax: "supported",
      ip_address: null,
      location: { country: "US", source: "billing_address" },
    },
  };
}

function invoice(random: Random): Filling {
  return {
    customer_address: address(random),
    customer_phone: phone(random),
    customer_shipping: shipping(random),
    custom_fields: [{ name: "Purchase order", value: random.id(8) }],
    footer: "Thank you for your business.",
    payment_settings: {
      payment_method_options: INVOICE_METHOD_OPTIONS,
      payment_method_types: ["card", "link"],
    },
    rendering: {
      amount_tax_display: null,
      pdf: { page_size: "auto" },
      template: null,
      template_version: null,
    },
  };
}

function subscription(random: Random): Filling {
  return {
    description: "Example for teams, billed ahead of each period",
    invoice_settings: { account_tax_ids: [`txi_1${random.id(23)}`], footer: "Thank you for your business." },
    payment_settings: {
      payment_method_options: INVOICE_METHOD_OPTIONS,
      payment_method_types: ["card", "link"],
    },
  };
}

function checkoutSession(random: Random): Filling {
  return {
    branding_settings: {
      background_color: "#ffffff",
      border_style: "rounded",
      button_color: "#0074d4",
      display_name: "Example Ltd",
      font_family: "default",
      icon: { type: "url", url: "https://example.com/icon.png" },
    },
    client_reference_id: `cart-${random.id(12)}`,
    collected_information: {
      individual_name: random.pick(NAMES),
      shipping_details: { address: address(random), name: random.pick(NAMES) },
    },
    customer_details: { address: address(random), name: random.pick(NAMES), phone: phone(random) },
    payment_method_configuration_details: { id: `pmc_1${random.id(23)}`, parent: null },
    saved_payment_method_options: { allow_redisplay_filters: ["always"], payment_method_save: "enabled" },
  };
}

function refund(random: Random): Filling {
  return {
    destination_details: {
      card: {
        reference: `7${random.integer(10 ** 15)}`,
        reference_status: "available",
        reference_type: "acquirer_reference_number",
        type: "refund",
      },
      type: "card",
    },
  };
}

function paymentMethod(random: Random): Filling {
  return {
    billing_details: { address: address(random), name: random.pick(NAMES), phone: phone(random) },
    radar_options: {},
  };
}

/** By what an object says it is. */
export const FILLINGS: Record<string, (random: Random, object: Filling) => Filling> = {
  charge,
  "checkout.session": checkoutSession,
  customer,
  invoice,
  payment_intent: paymentIntent,
  payment_method: paymentMethod,
  refund,
  subscription,
};
