// Charges: each one try of a payment intent, which embeds them.
import { receive } from "./balance.ts";
import { emit } from "./emit.ts";
import { type MetadataChanges, withMetadata } from "./metadata.ts";
import type { Charge, PaymentIntent } from "./money.ts";
import { change, create, find, newId, type Sandbox, schedule } from "./sandbox.ts";

/** What came of a try; `authorized` waits for its capture. */
export type Outcome = "pending" | "authorized" | "succeeded" | { declined: string };

/** What a charge has of its payment intent, where it has one. */
type Terms = { id: string | null } & Pick<
  PaymentIntent,
  "customer" | "invoice" | "paymentMethod" | "email" | "description" | "amount" | "currency"
>;

export function newCharge(sandbox: Sandbox, intent: Terms, outcome: Outcome): Charge {
  const { customer, invoice, paymentMethod, email, description, amount, currency } = intent;
  return create(sandbox, {
    object: "charge",
    id: newId(sandbox, "ch_3", 23),
    created: sandbox.now,
    ...{ customer, invoice, paymentMethod, email, description, amount, currency },
    paymentIntent: intent.id,
    status: statusOf(outcome),
    captured: outcome === "succeeded",
    amountCaptured: outcome === "succeeded" ? amount : 0,
    refunds: [],
    released: 0,
    amountRefunded: 0,
    dispute: null,
    balanceTransaction: outcome === "succeeded" ? firstTransaction(sandbox) : null,
    declineCode: typeof outcome === "object" ? outcome.declined : null,
    metadata: {},
    riskScore: sandbox.random.integer(60),
  });
}

function statusOf(outcome: Outcome): Charge["status"] {
  if (typeof outcome === "object") return "failed";
  return outcome === "pending" ? "pending" : "succeeded";
}

/** With asynchronous capture it comes later. */
export function firstTransaction(sandbox: Sandbox): string | null {
  return sandbox.shape.asynchronousCapture ? null : newTransaction(sandbox);
}

function newTransaction({ apart }: Sandbox): string {
  return newId({ random: apart }, "txn_3", 23);
}

/** What was captured is on its way to the balance, which an event tells some seconds later if it has not yet. */
export function book(sandbox: Sandbox, charge: Charge, taken = charge.amountCaptured): void {
  const { id, currency, balanceTransaction } = charge;
  receive(sandbox, currency, taken);
  if (balanceTransaction !== null) return;
  schedule(sandbox, sandbox.now + 2 + sandbox.apart.integer(8), () => {
    if (find(sandbox, "charge", id).balanceTransaction !== null) return;
    const booked = { balanceTransaction: newTransaction(sandbox) };
    emit(sandbox, changeCharge(sandbox, find(sandbox, "charge", id), booked), "charge.updated");
  });
}

/** Changes a charge, and with it what its payment intent embeds. */
export function changeCharge(sandbox: Sandbox, charge: Charge, changes: Partial<Charge>): Charge {
  const changed = change(sandbox, charge, changes);
  if (charge.paymentIntent === null) return changed;
  const intent = find(sandbox, "payment_intent", charge.paymentIntent);
  change(sandbox, intent, { charges: intent.charges.map((one) => (one.id === charge.id ? changed : one)) });
  return changed;
}

/** What the seller writes on it, whatever came of it. */
export function noteOnCharge(sandbox: Sandbox, id: string, metadata: MetadataChanges): Charge {
  const charge = find(sandbox, "charge", id);
  const noted = changeCharge(sandbox, charge, { metadata: withMetadata(charge.metadata, metadata) });
  emit(sandbox, noted, "charge.updated");
  return noted;
}

/** The charge of that id, or the newest of the payment intent of that id. */
export function chargeOf(sandbox: Sandbox, id: string): Charge {
  if (!id.startsWith("pi_")) return find(sandbox, "charge", id);
  const charge = find(sandbox, "payment_intent", id).charges.at(-1);
  if (charge === undefined) throw new Error(`${id} has no charge.`);
  return find(sandbox, "charge", charge.id);
}
