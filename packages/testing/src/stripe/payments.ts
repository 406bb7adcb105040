// Payment intents: tried at once with a card, or over days with a bank debit.
import { authorize, releaseWhole } from "./captures.ts";
import { book, newCharge } from "./charges.ts";
import { emit } from "./emit.ts";
import type { Charge, PaymentIntent } from "./money.ts";
import { newPaymentMethod } from "./payment-methods.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

/** What is to be paid, and how. */
export type Terms = Pick<
  PaymentIntent,
  "amount" | "currency" | "customer" | "invoice" | "description" | "email" | "paymentMethod"
> &
  Partial<Pick<PaymentIntent, "id" | "capture">>;

/** A payment that nobody has heard of yet: the caller tells of it. */
export function openPayment(sandbox: Sandbox, terms: Terms): PaymentIntent {
  const id = terms.id ?? newId(sandbox, "pi_3", 23);
  return create(sandbox, {
    object: "payment_intent",
    created: sandbox.now,
    capture: "automatic",
    ...terms,
    id,
    amountCapturable: 0,
    amountReceived: 0,
    status: "requires_payment_method",
    charges: [],
    declineCode: null,
    canceledAt: null,
    cancellationReason: null,
    secret: newId({ random: sandbox.apart }, `${id}_secret_`, 25),
  });
}

/** A try that goes through. */
export function succeed(sandbox: Sandbox, intent: PaymentIntent): PaymentIntent {
  const charge = newCharge(sandbox, intent, "succeeded");
  return received(sandbox, intent, [...intent.charges, charge], charge);
}

/** A try that the bank refuses. */
export function decline(sandbox: Sandbox, intent: PaymentIntent, declineCode: string): PaymentIntent {
  const charge = newCharge(sandbox, intent, { declined: declineCode });
  return refused(sandbox, intent, [...intent.charges, charge], charge);
}

/** A try that the customer has to confirm with their bank: no charge is made before. */
export function challenge(sandbox: Sandbox, intent: PaymentIntent): PaymentIntent {
  const waiting = change(sandbox, intent, { status: "requires_action" });
  emit(sandbox, waiting, "payment_intent.requires_action");
  return waiting;
}

/** A try whose answer takes days. */
export function startProcessing(sandbox: Sandbox, intent: PaymentIntent): PaymentIntent {
  const charge = newCharge(sandbox, intent, "pending");
  const processing = change(sandbox, intent, { status: "processing", charges: [...intent.charges, charge] });
  emit(sandbox, charge, "charge.pending");
  emit(sandbox, processing, "payment_intent.processing");
  return processing;
}

/** The answer to a try that was processing. */
export function settle(sandbox: Sandbox, id: string, outcome: "succeeds" | "fails"): PaymentIntent {
  const intent = find(sandbox, "payment_intent", id);
  const pending = intent.charges.at(-1);
  if (intent.status !== "processing" || pending === undefined) throw new Error(`${id} is not processing.`);
  const others = intent.charges.slice(0, -1);
  if (outcome === "succeeds") {
    const charge = change(sandbox, pending, {
      status: "succeeded",
      captured: true,
      amountCaptured: pending.amount,
      balanceTransaction: newId(sandbox, "txn_3", 23),
    });
    return received(sandbox, intent, [...others, charge], charge);
  }
  const charge = change(sandbox, pending, { status: "failed", declineCode: "debit_not_authorized" });
  return refused(sandbox, intent, [...others, charge], charge);
}

/** Cancels what is not paid yet; what a card has authorized is released. */
export function cancelPayment(
  sandbox: Sandbox,
  id: string,
  reason: NonNullable<PaymentIntent["cancellationReason"]> = "requested_by_customer",
): PaymentIntent {
  const intent = find(sandbox, "payment_intent", id);
  if (!isOpen(intent) && intent.status !== "requires_capture") throw new Error(`${id} is ${intent.status}.`);
  if (intent.status === "requires_capture") releaseWhole(sandbox, intent);
  const canceled = change(sandbox, intent, {
    status: "canceled",
    amountCapturable: 0,
    canceledAt: sandbox.now,
    cancellationReason: reason,
  });
  emit(sandbox, canceled, "payment_intent.canceled");
  return canceled;
}

export function isOpen({ status }: PaymentIntent): boolean {
  return status === "requires_payment_method" || status === "requires_action";
}

function received(sandbox: Sandbox, intent: PaymentIntent, charges: Charge[], charge: Charge): PaymentIntent {
  const paid = change(sandbox, intent, {
    status: "succeeded",
    amountReceived: intent.amount,
    charges,
    declineCode: null,
  });
  emit(sandbox, charge, "charge.succeeded");
  emit(sandbox, paid, "payment_intent.succeeded");
  book(sandbox, charge);
  return paid;
}

function refused(sandbox: Sandbox, intent: PaymentIntent, charges: Charge[], charge: Charge): PaymentIntent {
  const open = change(sandbox, intent, {
    status: "requires_payment_method",
    charges,
    declineCode: charge.declineCode,
  });
  emit(sandbox, charge, "charge.failed");
  emit(sandbox, open, "payment_intent.payment_failed");
  return open;
}

/** Of an amount in minor units that is neither for an invoice nor for a Checkout session. */
export type NewPayment = {
  customer: string;
  amount: number;
  currency?: string;
  authentication?: boolean;
  capture?: PaymentIntent["capture"];
};

export function createPayment(sandbox: Sandbox, params: NewPayment): PaymentIntent {
  const { id, email, paymentMethod } = find(sandbox, "customer", params.customer);
  const intent = openPayment(sandbox, {
    amount: params.amount,
    currency: params.currency ?? sandbox.options.currency,
    customer: id,
    invoice: null,
    description: null,
    email,
    paymentMethod: paymentMethod ?? newPaymentMethod(sandbox, "card"),
    capture: params.capture ?? "automatic",
  });
  emit(sandbox, intent, "payment_intent.created");
  if (!params.authentication) return confirmPayment(sandbox, intent.id);
  return challenge(sandbox, intent);
}

/** Tries to pay, once more where a try failed or the customer had to authenticate first. */
export function confirmPayment(sandbox: Sandbox, id: string): PaymentIntent {
  const intent = find(sandbox, "payment_intent", id);
  if (!isOpen(intent)) throw new Error(`${id} is ${intent.status}.`);
  const declines = intent.customer !== null && find(sandbox, "customer", intent.customer).declines;
  if (declines) return decline(sandbox, intent, "insufficient_funds");
  return intent.capture === "manual" ? authorize(sandbox, intent) : succeed(sandbox, intent);
}
