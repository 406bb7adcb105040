// What a payment comes to: what was paid, what went back, and what disputes withhold. All in minor units (D21).
import type { Evidence } from "./evidence.ts";
import type { Sources } from "./noun.ts";
import type { Charge, IntentPart, InvoicePaymentPart, PaymentPart } from "./payment-parts.ts";
import { type Refunded, type RefundShare, refundedOfCharge } from "./payment-refunds.ts";

/** What a payment holds of a dispute. */
export type DisputeShare = {
  status: string | null;
  amount: number | null;
  currency: string | null;
  charge: string | null;
  /** What it took in all, less what it gave back; absent where that is its amount. */
  taken?: number;
  /** What it gave back cannot be told in the payment's currency. */
  doubt?: true;
  /** For how many of the payment's disputes it stands, of one status and currency: beyond fifty. */
  count?: number;
};

export type Payers = {
  intent: IntentPart | undefined;
  charges: Charge[];
  /** Of what was paid outside of Stripe only its invoices tell. */
  invoicePayments: InvoicePaymentPart[];
};

/** What tells of a payment: `second` is when its intent was last told of. */
type Told = {
  intent: (IntentPart & { second: number }) | undefined;
  charges: Charge[];
  invoicePayments: InvoicePaymentPart[];
};

/** The parts of a payment by what they are. */
export function objectsIn(parts: Sources<PaymentPart>["parts"]): Told {
  const told: Told = { intent: undefined, charges: [], invoicePayments: [] };
  for (const { id, state, second } of parts) {
    if (state.object === "payment_intent") told.intent = { ...state, second };
    else if (state.object === "charge") told.charges.push({ ...state, id, second });
    else told.invoicePayments.push(state);
  }
  return told;
}

/** What was captured, by the greatest figure that any of the objects proves. */
export function paidOf({ intent, charges, invoicePayments }: Payers): number {
  const captured = sum(charges.filter(isPaid).map((charge) => charge.captured));
  const invoiced = sum(invoicePayments.filter(({ status }) => status === "paid").map(({ paid }) => paid));
  return Math.max(captured, intent?.received ?? 0, invoiced);
}

export function byCreation(one: Charge, other: Charge): number {
  return (one.created ?? 0) - (other.created ?? 0);
}

function isPaid({ status }: Charge): boolean {
  return status === "succeeded";
}

/** Inquiries that are only a warning withhold nothing ("How disputes work", docs.stripe.com/disputes/how-disputes-work). */
const WITHHELD: ReadonlySet<string | null> = new Set([
  "needs_response",
  "under_review",
  "lost",
  "appeal_needs_response",
  "appeal_under_review",
]);

export type Amount = { amount: number; isCertain: boolean };

/**
 * What disputes withhold or have taken, less what they gave back.
 * @param currency of the payment: amounts of another are not added up.
 */
function disputedOf(disputes: readonly DisputeShare[], currency: string | null): Amount {
  const withheld = disputes.filter(({ status }) => WITHHELD.has(status));
  const alike = withheld.filter((dispute) => isOf(currency, dispute));
  return {
    amount: sum(alike.map(({ amount, taken }) => taken ?? amount)),
    isCertain: alike.length === withheld.length && !withheld.some(({ doubt }) => doubt),
  };
}

/**
 * What went back of all charges, or is on its way. A refund that names no charge is of the one that paid.
 * @param currency of the payment: amounts of another are not added up.
 */
function refundedOf(
  charges: Charge[],
  all: readonly ({ id: string } & RefundShare)[],
  evidence: Evidence,
  currency: string | null,
): Amount {
  const paid = charges.filter(isPaid).toSorted(byCreation).at(-1)?.id ?? null;
  const refunds = all
    .filter((refund) => isOf(currency, refund))
    .map((refund) => ({ ...refund, charge: refund.charge ?? paid }));
  const ids = new Set([...charges.map(({ id }) => id), ...refunds.map(({ charge }) => charge)]);
  const each = [...ids].map((id): Refunded => {
    const own = refunds.filter(({ charge }) => charge === id);
    return refundedOfCharge(
      charges.find((charge) => charge.id === id),
      own,
      evidence,
    );
  });
  return {
    amount: sum(each.map(({ amount }) => amount)),
    isCertain: refunds.length === all.length && each.every(({ isCertain }) => isCertain),
  };
}

/** Whether an amount is of a currency: amounts of two are never added up. */
export function isOf(currency: string | null, share: { currency: string | null }): boolean {
  return currency === null || share.currency === null || share.currency === currency;
}

function sum(amounts: (number | null)[]): number {
  return amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
}

type Returned = {
  /** Minor units. */
  paid: number;
  /** Whether its intent, or a charge, was told of. */
  isKnown: boolean;
  charges: Charge[];
  refunds: readonly ({ id: string } & RefundShare)[];
  disputes: readonly DisputeShare[];
  evidence: Evidence;
  currency: string | null;
};

/** What went back and what is disputed are never more than was paid: events that say so contradict each other. */
export function backOf({ paid, isKnown, charges, refunds, disputes, evidence, currency }: Returned): {
  refunded: number;
  disputed: number;
  doubt?: ("refunded" | "disputed")[];
} {
  const back = refundedOf(charges, refunds, evidence, currency);
  const refunded = isKnown ? Math.min(back.amount, paid) : back.amount;
  const withheld = disputedOf(disputes, currency);
  const disputed = isKnown ? Math.min(withheld.amount, paid - refunded) : withheld.amount;
  const doubt = [
    ...(back.isCertain && refunded === back.amount ? [] : (["refunded"] as const)),
    ...(withheld.isCertain && disputed === withheld.amount ? [] : (["disputed"] as const)),
  ];
  return { refunded, disputed, ...(doubt.length > 0 ? { doubt } : {}) };
}

/** Whether all that was paid went back. */
export function isReturned({ paid, refunded }: { paid: number; refunded: number }): boolean {
  return paid > 0 && refunded >= paid;
}
