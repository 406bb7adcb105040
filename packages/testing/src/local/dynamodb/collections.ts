// Item collections: all items of one partition key, with their entries in local secondary indexes. Only a table that
// has such indexes tells of their size ("Item collections in local secondary indexes", DynamoDB Developer Guide).
import { type Item, sameValue } from "./attributes.ts";
import type { Ordered } from "./ordered.ts";
import type { Stored, Table } from "./table.ts";

export type CollectionMode = "NONE" | "SIZE";

type CollectionMetrics = { ItemCollectionKey: Item; SizeEstimateRangeGB: [least: number, most: number] };

const GIGABYTE = 2 ** 30;

/** Of one written item; nothing unless it is asked for. */
export function collectionMetrics(
  table: Table,
  item: Item,
  mode: CollectionMode | undefined,
): CollectionMetrics | undefined {
  const locals = table.indexes.filter(({ kind }) => kind === "LocalSecondaryIndexes");
  const hash = table.description.KeySchema[0]?.AttributeName ?? "";
  const value = item[hash];
  if (mode !== "SIZE" || locals.length === 0 || value === undefined) return undefined;
  const key = { [hash]: value };
  const bytes = [table.items, ...locals.map(({ entries }) => entries)].reduce(
    (sum, entries) => sum + bytesOf(entries, hash, value),
    0,
  );
  const least = Math.floor(bytes / GIGABYTE);
  return { ItemCollectionKey: key, SizeEstimateRangeGB: [least, least + 1] };
}

/** Of all the items that a batch or a transaction wrote, by table, each collection once. */
export function collectionsMetrics(
  written: readonly { table: Table; item: Item }[],
  mode: CollectionMode | undefined,
): Record<string, CollectionMetrics[]> | undefined {
  const byTable = Map.groupBy(written, ({ table }) => table);
  const told = [...byTable].map(([table, items]): [string, CollectionMetrics[]] => {
    const all = items.flatMap(({ item }) => collectionMetrics(table, item, mode) ?? []);
    const distinct = new Map(all.map((one) => [JSON.stringify(one.ItemCollectionKey), one]));
    return [table.name, [...distinct.values()]];
  });
  const some = told.filter(([, metrics]) => metrics.length > 0);
  return some.length > 0 ? Object.fromEntries(some) : undefined;
}

function bytesOf(entries: Ordered<Stored>, hash: string, value: Item[string]): number {
  let bytes = 0;
  for (const key of entries.keys({})) {
    const stored = entries.get(key);
    if (stored && sameValue(stored.item[hash], value)) bytes += stored.bytes;
  }
  return bytes;
}
