// What comes after a sale on a billing day: refunds that take their time, and disputes.
import { closeDispute, escalateDispute, openDispute, submitEvidence } from "./disputes.ts";
import type { Charge, Refund } from "./money.ts";
import { cancelRefund, completeRefund, createRefund, failRefund, leftOf, wentBack } from "./refunds.ts";
import { find, type Sandbox } from "./sandbox.ts";
import { later, type Shop } from "./shop.ts";

/** The whole price, which brings the tickets back, or a part of it, which does not. */
export function refundOrder(sandbox: Sandbox, shop: Shop): void {
  const charge = chargeOfSome(sandbox, shop);
  if (charge === null) return;
  const { random } = sandbox;
  if (random.chance(0.3)) refundSlowly(sandbox, charge);
  else refundPart(sandbox, charge, random.pick([1, 2, 3]));
}

function chargeOfSome(sandbox: Sandbox, { orders }: Shop): Charge | null {
  if (orders.length === 0) return null;
  const { paymentIntent } = find(sandbox, "checkout.session", sandbox.random.pick(orders));
  return paymentIntent === null ? null : lastCharge(sandbox, paymentIntent);
}

/** Of the orders, the first of which something went back and something is left. */
function refundedInPart(sandbox: Sandbox, { orders }: Shop): Charge | null {
  const intents = orders.flatMap((id) => find(sandbox, "checkout.session", id).paymentIntent ?? []);
  const charges = intents.map((intent) => lastCharge(sandbox, intent)).filter((charge) => charge !== null);
  return charges.find((charge) => wentBack(charge.refunds) > 0 && leftOf(charge) > 0) ?? null;
}

export function lastCharge(sandbox: Sandbox, paymentIntent: string): Charge | null {
  return find(sandbox, "payment_intent", paymentIntent).charges.at(-1) ?? null;
}

/** A half, a third, or all of a payment, as long as so much of it is left. */
export function refundPart(sandbox: Sandbox, charge: Charge | null, share: number): void {
  if (charge === null || charge.refunds.length > 2 || isHeld(charge)) return;
  const amount = Math.floor(charge.amountCaptured / share);
  if (amount > leftOf(charge) || amount === 0) return;
  const refund = createRefund(sandbox, { of: charge.id, amount });
  if (sandbox.random.chance(0.3)) later(sandbox, 15, () => comeBack(sandbox, refund, share));
}

/** The bank sends it back, and half of the time it is tried again. */
function comeBack(sandbox: Sandbox, { id, charge }: Refund, share: number): void {
  failRefund(sandbox, id);
  if (sandbox.random.chance(0.5)) return;
  later(sandbox, 5, () => refundPart(sandbox, find(sandbox, "charge", charge), share));
}

/** Something of it may still be captured. */
function isHeld({ amount, amountCaptured, released, captured }: Charge): boolean {
  return captured && amountCaptured + released < amount;
}

/** What is left, by a bank or a customer that has to answer first. */
function refundSlowly(sandbox: Sandbox, charge: Charge): void {
  if (leftOf(charge) === 0 || isHeld(charge)) return;
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

/** A buyer's bank takes an order's payment back, of which a part may have been refunded, or first asks about it. */
export function disputeOrder(sandbox: Sandbox, shop: Shop): void {
  const charge =
    (sandbox.random.chance(0.5) ? refundedInPart(sandbox, shop) : null) ?? chargeOfSome(sandbox, shop);
  if (charge === null || leftOf(charge) === 0 || isHeld(charge)) return;
  const inquiry = sandbox.random.chance(0.3);
  const { id } = openDispute(sandbox, { of: charge.id, inquiry });
  later(sandbox, 5, () => {
    if (inquiry && sandbox.random.chance(0.5)) escalateDispute(sandbox, id);
    else if (sandbox.random.chance(0.7)) submitEvidence(sandbox, id);
    const outcome = sandbox.random.pick(["won", "lost", "half"] as const);
    later(sandbox, 30, () => decideDispute(sandbox, id, outcome));
  });
}

/** Half of what is lost may be given back, as long as nothing of it was refunded. */
function decideDispute(sandbox: Sandbox, id: string, outcome: "won" | "lost" | "half"): void {
  const { charge, withheld } = find(sandbox, "dispute", id);
  const isUntouched = wentBack(find(sandbox, "charge", charge).refunds) === 0;
  if (outcome !== "half" || !isUntouched) closeDispute(sandbox, id, outcome === "won" ? "won" : "lost");
  else closeDispute(sandbox, id, "lost", Math.floor(withheld / 2));
}
