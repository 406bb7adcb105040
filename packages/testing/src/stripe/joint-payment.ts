// One payment for several open invoices ("Adds support for multiple (partial) payments on invoices").
import { catchUp } from "./billing.ts";
import { paid } from "./collection.ts";
import { emit } from "./emit.ts";
import { dueOf, invoicePayment } from "./invoices.ts";
import type { PaymentIntent } from "./money.ts";
import { newPaymentMethod } from "./payment-methods.ts";
import { cancelPayment, isOpen, openPayment, succeed } from "./payments.ts";
import type { Invoice } from "./records.ts";
import { change, find, type Sandbox } from "./sandbox.ts";

/** @throws Error unless they are several open ones of one customer, in one currency. */
export function payTogether(sandbox: Sandbox, ids: readonly string[]): PaymentIntent {
  const invoices = ids.map((id) => find(sandbox, "invoice", id));
  const [first] = invoices;
  const isOne = ({ customer, currency, status }: Invoice) =>
    status === "open" && customer === first?.customer && currency === first.currency;
  if (first === undefined || new Set(ids).size < 2 || !invoices.every(isOne)) {
    throw new Error("Only several open invoices of one customer are paid together.");
  }
  const intent = succeed(sandbox, intentFor(sandbox, first, invoices));
  for (const invoice of invoices) payBy(sandbox, invoice, intent);
  return intent;
}

function intentFor(
  sandbox: Sandbox,
  { customer: id, currency }: Invoice,
  invoices: Invoice[],
): PaymentIntent {
  const { email, paymentMethod } = find(sandbox, "customer", id);
  const intent = openPayment(sandbox, {
    ...{ customer: id, currency, email, invoice: null, description: null },
    amount: invoices.reduce((sum, invoice) => sum + dueOf(invoice), 0),
    paymentMethod: paymentMethod ?? newPaymentMethod(sandbox, "card"),
  });
  emit(sandbox, intent, "payment_intent.created");
  return intent;
}

/** What was to pay it is not needed any more. */
function payBy(sandbox: Sandbox, invoice: Invoice, intent: PaymentIntent): void {
  const own = invoice.paymentIntent === null ? null : find(sandbox, "payment_intent", invoice.paymentIntent);
  if (own !== null && isOpen(own)) cancelPayment(sandbox, own.id, "automatic");
  if (invoice.payment !== null) {
    change(sandbox, invoice.payment, { status: "canceled", canceledAt: sandbox.now });
  }
  const payment = invoicePayment(sandbox, { ...invoice, total: dueOf(invoice) }, intent);
  paid(sandbox, change(sandbox, invoice, { paymentIntent: intent.id, payment }), intent);
  catchUp(sandbox, find(sandbox, "invoice", invoice.id));
}
