// A payout, and the balance that it is taken from.
import type { Amounts, Balance, Payout } from "../money.ts";
import type { View } from "./list.ts";

/** What no simulated payout uses. */
const UNUSED = {
  application_fee: null,
  application_fee_amount: null,
  description: "STRIPE PAYOUT",
  destination: "ba_1SimulatedBankAccount0000",
  method: "standard",
  original_payout: null,
  payout_method: null,
  reversed_by: null,
  source_type: "card",
  statement_descriptor: null,
  type: "bank_account",
};

export function renderPayout(payout: Payout, { options }: View) {
  const { id, amount, automatic, created, currency, status } = payout;
  return {
    id,
    object: "payout",
    ...UNUSED,
    metadata: {},
    amount,
    arrival_date: payout.arrivalDate,
    automatic,
    balance_transaction: payout.balanceTransaction,
    created,
    currency,
    failure_balance_transaction: payout.failureBalanceTransaction,
    failure_code: payout.failureCode,
    failure_message: payout.failureCode === null ? null : "The bank account has been closed",
    livemode: options.livemode,
    reconciliation_status: automatic ? "in_progress" : "not_applicable",
    status,
    trace_id: status === "paid" ? { status: "pending", value: null } : null,
  };
}

/** It has no id. */
export function renderBalance({ available, pending }: Balance, { options }: View) {
  return {
    object: "balance",
    available: byCurrency(available),
    instant_available: byCurrency(available),
    livemode: options.livemode,
    pending: byCurrency(pending),
  };
}

function byCurrency(amounts: Amounts) {
  return Object.entries(amounts).map(([currency, amount]) => ({
    amount,
    currency,
    source_types: { card: amount },
  }));
}
