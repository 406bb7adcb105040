// Tables. One is there as soon as it is created, and gone as soon as it is deleted.
import type { Input } from "./accept.ts";
import { type Database, findTable } from "./database.ts";
import { rules, updateTable as updateDescription, validate } from "./dynalite.ts";
import { resourceInUse } from "./errors.ts";
import type { Ordered } from "./ordered.ts";
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

export function createTable(database: Database, input: Input): object {
  const request = validate<CreateRequest>(rules.CreateTable, input);
  if (database.tables.has(request.TableName))
    throw resourceInUse(`Table already exists: ${request.TableName}`);
  const table = newTable(describeNew(request, database.clock.now()));
  database.tables.set(table.name, table);
  return { TableDescription: describe(table) };
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
function describe({ description, items, indexes }: Table): TableDescription {
  const sized = (index: IndexDescription) => ({
    ...index,
    ...measureIndex(indexes.find(({ name }) => name === index.IndexName)),
  });
  const measured = { ...description, ItemCount: items.size, TableSizeBytes: bytesOf(items) };
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

export function describeTable(database: Database, input: Input): object {
  return { Table: describe(namedTable(database, validate<Named>(rules.DescribeTable, input))) };
}

export function deleteTable(database: Database, input: Input): object {
  const table = namedTable(database, validate<Named>(rules.DeleteTable, input));
  database.tables.delete(table.name);
  return { TableDescription: { ...describe(table), TableStatus: "DELETING" } };
}

/** Changes throughput and billing mode; dynalite adds no indexes to a table that exists. */
export function updateTable(database: Database, input: Input): object {
  const request = validate<Named>(rules.UpdateTable, input);
  return updateDescription(namedTable(database, request).description, request);
}

type ListRequest = { Limit?: number; ExclusiveStartTableName?: string };

export function listTables(database: Database, input: Input): object {
  const { Limit = 100, ExclusiveStartTableName = "" } = validate<ListRequest>(rules.ListTables, input);
  const names = [...database.tables.keys()].sort().filter((name) => name > ExclusiveStartTableName);
  const TableNames = names.slice(0, Limit);
  return names.length > Limit ? { TableNames, LastEvaluatedTableName: TableNames.at(-1) } : { TableNames };
}

type Named = { TableName: string };

export function namedTable(database: Database, { TableName }: Named): Table {
  return findTable(database, TableName, `Requested resource not found: Table: ${TableName} not found`);
}
