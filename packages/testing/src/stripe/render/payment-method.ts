// A payment method: what it is named by is the member of its type.
import type { PaymentMethod } from "../money.ts";
import { noAddress, type View } from "./list.ts";

export function renderPaymentMethod(paymentMethod: PaymentMethod, { options }: View) {
  const { id, created, customer, type } = paymentMethod;
  return {
    id,
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { address: noAddress(), email: null, name: null, phone: null, tax_id: null },
    created,
    customer,
    customer_account: null,
    livemode: options.livemode,
    metadata: { ...paymentMethod.metadata },
    ...(type === "card" ? { card: card(paymentMethod) } : { sepa_debit: debit(paymentMethod) }),
    type,
  };
}

function card({ expMonth, expYear, fingerprint, last4 }: PaymentMethod) {
  return {
    brand: "visa",
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    display_brand: "visa",
    exp_month: expMonth,
    exp_year: expYear,
    fingerprint,
    funding: "credit",
    generated_from: null,
    last4,
    networks: { available: ["visa"], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function debit({ fingerprint, last4 }: PaymentMethod) {
  return {
    bank_code: "37040044",
    branch_code: "",
    country: "DE",
    fingerprint,
    generated_from: { charge: null, setup_attempt: null },
    last4,
  };
}
