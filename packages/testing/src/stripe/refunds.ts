// Refunds, whole or in part, and the few that fail weeks later.
import { emit } from "./emit.ts";
import type { Charge, Refund } from "./money.ts";
import { changeCharge } from "./payments.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

/** Of a charge, or of the charge that paid a payment intent. Without an amount, what is left of it. */
export type NewRefund = { of: string; amount?: number; reason?: Refund["reason"] };

export function createRefund(sandbox: Sandbox, { of, amount, reason }: NewRefund): Refund {
  const charge = chargeOf(sandbox, of);
  const left = charge.amount - charge.amountRefunded;
  const refunded = amount ?? left;
  if (charge.status !== "succeeded" || refunded <= 0 || refunded > left) {
    throw new Error(`${charge.id} is ${charge.status}, and ${left} of it can be refunded.`);
  }
  const refund = create(sandbox, newRefund(sandbox, charge, refunded, reason ?? "requested_by_customer"));
  const changed = changeCharge(sandbox, charge, {
    refunds: [...charge.refunds, refund],
    amountRefunded: charge.amountRefunded + refunded,
  });
  emit(sandbox, changed, "charge.refunded");
  emit(sandbox, refund, "refund.created");
  return refund;
}

/** The bank sends the money back, and the charge is refunded by that much less. */
export function failRefund(sandbox: Sandbox, id: string): Refund {
  const refund = find(sandbox, "refund", id);
  if (refund.status === "failed") throw new Error(`${id} has failed already.`);
  const failed = change(sandbox, refund, { status: "failed" });
  const charge = find(sandbox, "charge", refund.charge);
  const changed = changeCharge(sandbox, charge, {
    refunds: charge.refunds.map((one) => (one.id === id ? failed : one)),
    amountRefunded: charge.amountRefunded - refund.amount,
  });
  emit(sandbox, failed, "charge.refund.updated", "refund.updated", "refund.failed");
  emit(sandbox, changed, "charge.updated");
  return failed;
}

function chargeOf(sandbox: Sandbox, id: string): Charge {
  if (!id.startsWith("pi_")) return find(sandbox, "charge", id);
  const charge = find(sandbox, "payment_intent", id).charges.at(-1);
  if (charge === undefined) throw new Error(`${id} has no charge.`);
  return find(sandbox, "charge", charge.id);
}

function newRefund(sandbox: Sandbox, charge: Charge, amount: number, reason: Refund["reason"]): Refund {
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
    status: "succeeded",
    reason,
    balanceTransaction: newId(sandbox, "txn_3", 23),
  };
}
