// What a payment comes to: what was paid, what went back, and what disputes withhold. All in minor units.
import type { ReturnShare } from "./nouns/payment.ts";
import type { ChargePart, IntentPart, InvoicePaymentPart } from "./payment-parts.ts";

export type Charge = ChargePart & { id: string };

type Payers = {
  intent: IntentPart | undefined;
  charges: Charge[];
  /** Where there is neither: of what was paid outside of Stripe only its invoice tells. */
  outside: InvoicePaymentPart | undefined;
};

export function paidOf({ intent, charges, outside }: Payers): number {
  const captured = sum(charges.filter(isPaid).map((charge) => charge.captured));
  return Math.max(captured, intent?.received ?? 0, outside?.paid ?? 0);
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

export function disputedOf(disputes: ReturnShare[]): number {
  return totalOf(disputes.filter(({ status }) => WITHHELD.has(status)));
}

/**
 * A charge tells how much of it was refunded, and each refund tells of itself: whichever came. The charge may not
 * have heard yet that a refund failed, so what its failed refunds come to is taken off what it tells. A refund that
 * names no charge is of the one that paid.
 */
export function refundedOf(charges: Charge[], all: ReturnShare[]): number {
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
    const charge = charges.find((one) => one.id === id);
    const back = Math.max(alive, returnedOf(charge) - failed);
    return charge === undefined ? back : Math.min(back, charge.captured ?? 0);
  });
  return sum(each);
}

/** What was authorized and never captured counts as refunded with Stripe, and was never paid. */
function returnedOf(charge: Charge | undefined): number {
  if (charge === undefined) return 0;
  const { amount, captured, refunded } = charge;
  return (refunded ?? 0) - Math.max(0, (amount ?? 0) - (captured ?? 0));
}

/** Money that was on its way back and never arrived. */
export function isTakenBack({ status }: Pick<ReturnShare, "status">): boolean {
  return status === "failed" || status === "canceled";
}

function totalOf(shares: ReturnShare[]): number {
  return sum(shares.map(({ amount }) => amount));
}

function sum(amounts: (number | null)[]): number {
  return amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
}

/** Whether all that was paid went back. */
export function isReturned({ paid, refunded }: { paid: number; refunded: number }): boolean {
  return paid > 0 && refunded >= paid;
}
