// What comes after a sale on a billing day: refunds that take their time, and disputes.
import { closeDispute, escalateDispute, openDispute, submitEvidence } from "./disputes.ts";
import type { Charge, Refund } from "./money.ts";
import { cancelRefund, completeRefund, createRefund, failRefund, leftOf } from "./refunds.ts";
import { find, type Sandbox } from "./sandbox.ts";
import { later, type Shop } from "./shop.ts";

/** The whole price, which brings the tickets back, or a part of it, which does not. */
export function refundOrder(sandbox: Sandbox, shop: Shop): void {
  const charge = chargeOfSome(sandbox, shop);
  if (charge === null) return;
  const { random } = sandbox;
  if (random.chance(0.3)) refundSlowly(sandbox, charge);
  else refundPart(sandbox, charge.paymentIntent, random.pick([1, 2, 3]));
}

function chargeOfSome(sandbox: Sandbox, { orders }: Shop): Charge | null {
  if (orders.length === 0) return null;
  const { paymentIntent } = find(sandbox, "checkout.session", sandbox.random.pick(orders));
  return paymentIntent === null ? null : lastCharge(sandbox, paymentIntent);
}

function lastCharge(sandbox: Sandbox, paymentIntent: string): Charge | null {
  return find(sandbox, "payment_intent", paymentIntent).charges.at(-1) ?? null;
}

/** A half, a third, or all of a payment, as long as so much of it is left. */
export function refundPart(sandbox: Sandbox, paymentIntent: string | null, share: number): void {
  const charge = paymentIntent === null ? null : lastCharge(sandbox, paymentIntent);
  if (charge === null || charge.refunds.length > 2) return;
  const amount = Math.floor(charge.amountCaptured / share);
  if (amount > leftOf(charge) || amount === 0) return;
  const refund = createRefund(sandbox, { of: charge.id, amount });
  if (sandbox.random.chance(0.1)) later(sandbox, 30, () => failRefund(sandbox, refund.id));
}

/** What is left, by a bank or a customer that has to answer first. */
function refundSlowly(sandbox: Sandbox, charge: Charge): void {
  if (leftOf(charge) === 0) return;
  const status = sandbox.random.pick(["pending", "requires_action"] as const);
  const { id } = createRefund(sandbox, { of: charge.id, status });
  const end = sandbox.random.pick(SLOW_ENDS[status]);
  later(sandbox, 20, () => end(sandbox, id));
}

type End = (sandbox: Sandbox, id: string) => Refund;

const SLOW_ENDS: { [status in "pending" | "requires_action"]: readonly End[] } = {
  pending: [completeRefund, completeRefund, failRefund],
  requires_action: [completeRefund, cancelRefund, failRefund],
};

/** A buyer's bank takes an order's payment back, or first asks about it. */
export function disputeOrder(sandbox: Sandbox, shop: Shop): void {
  const charge = chargeOfSome(sandbox, shop);
  if (charge === null || leftOf(charge) < charge.amountCaptured || !charge.captured) return;
  const inquiry = sandbox.random.chance(0.3);
  const { id } = openDispute(sandbox, { of: charge.id, inquiry });
  later(sandbox, 5, () => {
    if (inquiry && sandbox.random.chance(0.5)) escalateDispute(sandbox, id);
    else if (sandbox.random.chance(0.7)) submitEvidence(sandbox, id);
    const outcome = sandbox.random.pick(["won", "lost"] as const);
    later(sandbox, 30, () => closeDispute(sandbox, id, outcome));
  });
}
