// A payment: a payment intent with its charges, and what refunds, disputes, an invoice and an order say of it.
import { referenceId, type StripeObject } from "../event.ts";
import { member } from "../fields.ts";
import { type OrderLine, type OrderStatus, stockHeld } from "../held.ts";
import type { Json } from "../json.ts";
import { lifecycleOfType } from "../lifecycle.ts";
import type { Join, Level, Noun, Sources } from "../noun.ts";
import { byCreation, disputedOf, isReturned, paidOf, refundedOf } from "../payment-money.ts";
import { type PaymentPart, projectPart } from "../payment-parts.ts";

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
  const states = parts.map(({ state }) => state);
  const intent = states.find((state) => state.object === "payment_intent");
  const charges = parts.flatMap(({ id, state }) => (state.object === "charge" ? [{ id, ...state }] : []));
  const latest = charges.toSorted(byCreation).at(-1);
  const refunds = sharesOf<ReturnShare>(joined, "refund");
  const disputes = sharesOf<ReturnShare>(joined, "dispute");
  const orders = sharesOf<OrderShare>(joined, "order");
  const told = intent ?? latest;
  const outside = told ? undefined : states.find((state) => state.object === "invoice_payment");
  return {
    status: told?.status ?? outside?.status ?? null,
    customer: firstOf([intent, latest, ...orders], "customer"),
    currency: firstOf([intent, latest, outside], "currency"),
    amount: told?.amount ?? outside?.paid ?? null,
    paid: paidOf({ intent, charges, outside }),
    refunded: refundedOf(charges, refunds),
    disputed: disputedOf(disputes),
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

/** A payment that went back whole gives back what its order sold; one in part changes money only (D15). */
function levels(state: PaymentState): Level[] {
  const orders = state.orders.map(({ status, lines }) => ({
    lines,
    status: statusWith(status, state.status),
  }));
  const held = isReturned(state) ? orders.filter(({ status }) => status !== "paid") : orders;
  return held.flatMap(stockHeld);
}

/**
 * What is only held when its session completes is captured or let go later, and no event of the session tells
 * ("Place a hold on a payment method", docs.stripe.com/payments/place-a-hold-on-a-payment-method).
 */
function statusWith(order: OrderStatus, intent: string | null): OrderStatus {
  if (order !== "unpaid") return order;
  if (intent === "succeeded") return "paid";
  return intent === "canceled" ? "failed" : order;
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
