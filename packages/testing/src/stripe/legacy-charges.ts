// Charges without a payment intent, as they were made before there were intents ("Charges", docs.stripe.com/api/charges).
import { captureCharge, HOLD, release } from "./captures.ts";
import { book, newCharge, type Outcome } from "./charges.ts";
import { emit } from "./emit.ts";
import type { Charge } from "./money.ts";
import { newPaymentMethod } from "./payment-methods.ts";
import { find, type Sandbox, schedule } from "./sandbox.ts";

/** Of an amount in minor units. With `capture: false` it is only held. */
export type NewCharge = { customer: string; amount: number; capture?: boolean };

export function createCharge(sandbox: Sandbox, { customer, amount, capture = true }: NewCharge): Charge {
  const { id, email, paymentMethod, declines } = find(sandbox, "customer", customer);
  const outcome: Outcome = capture ? "succeeded" : "authorized";
  const charge = newCharge(
    sandbox,
    {
      ...{ id: null, customer: id, email, amount, invoice: null, description: null },
      currency: sandbox.options.currency,
      paymentMethod: paymentMethod ?? newPaymentMethod(sandbox, "card"),
    },
    declines ? { declined: "insufficient_funds" } : outcome,
  );
  emit(sandbox, charge, declines ? "charge.failed" : "charge.succeeded");
  if (charge.captured) book(sandbox, charge);
  if (!isHeld(charge)) return charge;
  schedule(sandbox, sandbox.now + HOLD, () => {
    if (isHeld(find(sandbox, "charge", charge.id))) expireCharge(sandbox, charge.id);
  });
  return charge;
}

/** Takes what is held, or a part of it, once: the rest is let go. */
export function captureHeldCharge(sandbox: Sandbox, id: string, amount?: number): Charge {
  const charge = heldCharge(sandbox, id);
  const taken = amount ?? charge.amount;
  if (taken <= 0 || taken > charge.amount) throw new RangeError(`${id} holds less.`);
  const captured = captureCharge(sandbox, charge, taken, true);
  book(sandbox, captured);
  return captured;
}

/** To refund what is only held lets it go. */
export function releaseCharge(sandbox: Sandbox, id: string): Charge {
  return release(sandbox, heldCharge(sandbox, id), "charge.refunded");
}

/** The bank holds it no longer. */
export function expireCharge(sandbox: Sandbox, id: string): Charge {
  return release(sandbox, heldCharge(sandbox, id), "charge.expired");
}

function isHeld({ status, captured, released }: Charge): boolean {
  return status === "succeeded" && !captured && released === 0;
}

function heldCharge(sandbox: Sandbox, id: string): Charge {
  const charge = find(sandbox, "charge", id);
  if (charge.paymentIntent !== null) throw new Error(`${id} is its payment intent's.`);
  if (!isHeld(charge)) throw new Error(`${id} holds nothing.`);
  return charge;
}
