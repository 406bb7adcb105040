// The truth about what is returned, disputed and paid out, and how it can be paid; each a row of its own.
import type { Balance, Dispute, PaymentMethod, Payout, Refund } from "../money.ts";
import { orderRows, setupRows } from "./order.ts";
import { paymentRows } from "./payment.ts";
import type { DerivedRows, RowTable, TruthRow } from "./row.ts";
import { stockRows } from "./stock.ts";

export const MONEY_ROWS: RowTable = {
  balance: balanceRow,
  charge: () => null,
  "checkout.session": () => null,
  dispute: disputeRow,
  invoice_payment: () => null,
  payment_intent: () => null,
  payment_method: paymentMethodRow,
  payout: payoutRow,
  refund: refundRow,
  setup_intent: () => null,
};

export const MONEY_DERIVED: readonly DerivedRows[] = [paymentRows, orderRows, setupRows, stockRows];

function refundRow({ id, status, paymentIntent, charge, amount, currency, ...refund }: Refund): TruthRow {
  const { reason, failureReason, created, customer } = refund;
  const returned = { amount, currency, reason, failureReason, created };
  const state = { status, customer, payment: paymentIntent ?? charge, charge, ...returned };
  return { noun: "refund", id, customer, status, deleted: false, state };
}

function disputeRow({ id, status, paymentIntent, charge, amount, currency, ...dispute }: Dispute): TruthRow {
  const { reason, evidenceDueBy, created } = dispute;
  const state = {
    status,
    payment: paymentIntent ?? charge,
    charge,
    amount,
    currency,
    reason,
    evidenceDueBy,
    created,
    ...takenBy({ amount, currency, ...dispute }),
  };
  return { noun: "dispute", id, customer: null, status, deleted: false, state };
}

type Taken = Pick<Dispute, "amount" | "currency" | "withheld" | "transactions">;

/** Where it is not its amount; what was given back in part in another currency cannot be told in its own. */
function takenBy({ amount, currency, withheld, transactions }: Taken) {
  if (transactions.length === 0 || withheld === amount) return {};
  const isAlike = transactions.every((transaction) => transaction.currency === currency);
  return isAlike || withheld === 0 ? { taken: withheld } : { doubt: true };
}

function paymentMethodRow(paymentMethod: PaymentMethod): TruthRow {
  const { id, customer, type, last4, expMonth, expYear, created, metadata } = paymentMethod;
  const card = { brand: "visa", expMonth, expYear };
  const debit = { brand: null, expMonth: null, expYear: null };
  const state = { type, customer, last4, created, metadata, ...(type === "card" ? card : debit) };
  return { noun: "payment-method", id, customer, status: null, deleted: false, state };
}

function payoutRow({ object, id, status, amount, currency, created }: Payout): TruthRow {
  const state = { object, status, amount, currency, created };
  return { noun: "generic", id, customer: null, status, deleted: false, state };
}

function balanceRow({ id, available, pending }: Balance): TruthRow {
  return { noun: "balance", id, customer: null, status: null, deleted: false, state: { available, pending } };
}
