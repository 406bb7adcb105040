// Invoices until they are open: drafted, then finalised with a payment of their own.
import type { Period } from "./calendar.ts";
import { discounted } from "./discounts.ts";
import { emit } from "./emit.ts";
import type { InvoicePayment, PaymentIntent } from "./money.ts";
import { newPaymentMethod } from "./payment-methods.ts";
import { openPayment } from "./payments.ts";
import type { BillingReason, Customer, Invoice, InvoiceLine, Subscription } from "./records.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

const DESCRIPTIONS: Record<BillingReason, string> = {
  subscription_create: "Subscription creation",
  subscription_cycle: "Subscription update",
  subscription_update: "Subscription update",
  manual: "Payment for Invoice",
};

export type Draft = {
  customer: string;
  subscription: Subscription | null;
  reason: BillingReason;
  lines: InvoiceLine[];
  period: Period;
  /** When Stripe finalises it on its own; null leaves it to a request. */
  finalizesAt: number | null;
};

/** What a draft would be: it is not there yet. */
export function plannedInvoice(sandbox: Sandbox, draft: Draft): Invoice {
  const customer = find(sandbox, "customer", draft.customer);
  const currency = draft.lines[0]?.price.currency ?? customer.currency;
  return {
    object: "invoice",
    id: newId(sandbox, "in_1", 23),
    created: sandbox.now,
    ...issuedTo(customer),
    subscription: draft.subscription?.id ?? null,
    subscriptionMetadata: draft.subscription?.metadata ?? {},
    billingReason: draft.reason,
    currency,
    lines: draft.lines,
    ...amounts(customer, draft, currency),
    autoAdvance: draft.finalizesAt !== null,
    finalizesAt: draft.finalizesAt,
    period: draft.period,
    ...NOTHING_DONE,
  };
}

/** A subscription's own discount goes before its customer's, and tax is on what is left. */
function amounts(customer: Customer, { lines, subscription }: Draft, currency: string) {
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const discount = discounted(subscription?.discount ?? customer.discount, subtotal, currency);
  const taxed = subtotal - (discount?.amount ?? 0);
  const tax = Math.max(0, Math.round((taxed * customer.taxPercent) / 100));
  return { subtotal, discounted: discount, tax, total: taxed + tax };
}

/** What is asked for: credit notes on an open invoice lower it. */
export function dueOf({ total, credited }: Invoice): number {
  return total - credited.before;
}

/** A draft that nobody has heard of yet: the caller tells of it. */
export function draftInvoice(sandbox: Sandbox, draft: Draft): Invoice {
  return create(sandbox, plannedInvoice(sandbox, draft));
}

const NOTHING_DONE = {
  status: "draft",
  amountPaid: 0,
  credited: { before: 0, after: 0 },
  attempts: 0,
  nextAttempt: null,
  number: null,
  paymentIntent: null,
  charge: null,
  payment: null,
  finalizedAt: null,
  paidAt: null,
  voidedAt: null,
  uncollectibleAt: null,
  deleted: false,
} as const;

function issuedTo({ id, email, name }: Customer) {
  return { customer: id, customerEmail: email, customerName: name };
}

export type Line = Pick<InvoiceLine, "amount" | "price" | "quantity" | "period"> &
  Partial<Pick<InvoiceLine, "description" | "proration" | "subscriptionItem" | "invoiceItem">>;

export function invoiceLine(sandbox: Sandbox, line: Line): InvoiceLine {
  const { price, quantity } = line;
  const each = `${(price.unitAmount / 100).toFixed(2)} ${price.currency.toUpperCase()}`;
  const every = price.interval === null ? "" : ` / ${price.interval}`;
  return {
    id: newId(sandbox, "il_1", 23),
    description: `${quantity} × ${price.nickname ?? price.product} (at ${each}${every})`,
    proration: false,
    subscriptionItem: null,
    invoiceItem: null,
    ...line,
  };
}

/** Opens a draft for payment. What is worth nothing has no payment. */
export function finalizeInvoice(sandbox: Sandbox, draft: Invoice): Invoice {
  if (draft.status !== "draft" || draft.deleted) throw new Error(`${draft.id} is ${draft.status}.`);
  const intent = draft.total > 0 ? paymentOf(sandbox, draft) : null;
  const invoice = change(sandbox, draft, {
    status: "open",
    number: nextNumber(sandbox, draft.customer),
    finalizesAt: null,
    finalizedAt: sandbox.now,
    paymentIntent: intent?.id ?? null,
    payment: intent === null ? null : invoicePayment(sandbox, draft, intent),
  });
  emit(sandbox, invoice, "invoice.finalized");
  if (intent !== null) emit(sandbox, intent, "payment_intent.created");
  return invoice;
}

function paymentOf(
  sandbox: Sandbox,
  { id, customer, total, currency, billingReason }: Invoice,
): PaymentIntent {
  const { email, paymentMethod } = find(sandbox, "customer", customer);
  return openPayment(sandbox, {
    amount: total,
    currency,
    customer,
    invoice: id,
    description: DESCRIPTIONS[billingReason],
    email,
    paymentMethod: paymentMethod ?? newPaymentMethod(sandbox, "card"),
  });
}

function nextNumber(sandbox: Sandbox, id: string): string {
  const customer = find(sandbox, "customer", id);
  change(sandbox, customer, { nextInvoice: customer.nextInvoice + 1 });
  return `${customer.invoicePrefix}-${String(customer.nextInvoice).padStart(4, "0")}`;
}

export function invoicePayment(
  sandbox: Sandbox,
  { id, total, currency }: Pick<Invoice, "id" | "total" | "currency">,
  intent: PaymentIntent,
): InvoicePayment {
  return create(sandbox, {
    object: "invoice_payment",
    id: newId(sandbox, "inpay_1", 23),
    created: sandbox.now,
    invoice: id,
    paymentIntent: intent.id,
    amount: total,
    currency,
    status: "open",
    paidAt: null,
    canceledAt: null,
  });
}
