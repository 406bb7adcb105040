// A payment: a payment intent with its charges, and what refunds, disputes, invoices and an order say of it (D21).
import { referenceId, type StripeObject } from "../event.ts";
import type { Evidence } from "../evidence.ts";
import { createdIn, member } from "../fields.ts";
import type { Json } from "../json.ts";
import { lifecycleOfType } from "../lifecycle.ts";
import type { Join, Noun, Seen, Sources, Standing } from "../noun.ts";
import { boundPayment, type Cut, cutsIn, firstTryOf, unfoldPayment } from "../payment-bounds.ts";
import { backOf, byCreation, type DisputeShare, isOf, objectsIn, paidOf } from "../payment-money.ts";
import { moneyFor, type OrderShare } from "../payment-orders.ts";
import { type Charge, type InvoicePaymentPart, type PaymentPart, projectPart } from "../payment-parts.ts";
import type { RefundShare } from "../payment-refunds.ts";
import { fallOf, isTakenBack, refundEvidence } from "../payment-refunds.ts";
import { paymentStatus } from "../payment-status.ts";

/** All amounts in minor units. */
export type PaymentState = {
  /**
   * `succeeded` as soon as anything was captured, `requires_capture` while it is only authorized, `canceled` once that
   * was let go; else the payment intent's status, or the charge's where there is no intent.
   */
  status: string | null;
  customer: string | null;
  currency: string | null;
  /** What was asked for. */
  amount: number | null;
  /** What was captured. */
  paid: number;
  /** What a bank transfer has brought so far; absent where none is waited for. */
  funded?: number;
  /** What went back, or is on its way: it never counts a refund that failed. */
  refunded: number;
  /** What disputes withhold or have taken, less what they gave back. */
  disputed: number;
  /** The sums of which the events say too little, or contradict each other: they are then the least that is proved. */
  doubt?: ("refunded" | "disputed")[];
  /** The first of `invoices`. */
  invoice: string | null;
  /** The invoices that it pays, in ascending order. */
  invoices: string[];
  latestCharge: string | null;
  /** Why the last try failed; null once one succeeded. */
  failure: string | null;
  /** The charge of that try, where the failure names it; absent where it does not. */
  failedCharge?: string;
  /** When its intent was, or its first charge where there is no intent; seconds since the epoch. */
  created?: number;
  charges: PaymentCharge[];
  refunds: ({ id: string } & RefundShare)[];
  disputes: ({ id: string } & DisputeShare)[];
  orders: ({ id: string } & OrderShare)[];
  metadata: Record<string, string>;
  /** The lists of which the newest are kept, or those with the greatest ids: absent where none is cut. */
  cut?: Cut[];
};

export type PaymentCharge = {
  id: string;
  status: string | null;
  amount: number | null;
  captured: number | null;
  /**
   * As the charge says: it counts what was authorized and let go, and Stripe does not say whether a refund that failed
   * is taken off. What went back is `refunded` of the payment.
   */
  refunded: number | null;
  /** By how much that fell from its highest, as refunds failed; absent where it did not. */
  fell?: number;
};

const PAYMENT = "payment";

/** A contribution to a payment. */
export function paymentJoin(payment: string | null, state: RefundShare | DisputeShare | OrderShare): Join[] {
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

function derive({ parts, joined, evidence }: Sources<PaymentPart>): PaymentState {
  const { intent, charges, invoicePayments: all } = objectsIn(parts);
  const latest = charges.toSorted(byCreation).at(-1);
  const refunds = sharesOf<RefundShare>(joined, "refund");
  const disputes = sharesOf<DisputeShare>(joined, "dispute");
  const orders = sharesOf<OrderShare>(joined, "order");
  const told = intent ?? latest;
  const currency = firstOf([intent, latest, ...all, ...refunds, ...disputes], "currency");
  const invoicePayments = all.filter((one) => isOf(currency, one));
  const paid = paidOf({ intent, charges, invoicePayments });
  const invoices = invoicesIn(parts);
  const cut = cutsIn(evidence);
  return {
    status: paymentStatus({ paid, intent, latest, invoicePayment: invoicePayments[0] }),
    customer: firstOf([intent, latest, ...orders], "customer"),
    currency,
    amount: told === undefined ? askedBy(invoicePayments) : told.amount,
    paid,
    ...(intent?.funded === undefined ? {} : { funded: intent.funded }),
    ...backOf({ paid, isKnown: told !== undefined, charges, refunds, disputes, evidence, currency }),
    invoice: invoices[0] ?? null,
    invoices,
    latestCharge: intent?.latestCharge ?? latest?.id ?? null,
    failure: paid > 0 ? null : (told?.failure ?? null),
    ...(intent?.failedCharge === undefined ? {} : { failedCharge: intent.failedCharge }),
    ...createdIn(intent ? intent.created : firstTryOf(charges, evidence)),
    charges: charges.map((charge) => chargeOf(charge, evidence)),
    refunds,
    disputes,
    orders,
    metadata: told?.metadata ?? {},
    ...(cut.length > 0 ? { cut } : {}),
  };
}

function chargeOf({ id, status, amount, captured, refunded }: Charge, evidence: Evidence): PaymentCharge {
  const fell = fallOf(id, refunded, evidence);
  return { id, status, amount, captured, refunded, ...(fell > 0 ? { fell } : {}) };
}

/** Where neither intent nor charge was told: of what was paid outside of Stripe only its invoices tell. */
function askedBy(invoicePayments: readonly InvoicePaymentPart[]): number | null {
  const asked = invoicePayments.map(({ amount, paid }) => amount ?? paid).filter((amount) => amount !== null);
  return asked.length === 0 ? null : asked.reduce((sum, amount) => sum + amount, 0);
}

function sharesOf<S>(joined: Sources["joined"], noun: string): ({ id: string } & S)[] {
  return joined.filter((one) => one.noun === noun).map(({ id, state }) => ({ id, ...(state as S) }));
}

function firstOf<K extends string>(sources: (Partial<Record<K, string | null>> | undefined)[], name: K) {
  return sources.map((source) => source?.[name]).find((value) => typeof value === "string") ?? null;
}

function invoicesIn(parts: Sources<PaymentPart>["parts"]): string[] {
  const named = parts.map(({ state }) => state.invoice).filter((invoice) => invoice !== undefined);
  return [...new Set(named)].sort();
}

/** A charge that is asked for after its refund failed shows whether its figure still contains that. */
function asks({ doubt = [], refunds }: PaymentState): { object: string; id: string }[] {
  if (!doubt.includes("refunded")) return [];
  const charges = refunds.filter(isTakenBack).flatMap(({ charge }) => charge ?? []);
  return [...new Set(charges)].map((id) => ({ object: "charge", id }));
}

function evidence(seen: Seen<PaymentPart>): Evidence {
  return seen.state.object === "charge" ? refundEvidence(seen) : {};
}

/** Tells each order of its money where that changes what the order's own events tell. */
function joins({ state }: Standing<PaymentState, PaymentPart>): Join[] {
  return state.orders.flatMap((order): Join[] => {
    const money = moneyFor(order, state);
    return money === null ? [] : [{ noun: "order", id: order.id, customer: null, state: money }];
  });
}

export const payment: Noun<PaymentState, PaymentPart> = {
  name: PAYMENT,
  home: "own",
  hasParts: true,
  rowIdOf,
  project: projectPart,
  evidence,
  bound: boundPayment,
  unfold: unfoldPayment,
  asks,
  derive,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: ({ object }) => lifecycleOfType(object),
  joins,
};
