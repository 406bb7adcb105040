// What happened to a payment: money came, did not come, or went back.
import type { PaymentCharge, PaymentState } from "../nouns/payment.ts";
import { isTakenBack } from "../payment-refunds.ts";
import { became, type Change, type Told, told } from "./fact.ts";

/** How the payment stands after it, in minor units. */
type Total = {
  currency: string | null;
  paid: number;
  refunded: number;
  /** The first of `invoices`, which are all that it pays. */
  invoice: string | null;
  invoices: string[];
  orders: string[];
};

export type PaymentFacts = {
  /** A try, once, by its charge; null where no event names one. */
  "payment.failed": { charge: string | null; failure: string | null } & Total;
  /** It can be paid no more, or what was authorized was let go; `amount` is what had been asked for. */
  "payment.canceled": { amount: number | null } & Total;
  /** The first money was captured: `amount` of it. An authorization alone tells nothing. */
  "payment.succeeded": { charge: string | null; amount: number } & Total;
  /** `amount` more was captured. */
  "payment.captured": { charge: string | null; amount: number } & Total;
  /** Money went back: `amount` since the last fact, `refunded` in all. */
  "payment.refunded": { amount: number } & Total;
  /** A refund of `amount` did not reach the customer after all; its id is null where only the charge told so. */
  "payment.refund_failed": { refund: string | null; status: string | null; amount: number } & Total;
};

export function paymentFacts(change: Change<PaymentState>): Told<PaymentFacts>[] {
  const { was, is } = change;
  const { amount, latestCharge: charge } = is;
  const total = totalOf(is);
  const before = was?.paid ?? 0;
  const captured = { charge, amount: is.paid - before, ...total };
  return told<PaymentFacts>({
    "payment.failed": newFailures(change).map((failed) => ({ ...failed, ...total })),
    "payment.canceled": became(change, "canceled") && { amount, ...total },
    "payment.succeeded": before === 0 && is.paid > 0 && captured,
    "payment.captured": before > 0 && is.paid > before && captured,
    ...returns(change, total),
  });
}

function totalOf({ currency, paid, refunded, invoice, invoices, orders }: PaymentState): Total {
  return { currency, paid, refunded, invoice, invoices, orders: orders.map(({ id }) => id) };
}

/** The intent and its charge tell of one failed try, in either order, and the intent may not name the charge. */
function newFailures({ was, is }: Change<PaymentState>): { charge: string | null; failure: string | null }[] {
  const before = was === null ? [] : failedTries(was);
  const now = failedTries(is);
  const unknown = now.filter((charge) => !before.includes(charge));
  const isNamedNow = before.includes(null) && !now.includes(null);
  return unknown.slice(isNamedNow ? 1 : 0).map((charge) => {
    return { charge, failure: charge === lastTry(is) ? is.failure : null };
  });
}

/** A failure that names no charge is the try of a failed charge where there is one. */
function failedTries(payment: PaymentState): (string | null)[] {
  const failed = payment.charges.filter(({ status }) => status === "failed").map(({ id }) => id);
  if (payment.failure === null) return failed;
  const named = lastTry(payment);
  if (named !== null) return [...new Set([...failed, named])];
  return failed.length > 0 ? failed : [null];
}

function lastTry({ failedCharge, latestCharge }: PaymentState): string | null {
  return failedCharge ?? latestCharge;
}

type Returns = "payment.refunded" | "payment.refund_failed";

/**
 * Both are levels (D15): what went back, and what of that never arrived. What was refunded is the difference of the
 * first and of what failed since, so that all that was told refunded less all that was told failed is the level.
 */
function returns(change: Change<PaymentState>, total: Total): { [Name in Returns]: PaymentFacts[Name][] } {
  const { was, is } = change;
  const failed = Math.max(0, failedIn(is) - failedIn(was));
  const since = refundedIn(is) - refundedIn(was) + failed;
  const all = [...named(newlyFailedRefunds(change), failed), ...unnamed(-since)];
  return {
    "payment.refunded": since > 0 ? [{ amount: since, ...total }] : [],
    "payment.refund_failed": all.map((one) => ({ ...one, ...total })),
  };
}

/**
 * As far as the money is known to have come: what is let go of an authorization has a refund as well, and nobody had
 * paid.
 */
function refundedIn(payment: PaymentState | null): number {
  return payment === null ? 0 : Math.min(payment.refunded, payment.paid);
}

/** By the refunds that failed or, where that is more, by how far what the charges tell fell. */
function failedIn(payment: PaymentState | null): number {
  if (payment === null || payment.paid === 0) return 0;
  const failed = sum(payment.refunds.filter(isTakenBack).map(({ amount }) => amount));
  return Math.max(failed, sum(payment.charges.map((charge) => fellFor(charge, payment.refunds))));
}

/** A refund that nobody told to have failed yet counts as gone back: that its charge's figure fell is not told. */
function fellFor({ id, refunded, fell = 0 }: PaymentCharge, refunds: PaymentState["refunds"]): number {
  const own = refunds.filter((refund) => !isTakenBack(refund) && (refund.charge ?? id) === id);
  const highest = (refunded ?? 0) + fell;
  return Math.min(fell, Math.max(0, highest - sum(own.map(({ amount }) => amount))));
}

type FailedRefund = { refund: string | null; status: string | null; amount: number };

/** What a charge told of before its refund did is not told again. */
function named(refunds: FailedRefund[], failed: number): FailedRefund[] {
  let left = failed;
  const told = refunds.flatMap((refund) => {
    const amount = Math.min(refund.amount, left);
    left -= amount;
    return amount > 0 || refund.amount === 0 ? [{ ...refund, amount }] : [];
  });
  return [...told, ...unnamed(left)];
}

function unnamed(amount: number): FailedRefund[] {
  return amount > 0 ? [{ refund: null, status: null, amount }] : [];
}

function newlyFailedRefunds({ was, is }: Change<PaymentState>): FailedRefund[] {
  if (is.paid === 0) return [];
  const known = was === null || was.paid === 0 ? [] : was.refunds;
  const before = new Set(known.filter(isTakenBack).map(({ id }) => id));
  return is.refunds
    .filter((refund) => isTakenBack(refund) && !before.has(refund.id))
    .map(({ id, status, amount }) => ({ refund: id, status, amount: amount ?? 0 }));
}

function sum(amounts: (number | null)[]): number {
  return amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
}
