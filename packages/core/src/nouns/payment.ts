// A payment: a payment intent with its charges, and what refunds, disputes, an invoice and an order say of it.
import { referenceId, type StripeObject } from "../event.ts";
import { member } from "../fields.ts";
import { type OrderLine, type OrderStatus, stockHeld } from "../held.ts";
import type { Json } from "../json.ts";
import { lifecycleOfType } from "../lifecycle.ts";
import type { Join, Level, Noun, Sources } from "../noun.ts";
import type { ChargePart, PaymentPart } from "../payment-parts.ts";
import { projectPart } from "../payment-parts.ts";

/** All amounts in minor units. */
export type PaymentState = {
  /** The payment intent's; the charge's where there is no intent. */
  status: string | null;
  customer: string | null;
  currency: string | null;
  /** What was asked for. */
  amount: number | null;
  /** What was captured. */
  paid: number;
  /** What went back, or is on its way: it never counts a refund that failed. */
  refunded: number;
  /** What disputes withhold or have taken. */
  disputed: number;
  /** The invoice that it pays. */
  invoice: string | null;
  latestCharge: string | null;
  /** Why the last try failed; null once one succeeded. */
  failure: string | null;
  charges: PaymentCharge[];
  refunds: ({ id: string } & ReturnShare)[];
  disputes: ({ id: string } & ReturnShare)[];
  orders: ({ id: string } & OrderShare)[];
  metadata: Record<string, string>;
};

export type PaymentCharge = {
  id: string;
  status: string | null;
  amount: number | null;
  captured: number | null;
  refunded: number | null;
};

/** What a payment holds of a refund or a dispute. */
export type ReturnShare = { status: string | null; amount: number | null; charge: string | null };

/** What a payment holds of its order. */
export type OrderShare = { status: OrderStatus; customer: string | null; lines: OrderLine[] };

const PAYMENT = "payment";

/** A contribution to a payment. */
export function paymentJoin(payment: string | null, state: ReturnShare | OrderShare): Join[] {
  return payment === null ? [] : [{ noun: PAYMENT, id: payment, customer: null, state }];
}

/** A charge belongs to its intent's row, so that a payment that took three tries is one payment. */
function rowIdOf(object: StripeObject): string | null {
  if (object.object === "invoice_payment") {
    return paymentOf(object.payment) ?? referenceId(object.id);
  }
  return referenceId(object.payment_intent) ?? referenceId(object.id);
}

/** The id of the payment's row, as refunds, disputes and invoice payments name it. */
export function paymentOf(object: Json | undefined): string | null {
  return referenceId(member(object, "payment_intent")) ?? referenceId(member(object, "charge"));
}

function derive({ parts, joined }: Sources<PaymentPart>): PaymentState {
  const intent = parts.map(({ state }) => state).find((state) => state.object === "payment_intent");
  const charges = parts.flatMap(({ id, state }) => (state.object === "charge" ? [{ id, ...state }] : []));
  const latest = charges.toSorted(byCreation).at(-1);
  const refunds = sharesOf<ReturnShare>(joined, "refund");
  const disputes = sharesOf<ReturnShare>(joined, "dispute");
  const orders = sharesOf<OrderShare>(joined, "order");
  const told = intent ?? latest;
  return {
    status: told?.status ?? null,
    customer: firstOf([intent, latest, ...orders], "customer"),
    currency: firstOf([intent, latest], "currency"),
    amount: told?.amount ?? null,
    paid: Math.max(sum(charges.filter(isPaid).map(({ captured }) => captured)), intent?.received ?? 0),
    refunded: refundedOf(charges, refunds),
    disputed: totalOf(disputes.filter(isWithheld)),
    invoice: invoiceOf(parts),
    latestCharge: intent?.latestCharge ?? latest?.id ?? null,
    failure: told?.failure ?? null,
    charges: charges.map(({ id, status, amount, captured, refunded }) => {
      return { id, status, amount, captured, refunded };
    }),
    refunds,
    disputes,
    orders,
    metadata: told?.metadata ?? {},
  };
}

function sharesOf<S>(joined: Sources["joined"], noun: string): ({ id: string } & S)[] {
  return joined.filter((one) => one.noun === noun).map(({ id, state }) => ({ id, ...(state as S) }));
}

function firstOf<K extends string>(sources: (Partial<Record<K, string | null>> | undefined)[], name: K) {
  return sources.map((source) => source?.[name]).find((value) => typeof value === "string") ?? null;
}

function invoiceOf(parts: Sources<PaymentPart>["parts"]): string | null {
  const named = parts.map(({ state }) => state.invoice).find((invoice) => invoice !== null);
  return named ?? null;
}

type Charge = ChargePart & { id: string };

function byCreation(one: Charge, other: Charge): number {
  return (one.created ?? 0) - (other.created ?? 0);
}

function isPaid({ status }: Charge): boolean {
  return status === "succeeded";
}

/** Inquiries that are only a warning withhold nothing ("How disputes work", docs.stripe.com/disputes/how-disputes-work). */
const WITHHELD: ReadonlySet<string | null> = new Set(["needs_response", "under_review", "lost"]);

function isWithheld({ status }: ReturnShare): boolean {
  return WITHHELD.has(status);
}

/**
 * A charge tells how much of it was refunded, and each refund tells of itself: whichever came. The charge may not
 * have heard yet that a refund failed, so what its failed refunds come to is taken off what it tells. A refund that
 * names no charge is of the one that paid.
 */
function refundedOf(charges: Charge[], all: ReturnShare[]): number {
  const paid = charges.filter(isPaid).toSorted(byCreation).at(-1)?.id ?? null;
  const refunds = all.map((refund) => ({ ...refund, charge: refund.charge ?? paid }));
  const ids = new Set<string | null>([
    ...charges.map(({ id }) => id),
    ...refunds.map(({ charge }) => charge),
  ]);
  const each = [...ids].map((id) => {
    const own = refunds.filter(({ charge }) => charge === id);
    const failed = totalOf(own.filter(isTakenBack));
    const alive = totalOf(own.filter((one) => !isTakenBack(one)));
    const told = returnedOf(charges.find((charge) => charge.id === id));
    return Math.max(alive, told - failed);
  });
  return sum(each);
}

/** What was authorized and never captured counts as refunded with Stripe, and was never paid. */
function returnedOf(charge: Charge | undefined): number {
  if (charge === undefined) return 0;
  const { amount, captured, refunded } = charge;
  return Math.max(0, (refunded ?? 0) - ((amount ?? 0) - (captured ?? 0)));
}

function isTakenBack({ status }: ReturnShare): boolean {
  return status === "failed" || status === "canceled";
}

function totalOf(shares: ReturnShare[]): number {
  return sum(shares.map(({ amount }) => amount));
}

function sum(amounts: (number | null)[]): number {
  return amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
}

/** A payment that went back whole gives back what its order sold; one in part changes money only (D15). */
function levels({ orders, paid, refunded }: PaymentState): Level[] {
  const isReturned = paid > 0 && refunded >= paid;
  return orders.flatMap((order) => (isReturned && order.status === "paid" ? [] : stockHeld(order)));
}

export const payment: Noun<PaymentState, PaymentPart> = {
  name: PAYMENT,
  home: "own",
  rowIdOf,
  project: projectPart,
  derive,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: ({ object }) => lifecycleOfType(object),
  levels,
};
