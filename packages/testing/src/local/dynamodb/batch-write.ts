// BatchWriteItem: up to 25 puts and deletes, each by itself; what met a transaction comes back as UnprocessedItems.
import { AwsError } from "../http.ts";
import type { Input } from "./accept.ts";
import type { Item } from "./attributes.ts";
import { type Bill, type CapacityMode, consumedCapacities } from "./capacity.ts";
import { type CollectionMode, collectionsMetrics } from "./collections.ts";
import { type Database, findTable, isLocked, lockOf, spend } from "./database.ts";
import { validate } from "./dynalite.ts";
import { validationException } from "./errors.ts";
import { rules } from "./rules.ts";
import { billOf, commit, decide, itemOf, locate, propose, type Write } from "./write.ts";

const mostWrites = 25;

type WriteRequest = { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } };
type BatchRequest = {
  RequestItems: Record<string, WriteRequest[]>;
  ReturnConsumedCapacity?: CapacityMode;
  ReturnItemCollectionMetrics?: CollectionMode;
};
type Asked = { write: Write; asked: WriteRequest };

/** Sets aside on arrival what a transaction has; what it gives writes the rest. */
export function beginBatchWrite(database: Database, input: Input): () => object {
  const request = validate<BatchRequest>(rules.BatchWriteItem, input);
  const asked = Object.entries(request.RequestItems).flatMap(([name, writes]) =>
    writes.map((write) => ({ write: locateWrite(database, name, write), asked: write })),
  );
  refuseUnfit(asked);
  const [ongoing, free] = partition(asked, ({ write }) => isLocked(database, write.table, write.key));
  database.metrics.conflicts += ongoing.length > 0 ? 1 : 0;
  return () => ({
    UnprocessedItems: byTable(ongoing),
    ConsumedCapacity: consumedCapacities(writeAll(database, free), request.ReturnConsumedCapacity),
    ItemCollectionMetrics: collectionsMetrics(
      free.map(({ write }) => ({ table: write.table, item: itemOf(write) })),
      request.ReturnItemCollectionMetrics,
    ),
  });
}

function writeAll(database: Database, asked: Asked[]): Bill {
  const decisions = asked.map(({ write }) => decide(write));
  for (const decision of decisions) commit(database, decision);
  return spend(database, "writeUnits", billOf(decisions));
}

function locateWrite(
  database: Database,
  TableName: string,
  { PutRequest, DeleteRequest }: WriteRequest,
): Write {
  const proposal = PutRequest
    ? propose(database, "Put", { TableName, Item: PutRequest.Item })
    : propose(database, "Delete", { TableName, Key: DeleteRequest?.Key });
  const write = locate(findTable(database, TableName), proposal);
  if (write instanceof AwsError) throw batchFault(write);
  return write;
}

const batchFault = (fault: AwsError) =>
  /Missing the key|Type mismatch for key/.test(fault.message)
    ? validationException("The provided key element does not match the schema")
    : fault;

function refuseUnfit(asked: Asked[]): void {
  if (asked.length > mostWrites) {
    throw validationException("Too many items requested for the BatchWriteItem call");
  }
  if (new Set(asked.map(({ write }) => lockOf(write.table, write.key))).size < asked.length) {
    throw validationException("Provided list of item keys contains duplicates");
  }
}

function partition<T>(values: T[], first: (value: T) => boolean): [T[], T[]] {
  return [values.filter(first), values.filter((value) => !first(value))];
}

function byTable(asked: Asked[]): object {
  const groups = Map.groupBy(asked, ({ write }) => write.table.name);
  return Object.fromEntries([...groups].map(([name, group]) => [name, group.map((one) => one.asked)]));
}
