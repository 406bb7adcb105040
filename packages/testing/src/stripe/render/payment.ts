// A payment intent: one payment with all its tries.
import type { PaymentIntent } from "../money.ts";
import { renderCharge } from "./charge.ts";
import { declined } from "./decline.ts";
import { list, type View } from "./list.ts";

/** What no simulated payment uses. */
const UNUSED = {
  allowed_payment_method_types: null,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  confirmation_method: "automatic",
  customer_account: null,
  excluded_payment_method_types: null,
  managed_payments: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_record: null,
  processing: null,
  review: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

export function renderPaymentIntent(intent: PaymentIntent, view: View) {
  const { id, amount, created, currency, customer, description, paymentMethod, status } = intent;
  return {
    id,
    object: "payment_intent",
    ...UNUSED,
    amount,
    amount_capturable: intent.amountCapturable,
    amount_details: { tip: {} },
    amount_received: intent.amountReceived,
    canceled_at: intent.canceledAt,
    cancellation_reason: intent.cancellationReason,
    capture_method: captureMethod(intent, view),
    ...(view.shape.latestChargeOnly ? {} : { charges: charges(intent, view) }),
    client_secret: intent.secret,
    created,
    currency,
    customer,
    description,
    ...(view.shape.invoicePayments ? {} : { invoice: intent.invoice }),
    last_payment_error: lastPaymentError(intent),
    latest_charge: intent.charges.at(-1)?.id ?? null,
    livemode: view.options.livemode,
    metadata: {},
    next_action: nextAction(intent),
    payment_method: status === "requires_payment_method" ? null : paymentMethod.id,
    payment_method_options: { [paymentMethod.type]: methodOptions(intent) },
    payment_method_types: [paymentMethod.type],
    receipt_email: intent.email,
    setup_future_usage: intent.invoice === null ? null : "off_session",
    status,
  };
}

function captureMethod({ capture }: PaymentIntent, { shape }: View) {
  if (capture === "manual") return "manual";
  return shape.asynchronousCapture ? "automatic_async" : "automatic";
}

function charges({ id, charges }: PaymentIntent, view: View) {
  return list(charges.toReversed(), `/v1/charges?payment_intent=${id}`, (charge) =>
    renderCharge(charge, view),
  );
}

function lastPaymentError({ declineCode, charges, paymentMethod }: PaymentIntent) {
  if (declineCode === null) return null;
  return {
    charge: charges.at(-1)?.id ?? null,
    ...declined(declineCode),
    decline_code: declineCode,
    doc_url: "https://docs.stripe.com/error-codes/card-declined",
    payment_method: { id: paymentMethod.id, object: "payment_method", type: paymentMethod.type },
    type: "card_error",
  };
}

function nextAction({ status }: PaymentIntent) {
  if (status !== "requires_action") return null;
  return { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect" } };
}

function methodOptions({ paymentMethod }: PaymentIntent) {
  if (paymentMethod.type === "sepa_debit") return {};
  return { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" };
}
