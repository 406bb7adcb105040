// The truth about payments: of each payment intent, what events told of it, its charges, and what came of them.
import type { Shape } from "../differences.ts";
import type { Charge, Dispute, InvoicePayment, PaymentIntent, Refund } from "../money.ts";
import type { CheckoutSession, StripeRecord } from "../records.ts";
import { orderStatus } from "./order.ts";
import type { TruthRow } from "./row.ts";

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
  return record.object !== "invoice" && "paymentIntent" in record ? record.paymentIntent : null;
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

export function paymentRows(records: readonly StripeRecord[], shape: Shape): TruthRow[] {
  return [...paymentsIn(records).values()].map((payment) => paymentRow(payment, shape));
}

function paymentRow(payment: Payment, shape: Shape): TruthRow {
  const { id, intent, charges, orders } = payment;
  const told = intent ?? charges.at(-1);
  const status = told?.status ?? null;
  const customer = told?.customer ?? charges.at(-1)?.customer ?? orders[0]?.customer ?? null;
  const state = {
    ...{ status, customer, currency: told?.currency ?? null, amount: told?.amount ?? null },
    ...{ paid: paidOf(payment), refunded: refundedOf(payment), disputed: disputedOf(payment) },
    invoice: invoiceOf(payment, shape),
    latestCharge: (intent?.charges ?? charges).at(-1)?.id ?? null,
    failure: told?.declineCode ?? null,
    metadata: intent === null ? (charges.at(-1)?.metadata ?? {}) : {},
    ...listsOf(payment),
  };
  return { noun: "payment", id, customer, status, deleted: false, state };
}

function listsOf({ charges, refunds, disputes, orders }: Payment) {
  return {
    charges: charges.toSorted(byId).map(({ id, status, amount, amountCaptured, amountRefunded }) => {
      return { id, status, amount, captured: amountCaptured, refunded: amountRefunded };
    }),
    refunds: refunds.toSorted(byId).map(returned),
    disputes: disputes.toSorted(byId).map(returned),
    orders: orders.toSorted(byId).map((order) => {
      return { id: order.id, status: orderStatus(order) };
    }),
  };
}

function returned({ id, status, amount, charge }: Refund | Dispute) {
  return { id, status, amount, charge };
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}

export function paidOf({ intent, charges }: Payment): number {
  if (charges.length === 0) return intent?.amountReceived ?? 0;
  return sum(charges.map(({ amountCaptured }) => amountCaptured));
}

/** What was never captured cannot go back, though `amount_refunded` counts it once it is released. */
export function refundedOf({ charges }: Payment): number {
  const back = charges.map(({ amount, amountCaptured, amountRefunded }) => {
    return Math.max(0, amountRefunded - (amount - amountCaptured));
  });
  return sum(back);
}

const WITHHELD: readonly Dispute["status"][] = ["needs_response", "under_review", "lost"];

function disputedOf({ disputes }: Payment): number {
  return sum(disputes.filter(isWithheld).map(({ amount }) => amount));
}

export function isWithheld({ status }: Dispute): boolean {
  return WITHHELD.includes(status);
}

/** Since 2025-03-31.basil only an invoice payment names it. */
function invoiceOf({ intent, charges, invoicePayments }: Payment, { invoicePayments: isApart }: Shape) {
  const naming = isApart ? invoicePayments[0] : (intent ?? charges[0]);
  return naming?.invoice ?? null;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
