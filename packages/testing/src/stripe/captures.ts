// Payments in two steps: a card authorizes an amount, and the seller takes it later, in part, in parts, or not at all.
import { DAY } from "./calendar.ts";
import { book, changeCharge, firstTransaction, newCharge } from "./charges.ts";
import { emit } from "./emit.ts";
import type { Charge, PaymentIntent } from "./money.ts";
import { change, find, type Sandbox, schedule } from "./sandbox.ts";

/** "Place a hold on a payment method" › "Authorize only": a card's bank holds an online payment for so long. */
export const HOLD = 7 * DAY;

/** The money is held, but not taken. */
export function authorize(sandbox: Sandbox, intent: PaymentIntent): PaymentIntent {
  const charge = newCharge(sandbox, intent, "authorized");
  const held = change(sandbox, intent, {
    status: "requires_capture",
    amountCapturable: intent.amount,
    charges: [...intent.charges, charge],
    declineCode: null,
  });
  emit(sandbox, charge, "charge.succeeded");
  emit(sandbox, held, "payment_intent.amount_capturable_updated");
  schedule(sandbox, sandbox.now + HOLD, () => {
    if (find(sandbox, "payment_intent", intent.id).status === "requires_capture")
      expireHold(sandbox, intent.id);
  });
  return held;
}

/** `some` leaves the rest held for another capture ("Capture a payment multiple times"); `last` lets it go. */
export type Capture = "some" | "last";

/**
 * Takes what is held, or a part of it. What the last capture leaves is let go, which a charge shows as refunded; it
 * may take nothing where something was taken before.
 */
export function capturePayment(
  sandbox: Sandbox,
  id: string,
  amount?: number,
  capture: Capture = "last",
): PaymentIntent {
  const intent = find(sandbox, "payment_intent", id);
  const taken = amount ?? intent.amountCapturable;
  if (intent.status !== "requires_capture") throw new Error(`${id} is ${intent.status}.`);
  const isEnd = taken === 0 && capture === "last" && intent.amountReceived > 0;
  if ((taken <= 0 && !isEnd) || taken > intent.amountCapturable) throw new RangeError(`${id} holds less.`);
  const isLast = capture === "last" || taken === intent.amountCapturable;
  const charge = captureCharge(sandbox, heldBy(sandbox, intent), taken, isLast);
  const captured = change(sandbox, intent, {
    status: isLast ? "succeeded" : "requires_capture",
    amountCapturable: isLast ? 0 : intent.amountCapturable - taken,
    amountReceived: intent.amountReceived + taken,
  });
  const type = isLast ? "payment_intent.succeeded" : "payment_intent.amount_capturable_updated";
  emit(sandbox, captured, type);
  book(sandbox, charge, taken);
  return captured;
}

/** The first capture is told as such, and what is taken after it as a change. */
export function captureCharge(sandbox: Sandbox, charge: Charge, taken: number, isLast: boolean): Charge {
  const amountCaptured = charge.amountCaptured + taken;
  const released = isLast ? charge.amount - amountCaptured : 0;
  const captured = changeCharge(sandbox, charge, {
    ...{ captured: true, amountCaptured, released },
    amountRefunded: charge.amountRefunded + released,
    balanceTransaction: charge.balanceTransaction ?? firstTransaction(sandbox),
  });
  emit(sandbox, captured, charge.captured ? "charge.updated" : "charge.captured");
  return captured;
}

/** "The remaining amount_capturable is automatically refunded" ("Cancel a PaymentIntent", docs.stripe.com/api). */
export function releaseWhole(sandbox: Sandbox, intent: PaymentIntent): void {
  release(sandbox, heldBy(sandbox, intent), "charge.refunded");
}

/** Lets go of what is still held of a charge. */
export function release(sandbox: Sandbox, charge: Charge, type: string): Charge {
  const released = charge.amount - charge.amountCaptured;
  const changes = { released, amountRefunded: charge.amountRefunded + released };
  const changed = changeCharge(sandbox, charge, changes);
  emit(sandbox, changed, type);
  return changed;
}

/**
 * The bank holds it no longer: the payment is canceled, unless a part of it was taken, which then was all
 * ("Capture a payment multiple times").
 */
export function expireHold(sandbox: Sandbox, id: string): PaymentIntent {
  const intent = find(sandbox, "payment_intent", id);
  if (intent.status !== "requires_capture") throw new Error(`${id} is ${intent.status}.`);
  if (intent.amountReceived > 0) return capturePayment(sandbox, id, 0);
  release(sandbox, heldBy(sandbox, intent), "charge.expired");
  const canceled = change(sandbox, intent, {
    status: "canceled",
    amountCapturable: 0,
    canceledAt: sandbox.now,
    cancellationReason: "automatic",
  });
  emit(sandbox, canceled, "payment_intent.canceled");
  return canceled;
}

function heldBy(sandbox: Sandbox, { charges }: PaymentIntent): Charge {
  return find(sandbox, "charge", charges.at(-1)?.id ?? "");
}
