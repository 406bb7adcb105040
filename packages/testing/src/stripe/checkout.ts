// Checkout sessions in payment mode: an order that is paid at once, once it is captured, days later, or never.

import { DAY } from "./calendar.ts";
import { authorize } from "./captures.ts";
import { createCustomer } from "./customers.ts";
import { emit } from "./emit.ts";
import type { Metadata } from "./metadata.ts";
import type { PaymentIntent, PaymentMethod } from "./money.ts";
import { newPaymentMethod } from "./payment-methods.ts";
import { cancelPayment, isOpen, openPayment, settle, startProcessing, succeed } from "./payments.ts";
import type { CheckoutSession, OrderLine } from "./records.ts";
import { change, create, find, newId, type Sandbox, schedule } from "./sandbox.ts";

/** Of a guest, when it names no customer; the order may make them one. */
export type NewCheckout = {
  customer?: string;
  email?: string;
  customerCreation?: CheckoutSession["customerCreation"];
  lines: OrderLine[];
  metadata?: Metadata;
  capture?: CheckoutSession["capture"];
};

/** No event tells of it before something comes of it; it expires after a day. */
export function createCheckout(sandbox: Sandbox, params: NewCheckout): CheckoutSession {
  const { customer, email, lines, metadata } = params;
  const session = openSession(sandbox, {
    customer: customer ?? null,
    email: email ?? (customer === undefined ? null : find(sandbox, "customer", customer).email),
    ...{ mode: "payment", setupIntent: null, lines },
    total: totalOf(sandbox, lines),
    currency: find(sandbox, "price", lines[0]?.price ?? "").currency,
    capture: params.capture ?? "automatic",
    customerCreation: params.customerCreation ?? "if_required",
    metadata: { ...metadata, ...boughtIn(sandbox, lines) },
  });
  return sandbox.shape.deferredPaymentIntents ? session : withPayment(sandbox, session, "card");
}

type Opening = Pick<
  CheckoutSession,
  | "customer"
  | "email"
  | "mode"
  | "setupIntent"
  | "lines"
  | "total"
  | "currency"
  | "capture"
  | "customerCreation"
  | "metadata"
>;

export function openSession(sandbox: Sandbox, opening: Opening): CheckoutSession {
  const session = create(sandbox, {
    object: "checkout.session",
    id: newId(sandbox, sandbox.options.livemode ? "cs_live_a1" : "cs_test_a1", 56),
    created: sandbox.now,
    ...opening,
    status: "open",
    paymentStatus: "unpaid",
    delayedPaymentFailed: false,
    paymentIntent: null,
    plannedIntent: newId(sandbox, "pi_3", 23),
    expiresAt: sandbox.now + DAY,
  });
  schedule(sandbox, session.expiresAt, () => expireWhenOpen(sandbox, session.id));
  return session;
}

function totalOf(sandbox: Sandbox, lines: readonly OrderLine[]): number {
  return lines.reduce((sum, line) => sum + find(sandbox, "price", line.price).unitAmount * line.quantity, 0);
}

/** How the events tell what was bought, where the shop has them told. */
export function boughtIn(sandbox: Sandbox, lines: readonly OrderLine[]): Metadata {
  if (!sandbox.options.tellsLines) return {};
  const [only, ...others] = lines;
  if (only === undefined || others.length > 0) return { lines: JSON.stringify(lines) };
  return { price_id: only.price, quantity: String(only.quantity) };
}

/** `now` with a card, or `later` with a bank debit that takes days. */
export type Paying = "now" | "later";

/** The buyer has ordered. What costs nothing needs no payment, and what is only held is not paid. */
export function completeCheckout(sandbox: Sandbox, id: string, paying: Paying = "now"): CheckoutSession {
  const session = openCheckout(sandbox, id);
  if (session.total === 0) return completed(sandbox, withCustomer(sandbox, session), "no_payment_required");
  const payable = withPayment(sandbox, session, paying === "now" ? "card" : "sepa_debit");
  const { paymentIntent } = withCustomer(sandbox, payable);
  const isHeld = paying === "now" && session.capture === "manual";
  const pay = isHeld ? authorize : paying === "now" ? succeed : startProcessing;
  pay(sandbox, find(sandbox, "payment_intent", paymentIntent ?? ""));
  return completed(sandbox, session, paying === "now" && !isHeld ? "paid" : "unpaid");
}

