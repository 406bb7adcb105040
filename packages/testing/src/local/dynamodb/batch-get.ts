// BatchGetItem: up to a hundred items and 16 MB, in no useful order; what is left over comes back as
// UnprocessedKeys.
import { AwsError } from "../http.ts";
import type { Accepted, Input } from "./accept.ts";
import { type Item, isPlainItem, isRecord } from "./attributes.ts";
import { type Bill, type CapacityMode, chargeTable, consumedCapacities, readUnits } from "./capacity.ts";
import { type Database, findTable, lockOf, spend } from "./database.ts";
import { validate } from "./dynalite.ts";
import { provisionedThroughputExceeded, validationException } from "./errors.ts";
import { locateRead, projected, type Read, timesOf } from "./read.ts";
import { rules } from "./rules.ts";

const mostKeys = 100;
const largestAnswer = 16 * 1024 * 1024;

type KeysOfTable = Pick<Accepted, "_projection" | "AttributesToGet" | "ConsistentRead"> & { Keys: Item[] };
type BatchRequest = { RequestItems: Record<string, KeysOfTable>; ReturnConsumedCapacity?: CapacityMode };
type Wanted = Read<KeysOfTable> & { Key: Item };

/**
 * The output of "BatchGetItem". Throws ValidationException for a key that comes twice, ResourceNotFoundException,
 * and ProvisionedThroughputExceededException where `partialReads` leaves all the keys.
 */
export function batchGetItem(database: Database, input: Input): object {
  const request = acceptBatch(input);
  const names = Object.keys(request.RequestItems);
  const wanted = names.flatMap((name) =>
    locateKeys(database, name, request.RequestItems[name] as KeysOfTable),
  );
  if (new Set(wanted.map(({ table, key }) => lockOf(table, key))).size < wanted.length) {
    throw validationException("Provided list of item keys contains duplicates");
  }
  const read = wanted.slice(0, fitting(database, wanted));
  const bill = spend(database, "readUnits", billOf(read));
  return {
    Responses: Object.fromEntries(names.map((name) => [name, answersOf(name, read)])),
    UnprocessedKeys: unprocessed(wanted.slice(read.length), input.RequestItems as Record<string, object>),
    ConsumedCapacity: consumedCapacities(bill, request.ReturnConsumedCapacity),
  };
}

// Keys that need no scrutiny are kept from dynalite, which would take longer over them than the whole read.
function acceptBatch(input: Input): BatchRequest {
  if (!hasPlainKeys(input)) return validate(rules.BatchGetItem, input);
  const { RequestItems } = input;
  const samples = mapValues(RequestItems, (keys) => ({ ...keys, Keys: keys.Keys.slice(0, 1) }));
  const request = validate<BatchRequest>(rules.BatchGetItem, { ...input, RequestItems: samples });
  const all = mapValues(request.RequestItems, (keys, name) => ({
    ...keys,
    Keys: RequestItems[name]?.Keys ?? [],
  }));
  return { ...request, RequestItems: all };
}

function hasPlainKeys(input: Input): input is Input & { RequestItems: Record<string, { Keys: Item[] }> } {
  if (!isRecord(input.RequestItems)) return false;
  const lists = Object.values(input.RequestItems).map((keys) => (isRecord(keys) ? keys.Keys : undefined));
  const all = lists.flat();
  return lists.every(Array.isArray) && all.length <= mostKeys && all.every(isPlainItem);
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From, name: string) => To) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}

function locateKeys(database: Database, name: string, request: KeysOfTable): Wanted[] {
  const table = findTable(database, name);
  return request.Keys.map((Key) => {
    const read = locateRead(table, Key, request);
    if (read instanceof AwsError) throw read;
    return { ...read, Key };
  });
}

/** How many of the keys are answered; none at all is throttling. */
function fitting({ hooks, metrics }: Database, wanted: Wanted[]): number {
  const keys = () => wanted.map(({ table, Key }) => ({ TableName: table.name, Key }));
  const left = hooks.partialReads?.(keys()) ?? 0;
  if (left >= wanted.length) {
    metrics.throttles += 1;
    throw provisionedThroughputExceeded();
  }
  return Math.min(wanted.length - Math.max(0, left), withinSize(wanted));
}

function withinSize(wanted: Wanted[]): number {
  let bytes = 0;
  const over = wanted.findIndex(({ table, key }) => {
    bytes += table.items.get(key)?.bytes ?? 0;
    return bytes > largestAnswer;
  });
  return over < 0 ? wanted.length : over;
}

function billOf(read: Wanted[]): Bill {
  const bill: Bill = new Map();
  for (const { table, key, request } of read) {
    chargeTable(bill, table.name, readUnits(table.items.get(key)?.bytes, timesOf(request)));
  }
  return bill;
}

// Answered in the order of the hashes, as a reminder that DynamoDB promises none.
function answersOf(name: string, read: Wanted[]): Item[] {
  const found = read.filter(({ table, key }) => table.name === name && table.items.get(key));
  found.sort((one, other) => (one.key < other.key ? -1 : 1));
  return found.flatMap(({ table, key, request }) => {
    const stored = table.items.get(key);
    return stored ? [projected(stored, request)] : [];
  });
}

function unprocessed(left: Wanted[], requests: Record<string, object>): object {
  const byTable = Map.groupBy(left, ({ table }) => table.name);
  return Object.fromEntries(
    [...byTable].map(([name, keys]) => [name, { ...requests[name], Keys: keys.map(({ Key }) => Key) }]),
  );
}
