// Refunds, whole or in part: at once, after days, and the few that fail weeks later.
import { spend } from "./balance.ts";
import { changeCharge, chargeOf } from "./charges.ts";
import { emit } from "./emit.ts";
import type { Charge, Refund } from "./money.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

/**
 * Of a charge, or of the charge that paid a payment intent. Without an amount, what is left of it. It is
 * `pending` or `requires_action` for some ways of paying, and else succeeds at once.
 */
export type NewRefund = {
  of: string;
  amount?: number;
  reason?: Refund["reason"];
  status?: "pending" | "requires_action" | "succeeded";
};

export function createRefund(sandbox: Sandbox, { of, amount, reason, status }: NewRefund): Refund {
  const charge = chargeOf(sandbox, of);
  const left = leftOf(charge);
  const refunded = amount ?? left;
  if (refunded <= 0 || refunded > left) {
    throw new Error(`${charge.id} is ${charge.status}, and ${left} of it can be refunded.`);
  }
  const refund = create(sandbox, {
    ...newRefund(sandbox, charge, refunded),
    reason: reason ?? "requested_by_customer",
    status: status ?? "succeeded",
  });
  const changed = changeCharge(sandbox, charge, {
    refunds: [...charge.refunds, refund],
    amountRefunded: charge.amountRefunded + refunded,
  });
  spend(sandbox, refund.currency, refunded);
  emit(sandbox, changed, "charge.refunded");
  emit(sandbox, refund, "refund.created");
  return refund;
}

/** What was captured and has not gone back: what was never captured counts as refunded from the start. */
export function leftOf({ captured, amount, amountRefunded, dispute }: Charge): number {
  return captured && dispute === null ? amount - amountRefunded : 0;
}

/** The money has arrived. */
export function completeRefund(sandbox: Sandbox, id: string): Refund {
  const refund = refundThatIs(sandbox, id, "pending", "requires_action");
  const succeeded = change(sandbox, refund, { status: "succeeded" });
  embed(sandbox, succeeded);
  emit(sandbox, succeeded, "charge.refund.updated", "refund.updated");
  return succeeded;
}

/** The bank sends the money back, and the charge is refunded by that much less. */
export function failRefund(sandbox: Sandbox, id: string): Refund {
  const refund = refundThatIs(sandbox, id, "pending", "requires_action", "succeeded");
  const failed = change(sandbox, refund, { status: "failed", failureReason: "lost_or_stolen_card" });
  return takenBack(sandbox, failed, "charge.refund.updated", "refund.updated", "refund.failed");
}

/** Only one that waits for the customer can be canceled ("Cancel a refund", docs.stripe.com/api/refunds/cancel). */
export function cancelRefund(sandbox: Sandbox, id: string): Refund {
  const refund = refundThatIs(sandbox, id, "requires_action");
  const canceled = change(sandbox, refund, { status: "canceled", failureReason: "merchant_request" });
  return takenBack(sandbox, canceled, "charge.refund.updated", "refund.updated");
}

function takenBack(sandbox: Sandbox, refund: Refund, ...types: string[]): Refund {
  const charge = embed(sandbox, refund);
  const changed = changeCharge(sandbox, charge, { amountRefunded: charge.amountRefunded - refund.amount });
  spend(sandbox, refund.currency, -refund.amount);
  emit(sandbox, refund, ...types);
  emit(sandbox, changed, "charge.updated");
  return refund;
}

/** Charges of old versions show their refunds. */
function embed(sandbox: Sandbox, refund: Refund): Charge {
  const charge = find(sandbox, "charge", refund.charge);
  const refunds = charge.refunds.map((one) => (one.id === refund.id ? refund : one));
  return changeCharge(sandbox, charge, { refunds });
}

function refundThatIs(sandbox: Sandbox, id: string, ...statuses: Refund["status"][]): Refund {
  const refund = find(sandbox, "refund", id);
  if (!statuses.includes(refund.status)) throw new Error(`${id} has ${refund.status} already.`);
  return refund;
}

function newRefund(sandbox: Sandbox, charge: Charge, amount: number): Omit<Refund, "reason" | "status"> {
  return {
    object: "refund",
    id: newId(sandbox, "re_3", 23),
    created: sandbox.now,
    charge: charge.id,
    paymentIntent: charge.paymentIntent,
    paymentMethod: charge.paymentMethod.id,
    customer: charge.customer,
    amount,
    currency: charge.currency,
    failureReason: null,
    balanceTransaction: newId(sandbox, "txn_3", 23),
  };
}