export function completed(
  sandbox: Sandbox,
  session: CheckoutSession,
  paymentStatus: CheckoutSession["paymentStatus"],
): CheckoutSession {
  const complete = change(sandbox, session, { status: "complete", paymentStatus });
  emit(sandbox, complete, "checkout.session.completed");
  return complete;
}

/** Makes a customer of a guest who is to be one: their payment, which was there first, gets its customer late. */
function withCustomer(sandbox: Sandbox, session: CheckoutSession): CheckoutSession {
  const { customer, customerCreation, email, paymentIntent } = session;
  if (customer !== null || customerCreation === "if_required") return session;
  const { id } = createCustomer(sandbox, { ...(email === null ? {} : { email }), card: "missing" });
  if (paymentIntent !== null) {
    change(sandbox, find(sandbox, "payment_intent", paymentIntent), { customer: id });
  }
  return change(sandbox, session, { customer: id });
}

/** What became of a payment that takes days. */
export function settleCheckout(sandbox: Sandbox, id: string, outcome: "succeeds" | "fails"): CheckoutSession {
  const session = find(sandbox, "checkout.session", id);
  settle(sandbox, session.paymentIntent ?? "", outcome);
  if (outcome === "succeeds") {
    const paid = change(sandbox, session, { paymentStatus: "paid" });
    emit(sandbox, paid, "checkout.session.async_payment_succeeded");
    return paid;
  }
  const failed = change(sandbox, session, { delayedPaymentFailed: true });
  emit(sandbox, failed, "checkout.session.async_payment_failed");
  return failed;
}

/** The buyer pays with a card after all, of which no event of the session tells. */
export function payFailedCheckout(sandbox: Sandbox, id: string): CheckoutSession {
  const session = find(sandbox, "checkout.session", id);
  if (!session.delayedPaymentFailed) throw new Error(`The payment of ${id} did not fail.`);
  const intent = find(sandbox, "payment_intent", session.paymentIntent ?? "");
  if (!isOpen(intent)) throw new Error(`${intent.id} is ${intent.status}.`);
  const paymentMethod = newPaymentMethod(sandbox, "card");
  succeed(sandbox, change(sandbox, intent, { paymentMethod }));
  return find(sandbox, "checkout.session", id);
}

export function expireCheckout(sandbox: Sandbox, id: string): CheckoutSession {
  const session = openCheckout(sandbox, id);
  const intent =
    session.paymentIntent === null ? null : find(sandbox, "payment_intent", session.paymentIntent);
  if (intent !== null && isOpen(intent)) cancelPayment(sandbox, intent.id, "expired");
  const expired = change(sandbox, session, { status: "expired" });
  emit(sandbox, expired, "checkout.session.expired");
  return expired;
}

function expireWhenOpen(sandbox: Sandbox, id: string): void {
  if (find(sandbox, "checkout.session", id).status === "open") expireCheckout(sandbox, id);
}

/** @throws Error when it is complete or has expired. */
export function openCheckout(sandbox: Sandbox, id: string): CheckoutSession {
  const session = find(sandbox, "checkout.session", id);
  if (session.status !== "open") throw new Error(`${id} is ${session.status}.`);
  return session;
}

/** The session with its payment intent, which is made now unless it was at the beginning. */
function withPayment(
  sandbox: Sandbox,
  session: CheckoutSession,
  type: PaymentMethod["type"],
): CheckoutSession {
  if (session.total === 0) return session;
  if (session.paymentIntent !== null) {
    change(sandbox, find(sandbox, "payment_intent", session.paymentIntent), {
      paymentMethod: newPaymentMethod(sandbox, type, sandbox.apart),
    });
    return session;
  }
  const intent = paymentFor(sandbox, session, type);
  emit(sandbox, intent, "payment_intent.created");
  return change(sandbox, session, { paymentIntent: intent.id });
}

function paymentFor(sandbox: Sandbox, session: CheckoutSession, type: PaymentMethod["type"]): PaymentIntent {
  const { total, currency, customer, email, capture } = session;
  const own = customer === null ? null : find(sandbox, "customer", customer).paymentMethod;
  return openPayment(sandbox, {
    id: session.plannedIntent,
    ...{ customer, email, capture },
    amount: total ?? 0,
    currency: currency ?? sandbox.options.currency,
    invoice: null,
    description: null,
    paymentMethod: type === "card" && own !== null ? own : newPaymentMethod(sandbox, type, sandbox.apart),
  });
}
