// Query and Scan: dynalite searches what it is handed, and what it looked at is billed by the sum of its bytes.
import type { Input } from "./accept.ts";
import type { Item } from "./attributes.ts";
import {
  type Bill,
  type CapacityMode,
  chargeIndex,
  chargeTable,
  consumedCapacity,
  readUnits,
} from "./capacity.ts";
import { type Database, findTable, spend } from "./database.ts";
import { type Source, search, validate } from "./dynalite.ts";
import { validationException } from "./errors.ts";
import { isBackfilling } from "./index-updates.ts";
import { entryKey } from "./indexes.ts";
import type { Ordered, Range } from "./ordered.ts";
import { timesOf } from "./read.ts";
import { rules } from "./rules.ts";
import type { Index, Stored, Table } from "./table.ts";

type SearchRequest = {
  TableName: string;
  IndexName?: string;
  ConsistentRead?: boolean;
  ExclusiveStartKey?: Item;
  ReturnConsumedCapacity?: CapacityMode;
  ScanIndexForward?: boolean;
};

/** Bytes of the items looked at in order, and of those fetched for an index that lacks their attributes. */
type Seen = { bytes: number[]; fetched: number[] };

/**
 * The operation "Query" or "Scan": one page. Throws ValidationException for an index that is backfilling, and
 * ResourceNotFoundException.
 */
export const searchItems =
  (operation: "Query" | "Scan") =>
  async (database: Database, input: Input): Promise<object> => {
    const request = validate<SearchRequest>(rules[operation], input);
    const { ReturnConsumedCapacity, ...rest } = request;
    const table = findTable(database, request.TableName);
    if (isBackfilling(table, request.IndexName ?? "", database.clock.now())) {
      throw validationException(`Cannot read from backfilling global secondary index: ${request.IndexName}`);
    }
    const seen: Seen = { bytes: [], fetched: [] };
    const output = await search(operation, sourceOf(table, request, seen), rest);
    const bill = spend(database, "readUnits", billOf(table, request, seen, output.ScannedCount));
    return { ...output, ConsumedCapacity: consumedCapacity(bill, ReturnConsumedCapacity) };
  };

function sourceOf(table: Table, request: SearchRequest, seen: Seen): Source {
  const index = indexOf(table, request);
  return {
    table: table.description,
    items: (range) => itemsOf(table.items, range, seen),
    entries: (_name, range) =>
      index ? itemsOf(index.entries, resumed(range, table, index, request), seen) : [],
    item(key) {
      const found = table.items.get(key);
      seen.fetched.push(found?.bytes ?? 0);
      return found?.item;
    },
  };
}

const indexOf = (table: Table, { IndexName }: SearchRequest) =>
  table.indexes.find((index) => index.name === IndexName);

function* itemsOf(entries: Ordered<Stored>, range: Range, seen: Seen): Iterable<Item> {
  for (const key of entries.keys(range)) {
    const entry = entries.get(key);
    if (!entry) continue;
    seen.bytes.push(entry.bytes);
    yield entry.item;
  }
}

/** Where a page of an index starts, to the very entry. */
function resumed(range: Range, table: Table, index: Index, request: SearchRequest): Range {
  if (!request.ExclusiveStartKey) return range;
  const start = entryKey(request.ExclusiveStartKey, table.description, index);
  return request.ScanIndexForward === false ? { ...range, lt: start } : { ...range, gt: start };
}

function billOf(table: Table, request: SearchRequest, seen: Seen, scanned: number): Bill {
  const bill: Bill = new Map();
  const times = timesOf(request);
  const units = readUnits(total(seen.bytes.slice(0, scanned)), times);
  const index = indexOf(table, request);
  if (!index) {
    chargeTable(bill, table.name, units);
    return bill;
  }
  const fetched = seen.fetched.slice(0, scanned).map((bytes) => readUnits(bytes, times));
  chargeIndex(bill, table.name, index, units);
  chargeTable(bill, table.name, total(fetched));
  return bill;
}

const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);
