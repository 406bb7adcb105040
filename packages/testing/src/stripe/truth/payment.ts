// The truth about payments: of each payment intent, what events told of it, its charges, and what came of them.
import type { Charge, Dispute, InvoicePayment, PaymentIntent, Refund } from "../money.ts";
import type { CheckoutSession, StripeRecord } from "../records.ts";
import { wentBack } from "../refunds.ts";
import type { Sent, TruthRow } from "./row.ts";
import { ownStatus } from "./session.ts";

/** All that events told of one payment; the charges in the order they were tried. */
export type Payment = {
  id: string;
  intent: PaymentIntent | null;
  charges: Charge[];
  refunds: Refund[];
  disputes: Dispute[];
  orders: CheckoutSession[];
  invoicePayments: InvoicePayment[];
};

export function paymentsIn(records: readonly StripeRecord[]): Map<string, Payment> {
  const payments = new Map<string, Payment>();
  for (const record of records) {
    const id = paymentOf(record);
    if (id === null) continue;
    const payment = payments.get(id) ?? emptyPayment(id);
    payments.set(id, payment);
    add(payment, record);
  }
  return payments;
}

function paymentOf(record: StripeRecord): string | null {
  if (record.object === "payment_intent") return record.id;
  if (record.object === "invoice" || !("paymentIntent" in record)) return null;
  return record.paymentIntent ?? chargeIn(record);
}

/** A charge without an intent is a payment of its own. */
function chargeIn(record: StripeRecord): string | null {
  if (record.object === "charge") return record.id;
  return record.object === "refund" || record.object === "dispute" ? record.charge : null;
}

function emptyPayment(id: string): Payment {
  return { id, intent: null, charges: [], refunds: [], disputes: [], orders: [], invoicePayments: [] };
}

function add(payment: Payment, record: StripeRecord): void {
  if (record.object === "payment_intent") payment.intent = record;
  if (record.object === "charge") payment.charges.push(record);
  if (record.object === "refund") payment.refunds.push(record);
  if (record.object === "dispute") payment.disputes.push(record);
  if (record.object === "checkout.session") payment.orders.push(record);
  if (record.object === "invoice_payment") payment.invoicePayments.push(record);
}

export function paymentRows(records: readonly StripeRecord[], sent: Sent): TruthRow[] {
  return [...paymentsIn(records).values()].map((payment) => paymentRow(payment, sent));
}

function paymentRow(payment: Payment, { shape }: Sent): TruthRow {
  const { id, intent, charges, orders } = payment;
  const told = intent ?? charges.at(-1);
  const status = paymentStatus(payment);
  const customer = told?.customer ?? charges.at(-1)?.customer ?? orders[0]?.customer ?? null;
  const state = {
    ...{ status, customer, currency: told?.currency ?? null, amount: told?.amount ?? null },
    ...{ paid: paidOf(payment), refunded: refundedOf(payment), disputed: disputedOf(payment) },
    ...invoicesOf(payment, shape),
    latestCharge: (intent?.charges ?? charges).at(-1)?.id ?? null,
    failure: paidOf(payment) > 0 ? null : (told?.declineCode ?? null),
    metadata: intent === null ? (charges.at(-1)?.metadata ?? {}) : {},
    ...listsOf(payment),
  };
  return { noun: "payment", id, customer, status, deleted: false, state };
}

function listsOf({ charges, refunds, disputes, orders }: Payment) {
  return {
    charges: charges.toSorted(byId).map((charge) => {
      const { id, amount, amountCaptured, amountRefunded } = charge;
      return { id, status: chargeStatus(charge), amount, captured: amountCaptured, refunded: amountRefunded };
    }),
    refunds: refunds.toSorted(byId).map(returned),
    disputes: disputes.toSorted(byId).map(returned),
    orders: orders.toSorted(byId).map((order) => {
      return { id: order.id, status: ownStatus(order) };
    }),
  };
}

/** What was captured has succeeded, and what is only held has not; the intent of what was let go says so. */
export function paymentStatus({ intent, charges }: Payment): string | null {
  if (paidOf({ intent, charges }) > 0) return "succeeded";
  const latest = charges.at(-1);
  return intent?.status ?? (latest === undefined ? null : chargeStatus(latest));
}

/** A charge that only holds money has succeeded for Stripe, and nobody has paid yet. */
function chargeStatus({ status, captured, released }: Charge): string {
  if (status !== "succeeded" || captured) return status;
  return released > 0 ? "canceled" : "requires_capture";
}

function returned({ id, status, amount, charge }: Refund | Dispute) {
  return { id, status, amount, charge };
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}

export function paidOf({ intent, charges }: Pick<Payment, "intent" | "charges">): number {
  if (charges.length === 0) return intent?.amountReceived ?? 0;
  return sum(charges.map(({ amountCaptured }) => amountCaptured));
}

/**
 * By the refunds, for `amount_refunded` counts what was let go, and perhaps what failed. Where no event told of a
 * refund itself, its charge did.
 */
export function refundedOf({ charges, refunds }: Pick<Payment, "charges" | "refunds">): number {
  const told = new Map(refunds.map((refund) => [refund.id, refund]));
  return wentBack(charges.flatMap((charge) => charge.refunds.map((one) => told.get(one.id) ?? one)));
}

/** What was withdrawn and not given back. While a dispute is of more than is left, the rest is not the seller's. */
export function disputedOf(payment: Pick<Payment, "intent" | "charges" | "refunds" | "disputes">): number {
  const withheld = sum(payment.disputes.map(withheldBy));
  return Math.min(withheld, paidOf(payment) - refundedOf(payment));
}

/** A part that was given back in another currency is in doubt: then all of it counts. */
function withheldBy({ amount, currency, withheld, transactions }: Dispute): number {
  const isAlike = transactions.every((transaction) => transaction.currency === currency);
  return isAlike || withheld === 0 ? withheld : amount;
}

/** Since 2025-03-31.basil only invoice payments name them, and before there was one. */
function invoicesOf(
  { intent, charges, invoicePayments }: Payment,
  { invoicePayments: isApart }: Sent["shape"],
) {
  const naming = isApart ? invoicePayments : [...(intent === null ? [] : [intent]), ...charges];
  const named = naming.map(({ invoice }) => invoice).filter((invoice) => invoice !== null);
  const invoices = [...new Set(named)].sort();
  return { invoice: invoices[0] ?? null, invoices };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
