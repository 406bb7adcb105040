// Refunds, whole or in part: at once, after days, and the few that fail weeks later.
import { spend } from "./balance.ts";
import { changeCharge, chargeOf } from "./charges.ts";
import { emit, keepQuiet } from "./emit.ts";
import type { Charge, Refund } from "./money.ts";
import { change, create, entryOf, find, newId, type Sandbox } from "./sandbox.ts";

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
  beginSecond(sandbox, charge);
  const refunds = [...charge.refunds, refund];
  const changed = changeCharge(sandbox, charge, { refunds, amountRefunded: figureOf(charge, refunds) });
  spend(sandbox, refund.currency, refunded);
  emit(sandbox, changed, "charge.refunded");
  if (sandbox.shape.refundsTold) emit(sandbox, refund, "refund.created");
  else keepQuiet(sandbox, refund);
  return refund;
}

/** What was captured and has not gone back. */
export function leftOf({ amountCaptured, refunds, dispute }: Charge): number {
  return dispute === null ? amountCaptured - wentBack(refunds) : 0;
}

/** What has gone back, or is on its way. */
export function wentBack(refunds: readonly Refund[]): number {
  return refunds.filter(isUnderWay).reduce((sum, { amount }) => sum + amount, 0);
}

/** Or has arrived. */
export function isUnderWay({ status }: Refund): boolean {
  return status !== "failed" && status !== "canceled";
}

/** `amount_refunded`, as it is told by the refunds. */
function figureOf({ released }: Charge, refunds: readonly Refund[]): number {
  return released + wentBack(refunds);
}

/** The money has arrived. */
export function completeRefund(sandbox: Sandbox, id: string): Refund {
  const refund = refundThatIs(sandbox, id, "pending", "requires_action");
  const succeeded = change(sandbox, refund, { status: "succeeded" });
  embed(sandbox, succeeded);
  tellChange(sandbox, succeeded, "refund.updated");
  return succeeded;
}

/** The bank sends the money back. */
export function failRefund(sandbox: Sandbox, id: string): Refund {
  const refund = refundThatIs(sandbox, id, "pending", "requires_action", "succeeded");
  const failed = change(sandbox, refund, { status: "failed", failureReason: "lost_or_stolen_card" });
  return takenBack(sandbox, failed, "refund.updated", "refund.failed");
}

/** Only one that waits for the customer can be canceled ("Cancel a refund", docs.stripe.com/api/refunds/cancel). */
export function cancelRefund(sandbox: Sandbox, id: string): Refund {
  const refund = refundThatIs(sandbox, id, "requires_action");
  const canceled = change(sandbox, refund, { status: "canceled", failureReason: "merchant_request" });
  return takenBack(sandbox, canceled, "refund.updated");
}

/** No page of Stripe's says whether the charge is refunded by that much less: each account has one way. */
function takenBack(sandbox: Sandbox, refund: Refund, ...types: string[]): Refund {
  const charge = embed(sandbox, refund);
  beginSecond(sandbox, charge);
  spend(sandbox, refund.currency, -refund.amount);
  tellChange(sandbox, refund, ...types);
  if (sandbox.options.afterFailedRefund === "stays") return refund;
  const changed = changeCharge(sandbox, charge, { amountRefunded: figureOf(charge, charge.refunds) });
  emit(sandbox, changed, "charge.updated");
  return refund;
}

/** Under its charge's name, and where the version has events of a charge's refunds, under its own. */
function tellChange(sandbox: Sandbox, refund: Refund, ...types: string[]): void {
  emit(sandbox, refund, "charge.refund.updated", ...(sandbox.shape.refundsTold ? types : []));
}

/**
 * What fails and what is refunded in one second could not be told apart: a charge that is refunded again is told of
 * in a second in which neither it nor a refund of it was.
 */
function beginSecond(sandbox: Sandbox, { id, refunds }: Charge): void {
  const last = [id, ...refunds.map((refund) => refund.id)].map((one) => entryOf(sandbox, one).second.at);
  const second = Math.max(sandbox.newest, sandbox.now);
  if (!sandbox.muted && Math.max(...last) === second) sandbox.newest = second + 1;
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
