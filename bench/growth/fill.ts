// Puts so many rows into a table that a request each would take hours.
import { keyOf } from "@stripe-lanes/testing/local/dynamodb/dynalite";
import { applyIndexChange, indexChanges } from "@stripe-lanes/testing/local/dynamodb/indexes";
import type { Stored, Table } from "@stripe-lanes/testing/local/dynamodb/table";
import type { CopiedRow } from "./rows.ts";

/**
 * So many rows, customer after customer, each under its keys in the table and in both indexes.
 * @throws RangeError when that would leave a customer without some of their rows.
 */
export function fill(table: Table, ofCustomer: CopiedRow[], rows: number): void {
  const customers = customersIn(rows, ofCustomer.length);
  for (let n = 0; n < customers; n++) {
    for (const row of ofCustomer) put(table, row, n);
  }
}

function customersIn(rows: number, each: number): number {
  if (rows % each === 0) return rows / each;
  throw new RangeError(`A customer has ${each} rows, and ${rows} is no multiple of that.`);
}

function put(table: Table, row: CopiedRow, n: number): void {
  const keys = row.keys(n);
  table.items.set(keyOf(keys, table.description), unfolded(row, n));
  indexChanges(table, undefined, keys).forEach(applyIndexChange);
}

/** A million whole items are 4 GB; this one is made whenever it is read. */
function unfolded(row: CopiedRow, n: number): Stored {
  return {
    bytes: row.bytes,
    get item() {
      return row.item(n);
    },
  };
}
