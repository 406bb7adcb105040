// Tables. One is there as soon as it is created, and gone as soon as it is deleted.
import type { Input } from "./accept.ts";
import { type Database, findTable } from "./database.ts";
import { updateTable as updateDescription, validate } from "./dynalite.ts";
import { resourceInUse } from "./errors.ts";
import { type IndexRequest, isBackfilling, updateIndexes } from "./index-updates.ts";
import type { Ordered } from "./ordered.ts";
import { rules } from "./rules.ts";
import {
  type Index,
  type IndexDescription,
  newTable,
  type Stored,
  type Table,
  type TableDescription,
} from "./table.ts";

const arnPrefix = "arn:aws:dynamodb:us-east-1:000000000000:table/";

const onDemand = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };

type CreateRequest = TableDescription & { BillingMode?: string; ProvisionedThroughput?: object };

/** The output of "CreateTable", already ACTIVE. Throws ResourceInUseException when there is one of that name. */
export function createTable(database: Database, input: Input): object {
  const request = validate<CreateRequest>(rules.CreateTable, input);
  if (database.tables.has(request.TableName))
    throw resourceInUse(`Table already exists: ${request.TableName}`);
  const table = newTable(describeNew(request, database.clock.now()));
  database.tables.set(table.name, table);
  return { TableDescription: describe(table, database.clock.now()) };
}

function describeNew({ BillingMode, ...request }: CreateRequest, now: number): TableDescription {
  const TableArn = arnPrefix + request.TableName;
  const description = {
    ...request,
    TableArn,
    TableStatus: "ACTIVE",
    CreationDateTime: now / 1000,
    ProvisionedThroughput: { ...onDemand, ...request.ProvisionedThroughput },
    ...(BillingMode === "PAY_PER_REQUEST" ? { BillingModeSummary: { BillingMode } } : {}),
  };
  for (const index of request.GlobalSecondaryIndexes ?? []) {
    Object.assign(index, {
      IndexStatus: "ACTIVE",
      ProvisionedThroughput: { ...onDemand, ...index.ProvisionedThroughput },
    });
  }
  return description;
}

/** The description with its sizes, which AWS counts every six hours and we at once. */
function describe(table: Table, now: number): TableDescription {
  const { description, items, indexes } = table;
  const sized = (index: IndexDescription) => ({
    ...index,
    ...measureIndex(indexes.find(({ name }) => name === index.IndexName)),
    ...(isBackfilling(table, index.IndexName, now) && { IndexStatus: "CREATING", Backfilling: true }),
  });
  const measured = { ...description, ItemCount: items.size, TableSizeBytes: bytesOf(items) };
  if (indexes.some(({ readyAt }) => now < readyAt)) measured.TableStatus = "UPDATING";
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes } = description;
  if (GlobalSecondaryIndexes) measured.GlobalSecondaryIndexes = GlobalSecondaryIndexes.map(sized);
  if (LocalSecondaryIndexes) measured.LocalSecondaryIndexes = LocalSecondaryIndexes.map(sized);
  return measured;
}

const measureIndex = (index: Index | undefined) =>
  index ? { ItemCount: index.entries.size, IndexSizeBytes: bytesOf(index.entries) } : {};

function bytesOf(entries: Ordered<Stored>): number {
  let bytes = 0;
  for (const key of entries.keys({})) bytes += entries.get(key)?.bytes ?? 0;
  return bytes;
}

/**
 * The output of "DescribeTable". Throws ResourceNotFoundException. Counts and sizes are exact; AWS's are up to six
 * hours old.
 */
export function describeTable(database: Database, input: Input): object {
  return {
    Table: describe(namedTable(database, validate<Named>(rules.DescribeTable, input)), database.clock.now()),
  };
}

/**
 * The output of "DeleteTable". The status is DELETING, and the table is gone already. Throws
 * ResourceNotFoundException.
 */
export function deleteTable(database: Database, input: Input): object {
  const table = namedTable(database, validate<Named>(rules.DeleteTable, input));
  database.tables.delete(table.name);
  return { TableDescription: { ...describe(table, database.clock.now()), TableStatus: "DELETING" } };
}

type UpdateRequest = Named & IndexRequest & { BillingMode?: string; ProvisionedThroughput?: object };

/** Changes throughput, billing mode and indexes. What it answers with is under way; it has happened by then. */
export function updateTable(database: Database, input: Input): object {
  const request = validate<UpdateRequest>(rules.UpdateTable, input);
  const table = namedTable(database, request);
  const { GlobalSecondaryIndexUpdates: updates = [] } = request;
  const deleted = describe(table, database.clock.now()).GlobalSecondaryIndexes?.filter(isDeletedBy(updates));
  updateIndexes(database, table, request);
  const output = updateDescription(table.description, request) as { TableDescription: TableDescription };
  if (!updates.some(({ Create, Delete }) => Create ?? Delete)) return output;
  const created = new Set(updates.map(({ Create }) => Create?.IndexName));
  const description = describe(table, database.clock.now());
  const indexes = [
    ...(description.GlobalSecondaryIndexes ?? []).map((index) =>
      created.has(index.IndexName) ? { ...index, IndexStatus: "CREATING", Backfilling: false } : index,
    ),
    ...(deleted ?? []).map((index) => ({ ...index, IndexStatus: "DELETING" })),
  ];
  return {
    TableDescription: { ...description, TableStatus: "UPDATING", GlobalSecondaryIndexes: indexes },
  };
}

const isDeletedBy =
  (updates: { Delete?: { IndexName: string } }[]) =>
  ({ IndexName }: IndexDescription) =>
    updates.some(({ Delete }) => Delete?.IndexName === IndexName);

type ListRequest = { Limit?: number; ExclusiveStartTableName?: string };

/** The output of "ListTables": names in order, 100 by default. */
export function listTables(database: Database, input: Input): object {
  const { Limit = 100, ExclusiveStartTableName = "" } = validate<ListRequest>(rules.ListTables, input);
  const names = [...database.tables.keys()].sort().filter((name) => name > ExclusiveStartTableName);
  const TableNames = names.slice(0, Limit);
  return names.length > Limit ? { TableNames, LastEvaluatedTableName: TableNames.at(-1) } : { TableNames };
}

type Named = { TableName: string };

/** As `findTable`, with the message that AWS has for operations on tables rather than items. */
export function namedTable(database: Database, { TableName }: Named): Table {
  return findTable(database, TableName, `Requested resource not found: Table: ${TableName} not found`);
}
