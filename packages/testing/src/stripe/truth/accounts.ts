// The truth about the accounts that customers are: who they are as customers.
import { accountOf } from "../accounts.ts";
import type { StripeRecord } from "../records.ts";
import { recordsOfType, type Sent, type TruthRow } from "./row.ts";

/** A row for each that is named, by a customer who is still there or by a subscription. */
export function customerAccountRows(records: readonly StripeRecord[], { options }: Sent): TruthRow[] {
  if (!options.accountsAsCustomers) return [];
  const customers = recordsOfType(records, "customer").filter(({ deleted }) => !deleted);
  const naming = [
    ...customers.map(({ id }) => id),
    ...recordsOfType(records, "subscription").map(({ customer }) => customer),
  ];
  return [...new Set(naming)].map(rowOf);
}

function rowOf(customer: string): TruthRow {
  const state = { status: null, customers: [customer] };
  return { noun: "customer-account", id: accountOf(customer), customer, status: null, deleted: false, state };
}
