// Payments in two steps: a card authorizes an amount, and the seller takes it later, in part, or not at all.
import { book, changeCharge, firstTransaction, newCharge } from "./charges.ts";
import { emit } from "./emit.ts";
import type { Charge, PaymentIntent } from "./money.ts";
import { change, find, type Sandbox } from "./sandbox.ts";

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
  return held;
}

/** Takes what is held, or a part of it: the rest is released, which a charge shows as refunded. */
export function capturePayment(sandbox: Sandbox, id: string, amount?: number): PaymentIntent {
  const intent = find(sandbox, "payment_intent", id);
  const captured = amount ?? intent.amountCapturable;
  if (intent.status !== "requires_capture") throw new Error(`${id} is ${intent.status}.`);
  if (captured <= 0 || captured > intent.amountCapturable) throw new RangeError(`${id} holds less.`);
  const charge = changeCharge(sandbox, heldBy(sandbox, intent), {
    captured: true,
    amountCaptured: captured,
    amountRefunded: intent.amount - captured,
    balanceTransaction: firstTransaction(sandbox),
  });
  const taken = { status: "succeeded", amountCapturable: 0, amountReceived: captured } as const;
  const paid = change(sandbox, intent, taken);
  emit(sandbox, charge, "charge.captured");
  emit(sandbox, paid, "payment_intent.succeeded");
  book(sandbox, charge);
  return paid;
}

/** "The remaining amount_capturable is automatically refunded" ("Cancel a PaymentIntent", docs.stripe.com/api). */
export function releaseWhole(sandbox: Sandbox, intent: PaymentIntent): void {
  const charge = heldBy(sandbox, intent);
  emit(sandbox, changeCharge(sandbox, charge, { amountRefunded: charge.amount }), "charge.refunded");
}

function heldBy(sandbox: Sandbox, { charges }: PaymentIntent): Charge {
  return find(sandbox, "charge", charges.at(-1)?.id ?? "");
}
