// A charge, and in old versions its refunds.
import type { Charge, PaymentMethod } from "../money.ts";
import { declined } from "./decline.ts";
import { list, noAddress, type View } from "./list.ts";
import { renderRefund } from "./refund.ts";

/** What no simulated charge uses. */
const UNUSED = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  calculated_statement_descriptor: "EXAMPLE LTD",
  destination: null,
  failure_balance_transaction: null,
  on_behalf_of: null,
  order: null,
  receipt_number: null,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

export function renderCharge(charge: Charge, view: View) {
  const { id, amount, created, currency, customer, description, email, status } = charge;
  return {
    id,
    object: "charge",
    ...UNUSED,
    ...failure(charge),
    amount,
    amount_captured: charge.amountCaptured,
    amount_refunded: charge.amountRefunded,
    balance_transaction: charge.balanceTransaction,
    billing_details: { address: noAddress(), email, name: null, phone: null, tax_id: null },
    captured: charge.captured,
    created,
    currency,
    customer,
    description,
    dispute: charge.dispute,
    disputed: charge.dispute !== null,
    fraud_details: {},
    ...(view.shape.invoicePayments ? {} : { invoice: charge.invoice }),
    livemode: view.options.livemode,
    metadata: { ...charge.metadata },
    outcome: outcome(charge),
    paid: status === "succeeded",
    payment_intent: charge.paymentIntent,
    payment_method: charge.paymentMethod.id,
    payment_method_details: methodDetails(charge),
    receipt_email: email,
    receipt_url: status === "succeeded" ? `https://pay.stripe.com/receipts/payment/${id}?s=ap` : null,
    refunded: charge.amountRefunded === amount,
    ...(view.shape.refundsOnRequest ? {} : { refunds: refunds(charge) }),
    status,
  };
}

function failure({ declineCode }: Charge) {
  if (declineCode === null) return { failure_code: null, failure_message: null };
  const { code, message } = declined(declineCode);
  return { failure_code: code, failure_message: message };
}

function outcome({ status, declineCode, riskScore }: Charge) {
  const isDeclined = status === "failed";
  return {
    advice_code: isDeclined ? "try_again_later" : null,
    network_advice_code: null,
    network_decline_code: isDeclined ? "51" : null,
    network_status: isDeclined ? "declined_by_network" : "approved_by_network",
    reason: declineCode,
    risk_level: "normal",
    risk_score: riskScore,
    seller_message: isDeclined ? "The bank returned the decline code." : "Payment complete.",
    type: isDeclined ? "issuer_declined" : "authorized",
  };
}

function methodDetails({ paymentMethod, amount }: Charge) {
  if (paymentMethod.type === "sepa_debit")
    return { sepa_debit: debitDetails(paymentMethod), type: "sepa_debit" };
  return { card: cardDetails(paymentMethod, amount), type: "card" };
}

function debitDetails({ fingerprint, last4 }: PaymentMethod) {
  return { bank_code: "37040044", branch_code: "", country: "DE", fingerprint, last4, mandate: null };
}

function cardDetails({ expMonth, expYear, fingerprint, last4 }: PaymentMethod, amount: number) {
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand: "visa",
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    electronic_commerce_indicator: null,
    exp_month: expMonth,
    exp_year: expYear,
    extended_authorization: { status: "disabled" },
    fingerprint,
    funding: "credit",
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4,
    mandate: null,
    multicapture: { status: "unavailable" },
    network: "visa",
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
    regulated_status: "unregulated",
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}

function refunds({ id, refunds }: Charge) {
  return list(refunds.toReversed(), `/v1/charges/${id}/refunds`, renderRefund);
}
