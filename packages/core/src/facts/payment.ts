// What happened to a payment: money came, did not come, or went back; and with all of it gone, its orders too.
import type { OrderLine } from "../held.ts";
import type { PaymentState } from "../nouns/payment.ts";
import { isReturned, isTakenBack } from "../payment-money.ts";
import { became, type Change, type Told, told } from "./fact.ts";

/** How the payment stands after it, in minor units. */
type Total = {
  currency: string | null;
  paid: number;
  refunded: number;
  invoice: string | null;
  orders: string[];
};

export type PaymentFacts = {
  /** A try, by its charge; a try that made none has the charge of the one before it, or null. */
  "payment.failed": { charge: string | null; failure: string | null } & Total;
  /** `amount` is what had been asked for. */
  "payment.canceled": { amount: number | null } & Total;
  "payment.succeeded": { charge: string | null; amount: number } & Total;
  /** `amount` went back since the last fact, `refunded` in all. */
  "payment.refunded": { amount: number } & Total;
  /** `amount` did not reach the customer after all; the refund's id is null where only the charge told so. */
  "payment.refund_failed": { refund: string | null; status: string | null; amount: number } & Total;
  /** All that was paid for it went back. */
  "order.refunded": { order: string; lines: OrderLine[]; amount: number; currency: string | null };
};

export function paymentFacts(change: Change<PaymentState>): Told<PaymentFacts>[] {
  const { amount, currency, paid, refunded, latestCharge } = change.is;
  const total = totalOf(change.is);
  return told<PaymentFacts>({
    "payment.failed": newFailures(change).map((failed) => ({ ...failed, ...total })),
    "payment.canceled": became(change, "canceled") && { amount, ...total },
    "payment.succeeded": became(change, "succeeded") && { charge: latestCharge, amount: paid, ...total },
    ...returns(change, total),
    "order.refunded": newReturns(change).map(({ id, lines }) => {
      return { order: id, lines, amount: refunded, currency };
    }),
  });
}

function totalOf({ currency, paid, refunded, invoice, orders }: PaymentState): Total {
  return { currency, paid, refunded, invoice, orders: orders.map(({ id }) => id) };
}

/** The intent and its charge tell of one failed try, in either order. */
function newFailures({ was, is }: Change<PaymentState>): { charge: string | null; failure: string | null }[] {
  const before = new Set(was === null ? [] : failedTries(was));
  return failedTries(is)
    .filter((charge) => !before.has(charge))
    .map((charge) => ({ charge, failure: charge === is.latestCharge ? is.failure : null }));
}

function failedTries({ charges, latestCharge, failure }: PaymentState): (string | null)[] {
  const failed = charges.filter(({ status }) => status === "failed").map(({ id }) => id);
  return failure === null ? failed : [...new Set([...failed, latestCharge])];
}

type Returns = "payment.refunded" | "payment.refund_failed";

/**
 * `refunded` is a level (D15), so what was refunded is its difference and what failed since: whatever comes
 * between, all that was told refunded less all that was told failed is the level.
 */
function returns(change: Change<PaymentState>, total: Total): { [Name in Returns]: PaymentFacts[Name][] } {
  const { was, is } = change;
  const failed = newlyFailedRefunds(change);
  const since = is.refunded - (was?.refunded ?? 0) + failed.reduce((sum, { amount }) => sum + amount, 0);
  const unnamed = since < 0 ? [{ refund: null, status: null, amount: -since }] : [];
  return {
    "payment.refunded": since > 0 ? [{ amount: since, ...total }] : [],
    "payment.refund_failed": [...failed, ...unnamed].map((one) => ({ ...one, ...total })),
  };
}

type FailedRefund = { refund: string; status: string | null; amount: number };

function newlyFailedRefunds({ was, is }: Change<PaymentState>): FailedRefund[] {
  const before = new Set(was?.refunds.filter(isTakenBack).map(({ id }) => id));
  return is.refunds
    .filter((refund) => isTakenBack(refund) && !before.has(refund.id))
    .map(({ id, status, amount }) => ({ refund: id, status, amount: amount ?? 0 }));
}

/** An order and the refund of its payment may come in either order. */
function newReturns({ was, is }: Change<PaymentState>): PaymentState["orders"] {
  const before = new Set(was === null ? [] : returnedOrders(was).map(({ id }) => id));
  return returnedOrders(is).filter(({ id }) => !before.has(id));
}

function returnedOrders(payment: PaymentState): PaymentState["orders"] {
  return isReturned(payment) ? payment.orders.filter(({ status }) => status === "paid") : [];
}
