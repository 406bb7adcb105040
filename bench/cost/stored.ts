// What a table's items weigh where they are stored.
import { isLedgerKey } from "@stripe-lanes/core/keys";
import { type Item, itemBytes } from "@stripe-lanes/testing/local/dynamodb/attributes";
import { scanned } from "@stripe-lanes/testing/local/dynamodb/scanned";
import type { LocalDynamoDb } from "@stripe-lanes/testing/local/dynamodb/server";

export type Stored = { rowBytes: number; ledgerBytes: number };

/** Bytes that DynamoDB adds to each item, in the table and in each index ("DynamoDB item sizes and formats"). */
const OVERHEAD = 100;

const INDEXES = ["gsi1", "gsi2"];

/** All that the database's one table holds. */
export async function storedIn(database: LocalDynamoDb): Promise<Stored> {
  const { TableNames } = (await database.dispatch("ListTables", {})) as { TableNames: string[] };
  const items = await scanned(database, TableNames[0] ?? "");
  const bytes = { rowBytes: 0, ledgerBytes: 0 };
  for (const item of items) bytes[isOfLedger(item) ? "ledgerBytes" : "rowBytes"] += storedBytes(item);
  return bytes;
}

/** With the copies of its keys in the two indexes (D13). */
export function storedBytes(item: Item): number {
  const { pk, sk } = item;
  const copies = INDEXES.flatMap((index) => {
    const [partition, sort] = [item[`${index}pk`], item[`${index}sk`]];
    if (!pk || !sk || !partition || !sort) return [];
    return [{ pk, sk, [`${index}pk`]: partition, [`${index}sk`]: sort }];
  });
  return [item, ...copies].reduce((sum, one) => sum + itemBytes(one) + OVERHEAD, 0);
}

function isOfLedger(item: Item): boolean {
  return isLedgerKey({ pk: textOf(item, "pk"), sk: textOf(item, "sk") });
}

function textOf(item: Item, name: string): string {
  const value = item[name];
  return value !== undefined && "S" in value ? value.S : "";
}
