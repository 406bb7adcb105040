// A credit note: what an invoice that is already finalized was lowered by.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { entries, integer, metadata, present, text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";
import { sumOfTaxes } from "../taxes.ts";

export type CreditNoteState = {
  status: string | null;
  customer: string | null;
  invoice: string | null;
  /** What is printed on it. */
  number: string | null;
  currency: string | null;
  /** Minor units; before discounts and exclusive taxes. */
  subtotal: number | null;
  /** Null where none was worked out. */
  tax: number | null;
  total: number | null;
  /** The part of the total that was taken off what was still to pay. */
  prePayment: number | null;
  /** The part that refunds gave back; null where Stripe does not tell it from the balance's. */
  refunded: number | null;
  /** The part that the customer's balance got. */
  toBalance: number | null;
  /** The part that was given back outside of Stripe. */
  outOfBand: number | null;
  /** Their ids in ascending order. */
  refunds: string[];
  /** Whether it lowers what is still to pay, or gives back: `pre_payment`, `post_payment` or `mixed`. */
  type: string | null;
  reason: string | null;
  /** Seconds since the epoch. */
  created: number | null;
  /** Absent where it is not. */
  voidedAt?: number;
  metadata: Record<string, string>;
};

function project(object: StripeObject): CreditNoteState {
  return {
    status: text(object.status),
    customer: customerOf(object),
    invoice: referenceId(object.invoice),
    number: text(object.number),
    currency: text(object.currency),
    subtotal: integer(object.subtotal),
    tax: sumOfTaxes(object.total_taxes) ?? sumOfTaxes(object.tax_amounts),
    total: integer(object.total),
    ...splitOf(object),
    type: text(object.type),
    reason: text(object.reason),
    created: integer(object.created),
    ...present({ voidedAt: integer(object.voided_at) }),
    metadata: metadata(object.metadata),
  };
}

/** What is given back after payment goes three ways: what is neither refunded nor out of band is on the balance. */
function splitOf(object: StripeObject) {
  const given = givenBack(object);
  const outOfBand = integer(object.out_of_band_amount) ?? 0;
  const rest = given === null ? null : given - outOfBand;
  const refunded = refundedBy(object, rest);
  const total = integer(object.total);
  return {
    prePayment: total === null || given === null ? null : total - given,
    refunded,
    toBalance: balancedBy(object, rest === null || refunded === null ? null : rest - refunded),
    outOfBand,
    refunds: refundsOf(object),
  };
}

function balancedBy({ customer_balance_transaction: balanced }: StripeObject, rest: number | null) {
  return referenceId(balanced) === null ? 0 : rest;
}

/** "The Credit Note object", docs.stripe.com/api/credit_notes/object: older events have the type only, of all or nothing. */
function givenBack({ post_payment_amount: given, type, total }: StripeObject): number | null {
  if (type === "pre_payment") return integer(given) ?? 0;
  return integer(given) ?? (type === "post_payment" ? integer(total) : null);
}

/** A credit note had one refund, without its amount, before it had a list of them. */
function refundedBy(object: StripeObject, rest: number | null): number | null {
  const { refunds, refund, customer_balance_transaction: balanced } = object;
  if (Array.isArray(refunds)) {
    return entries(refunds).reduce((sum, one) => sum + (integer(one.amount_refunded) ?? 0), 0);
  }
  if (referenceId(refund) === null) return 0;
  return referenceId(balanced) === null ? rest : null;
}

function refundsOf({ refunds, refund }: StripeObject): string[] {
  const ids = [...entries(refunds).map((one) => referenceId(one.refund)), referenceId(refund)];
  return [...new Set(ids)].filter((id) => id !== null).sort();
}

// "Void a credit note", docs.stripe.com/api/credit_notes/void: nothing issues it again.
const LIFECYCLE: Lifecycle = { ranks: { issued: 0, void: 1 }, terminal: ["void"] };

export const creditNote: Noun<CreditNoteState> = {
  name: "credit-note",
  home: "customer",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
};
