// A setup intent.
import type { SetupIntent } from "../money.ts";
import { declined } from "./decline.ts";
import type { View } from "./list.ts";

/** What no simulated setup uses. */
const UNUSED = {
  allowed_payment_method_types: null,
  application: null,
  automatic_payment_methods: null,
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  flow_directions: null,
  latest_attempt: null,
  managed_payments: null,
  mandate: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  single_use_mandate: null,
};

export function renderSetupIntent(setup: SetupIntent, { options }: View) {
  const { id, created, customer, status } = setup;
  return {
    id,
    object: "setup_intent",
    ...UNUSED,
    cancellation_reason: setup.cancellationReason,
    client_secret: setup.secret,
    created,
    customer,
    last_setup_error: lastError(setup),
    livemode: options.livemode,
    metadata: { ...setup.metadata },
    next_action: nextAction(setup),
    payment_method: setup.paymentMethod?.id ?? null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: ["card"],
    status,
    usage: "off_session",
  };
}

function lastError({ declineCode }: SetupIntent) {
  if (declineCode === null) return null;
  return {
    ...declined(declineCode),
    decline_code: declineCode,
    doc_url: "https://docs.stripe.com/error-codes/card-declined",
    type: "card_error",
  };
}

function nextAction({ status }: SetupIntent) {
  if (status !== "requires_action") return null;
  return { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect" } };
}
