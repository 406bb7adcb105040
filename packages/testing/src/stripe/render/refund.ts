// A refund.
import type { Refund } from "../money.ts";

export function renderRefund(refund: Refund) {
  const { amount, charge, created, currency, customer, reason, status } = refund;
  return {
    id: refund.id,
    object: "refund",
    amount,
    balance_transaction: refund.balanceTransaction,
    charge,
    created,
    currency,
    customer,
    customer_account: null,
    destination_details: { card: { reference_status: "pending", type: "refund" }, type: "card" },
    failure_reason: refund.failureReason,
    metadata: {},
    payment_intent: refund.paymentIntent,
    payment_method: refund.paymentMethod,
    ...(status === "pending" ? { pending_reason: "processing" } : {}),
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  };
}
