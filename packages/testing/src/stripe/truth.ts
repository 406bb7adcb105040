// What billing state must be, after exactly the events that were sent: read off the records themselves,
// by nobody's rules but Stripe's.
import type { StripeRecord } from "./records.ts";
import type { Sandbox } from "./sandbox.ts";
import { BILLING_DERIVED, BILLING_ROWS } from "./truth/billing.ts";
import { MONEY_DERIVED, MONEY_ROWS } from "./truth/money.ts";
import { disputedOf, refundedOf } from "./truth/payment.ts";
import { type DerivedRows, type RowTable, recordsOfType, type TruthRow } from "./truth/row.ts";

export type { TruthRow } from "./truth/row.ts";

const ROWS: RowTable = { ...BILLING_ROWS, ...MONEY_ROWS };

const DERIVED: readonly DerivedRows[] = [...BILLING_DERIVED, ...MONEY_DERIVED];

/** A row for each object that an event told of, and those that several objects give together; by noun and id. */
export function truthOf(sandbox: Sandbox): TruthRow[] {
  const records = told(sandbox);
  const derived = DERIVED.flatMap((rows) => rows(records, sandbox));
  return [...records.flatMap(rowOf), ...derived].sort(byNounAndId);
}

/** Each object as its newest event showed it. */
function told(sandbox: Sandbox): StripeRecord[] {
  const entries = [...sandbox.entries.values()].filter((entry) => entry.told);
  return entries.flatMap(({ shown }) => (shown === null ? [] : [shown]));
}

function rowOf(record: StripeRecord): TruthRow[] {
  const row = ROWS[record.object] as ((record: StripeRecord) => TruthRow | null) | undefined;
  return [row === undefined ? genericRow(record) : row(record)].filter((made) => made !== null);
}

function genericRow(record: StripeRecord): TruthRow {
  return {
    noun: "generic",
    id: record.id,
    customer: "customer" in record ? record.customer : null,
    status: "status" in record ? record.status : null,
    deleted: "deleted" in record && record.deleted,
    state: { object: record.object },
  };
}

function byNounAndId(one: TruthRow, other: TruthRow): number {
  if (one.noun !== other.noun) return one.noun < other.noun ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** In minor units, by currency. */
export type Ledger = { [currency: string]: { paid: number; refunded: number; disputed: number } };

/** What came in by charges, went back by refunds, and is withheld by disputes, as the events tell. */
export function ledgerOf(sandbox: Sandbox): Ledger {
  const records = told(sandbox);
  const ledger: Ledger = {};
  const add = (currency: string, column: keyof Ledger[string], amount: number) => {
    const totals = ledger[currency] ?? { paid: 0, refunded: 0, disputed: 0 };
    ledger[currency] = { ...totals, [column]: totals[column] + amount };
  };
  const charges = recordsOfType(records, "charge").filter(({ captured }) => captured);
  const refunds = recordsOfType(records, "refund");
  const disputes = Map.groupBy(recordsOfType(records, "dispute"), ({ charge }) => charge);
  for (const charge of charges) {
    const own = { intent: null, charges: [charge], refunds, disputes: disputes.get(charge.id) ?? [] };
    add(charge.currency, "paid", charge.amountCaptured);
    add(charge.currency, "refunded", refundedOf(own));
    add(charge.currency, "disputed", disputedOf(own));
  }
  return ledger;
}
