// Invoices from when they are open: collected, tried again, or given up.
import { DAY } from "./calendar.ts";
import { emit } from "./emit.ts";
import { dueOf } from "./invoices.ts";
import type { PaymentIntent } from "./money.ts";
import { cancelPayment, challenge, decline, isOpen, succeed } from "./payments.ts";
import type { Invoice } from "./records.ts";
import { change, find, type Sandbox } from "./sandbox.ts";

/** When what a subscription owes is tried again, from one try to the next. */
const RETRIES = [3 * DAY, 5 * DAY, 7 * DAY];

/** What is uncollectible may be paid all the same. */
function isOwed({ status }: Invoice): boolean {
  return status === "open" || status === "uncollectible";
}

/** Tries to have an invoice paid, and says whether it was. */
export function collectInvoice(sandbox: Sandbox, invoice: Invoice): boolean {
  if (!isOwed(invoice)) throw new Error(`${invoice.id} is ${invoice.status}.`);
  const { declines, challenges, paymentMethod } = find(sandbox, "customer", invoice.customer);
  const intent =
    invoice.paymentIntent === null ? null : find(sandbox, "payment_intent", invoice.paymentIntent);
  if (intent === null) return paid(sandbox, invoice, null);
  const payable = paymentMethod === null ? intent : change(sandbox, intent, { paymentMethod });
  if (paymentMethod === null) return unpaid(sandbox, invoice);
  if (declines) decline(sandbox, payable, "insufficient_funds");
  else if (challenges) challenge(sandbox, payable);
  else return paid(sandbox, invoice, succeed(sandbox, payable));
  return unpaid(sandbox, invoice, ...(declines ? [] : ["invoice.payment_action_required"]));
}

/** The customer has authenticated: the try that waited for it goes through. */
export function authenticate(sandbox: Sandbox, invoice: Invoice): true {
  const intent = find(sandbox, "payment_intent", invoice.paymentIntent ?? "");
  if (!isOwed(invoice) || intent.status !== "requires_action")
    throw new Error(`${invoice.id} waits for nobody.`);
  return paid(sandbox, invoice, succeed(sandbox, intent));
}

/** By a payment that has gone through, or null where nothing was due. */
export function paid(sandbox: Sandbox, invoice: Invoice, intent: PaymentIntent | null): true {
  const done = { status: "paid", paidAt: sandbox.now } as const;
  const payment = invoice.payment === null ? null : change(sandbox, invoice.payment, done);
  const changed = change(sandbox, invoice, {
    ...done,
    amountPaid: dueOf(invoice),
    attempts: invoice.attempts + (intent === null ? 0 : 1),
    autoAdvance: false,
    nextAttempt: null,
    charge: intent?.charges.at(-1)?.id ?? null,
    payment,
  });
  emit(sandbox, changed, "invoice.updated", "invoice.paid", "invoice.payment_succeeded");
  if (payment !== null && sandbox.shape.invoicePayments) emit(sandbox, payment, "invoice_payment.paid");
  return true;
}

/** What needs the customer is told as that, and as failed. */
function unpaid(sandbox: Sandbox, invoice: Invoice, ...because: string[]): false {
  const isRetried =
    invoice.billingReason === "subscription_cycle" || invoice.billingReason === "subscription_update";
  const wait = isRetried ? RETRIES[invoice.attempts] : undefined;
  const changed = change(sandbox, invoice, {
    attempts: invoice.attempts + 1,
    autoAdvance: wait !== undefined,
    nextAttempt: wait === undefined ? null : sandbox.now + wait,
  });
  emit(sandbox, changed, "invoice.updated", ...because, "invoice.payment_failed");
  return false;
}

/** Nothing is owed any more. */
export function voidInvoice(sandbox: Sandbox, id: string): Invoice {
  const invoice = find(sandbox, "invoice", id);
  if (!isOwed(invoice)) throw new Error(`${id} is ${invoice.status}.`);
  const intent =
    invoice.paymentIntent === null ? null : find(sandbox, "payment_intent", invoice.paymentIntent);
  if (intent !== null && isOpen(intent)) cancelPayment(sandbox, intent.id, "void_invoice");
  const canceled = { status: "canceled", canceledAt: sandbox.now } as const;
  const changed = change(sandbox, invoice, {
    status: "void",
    voidedAt: sandbox.now,
    autoAdvance: false,
    nextAttempt: null,
    payment: invoice.payment === null ? null : change(sandbox, invoice.payment, canceled),
  });
  emit(sandbox, changed, "invoice.updated", "invoice.voided");
  return changed;
}

/** It is owed, but nobody expects it to be paid. */
export function markUncollectible(sandbox: Sandbox, id: string): Invoice {
  const invoice = find(sandbox, "invoice", id);
  if (invoice.status !== "open") throw new Error(`${id} is ${invoice.status}.`);
  const changed = change(sandbox, invoice, {
    status: "uncollectible",
    uncollectibleAt: sandbox.now,
    autoAdvance: false,
    nextAttempt: null,
  });
  emit(sandbox, changed, "invoice.updated", "invoice.marked_uncollectible");
  return changed;
}
