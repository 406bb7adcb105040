// Payouts: what is available goes to the account's bank, which may refuse it.
import { release, spend } from "./balance.ts";
import { DAY } from "./calendar.ts";
import { emit } from "./emit.ts";
import type { Balance, Payout } from "./money.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

/** What came in becomes available, and Stripe tells of the whole balance. */
export function releaseFunds(sandbox: Sandbox): Balance {
  const balance = release(sandbox);
  emit(sandbox, balance, "balance.available");
  return balance;
}

/** Of an amount in minor units; automatic where Stripe pays out on its schedule. */
export type NewPayout = { amount: number; currency?: string; automatic?: boolean };

export function createPayout(sandbox: Sandbox, { amount, currency, automatic }: NewPayout): Payout {
  const payout = create(sandbox, {
    object: "payout",
    id: newId(sandbox, "po_1", 23),
    created: sandbox.now,
    amount,
    currency: currency ?? sandbox.options.currency,
    status: "pending",
    automatic: automatic ?? false,
    arrivalDate: sandbox.now + 2 * DAY,
    failureCode: null,
    balanceTransaction: newId(sandbox, "txn_1", 23),
    failureBalanceTransaction: null,
  });
  spend(sandbox, payout.currency, amount);
  emit(sandbox, payout, "payout.created");
  return payout;
}

/** The bank has it, but has not booked it. */
export function submitPayout(sandbox: Sandbox, id: string): Payout {
  const payout = payoutThatIs(sandbox, id, "pending");
  const submitted = change(sandbox, payout, { status: "in_transit" });
  emit(sandbox, submitted, "payout.updated");
  return submitted;
}

export function settlePayout(sandbox: Sandbox, id: string): Payout {
  const paid = change(sandbox, payoutThatIs(sandbox, id, "in_transit"), { status: "paid" });
  emit(sandbox, paid, "payout.paid");
  return paid;
}

/** Within five days even one that was paid may come back. */
export function failPayout(sandbox: Sandbox, id: string): Payout {
  const payout = payoutThatIs(sandbox, id, "in_transit", "paid");
  spend(sandbox, payout.currency, -payout.amount);
  const failed = change(sandbox, payout, {
    status: "failed",
    failureCode: "account_closed",
    failureBalanceTransaction: newId(sandbox, "txn_1", 23),
  });
  emit(sandbox, failed, "payout.failed");
  return failed;
}

/** As long as it is pending, and nobody but the seller asked for it. */
export function cancelPayout(sandbox: Sandbox, id: string): Payout {
  const payout = payoutThatIs(sandbox, id, "pending");
  if (payout.automatic) throw new Error(`${id} is automatic.`);
  spend(sandbox, payout.currency, -payout.amount);
  const canceled = change(sandbox, payout, { status: "canceled" });
  emit(sandbox, canceled, "payout.canceled");
  return canceled;
}

function payoutThatIs(sandbox: Sandbox, id: string, ...statuses: Payout["status"][]): Payout {
  const payout = find(sandbox, "payout", id);
  if (!statuses.includes(payout.status)) throw new Error(`${id} is ${payout.status}.`);
  return payout;
}
