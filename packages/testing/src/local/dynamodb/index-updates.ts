// UpdateTable's indexes: one is created or deleted at a time. A new one is filled from what the table holds, and can be
// read once that has taken its time ("Managing Global Secondary Indexes", DynamoDB Developer Guide).
import { AwsError } from "../http.ts";
import type { Input } from "./accept.ts";
import type { Database } from "./database.ts";
import { validate } from "./dynalite.ts";
import { resourceNotFound, validationException } from "./errors.ts";
import { applyIndexChange, indexEntry } from "./indexes.ts";
import { rules } from "./rules.ts";
import { type IndexDescription, newIndex, type Table, type TableDescription } from "./table.ts";

type Named = { IndexName: string };
type IndexUpdate = { Create?: IndexDescription; Delete?: Named; Update?: Named };

export type IndexRequest = {
  AttributeDefinitions?: TableDescription["AttributeDefinitions"];
  GlobalSecondaryIndexUpdates?: IndexUpdate[];
};

/** Whether an index that UpdateTable creates is not filled yet. */
export function isBackfilling(table: Table, index: string, now: number): boolean {
  return table.indexes.some(({ name, readyAt }) => name === index && now < readyAt);
}

/** Creates or deletes the index that a request names, if any. Nothing has changed when it throws `AwsError`. */
export function updateIndexes(database: Database, table: Table, request: IndexRequest): void {
  const updates = request.GlobalSecondaryIndexUpdates ?? [];
  const [update, another] = updates.filter(({ Create, Delete }) => Create ?? Delete);
  for (const { Update } of updates) if (Update) namedIndex(table, Update, "update");
  if (!update) return;
  if (another) throw tooManyUpdates();
  if (update.Delete) deleteIndex(table, update.Delete);
  if (update.Create) createIndex(database, table, update.Create, request.AttributeDefinitions ?? []);
}

function createIndex(
  { clock, hooks }: Pick<Database, "clock" | "hooks">,
  table: Table,
  created: IndexDescription,
  defined: TableDescription["AttributeDefinitions"],
): void {
  const { description } = table;
  const existing = description.GlobalSecondaryIndexes ?? [];
  if (table.indexes.some(({ name }) => name === created.IndexName))
    throw validationException("Attempting to create an index which already exists");
  if (table.indexes.some(({ readyAt }) => clock.now() < readyAt)) throw tooManyUpdates();
  const definitions = merged(description.AttributeDefinitions, defined);
  checkAsNew(table, created, definitions);
  description.AttributeDefinitions = definitions;
  description.GlobalSecondaryIndexes = [...existing, { ...created, IndexStatus: "ACTIVE" }];
  const index = newIndex("GlobalSecondaryIndexes", created, description);
  index.readyAt = clock.now() + (hooks.backfill ?? 0);
  table.indexes = [...table.indexes, index];
  for (const key of table.items.keys({})) {
    const item = table.items.get(key)?.item;
    const change = item && indexEntry(table, index, item);
    if (change) applyIndexChange(change);
  }
}

function deleteIndex(table: Table, { IndexName }: Named): void {
  namedIndex(table, { IndexName }, "delete");
  const { description } = table;
  const left = description.GlobalSecondaryIndexes?.filter((index) => index.IndexName !== IndexName) ?? [];
  table.indexes = table.indexes.filter(({ name }) => name !== IndexName);
  if (left.length > 0) description.GlobalSecondaryIndexes = left;
  else delete description.GlobalSecondaryIndexes;
  const keys = new Set([description, ...left, ...(description.LocalSecondaryIndexes ?? [])].flatMap(keysOf));
  description.AttributeDefinitions = description.AttributeDefinitions.filter(({ AttributeName }) =>
    keys.has(AttributeName),
  );
}

const keysOf = ({ KeySchema }: Pick<IndexDescription, "KeySchema">) =>
  KeySchema.map(({ AttributeName }) => AttributeName);

function namedIndex({ indexes }: Table, { IndexName }: Named, change: "delete" | "update"): void {
  const found = indexes.find(({ name }) => name === IndexName);
  if (!found) throw resourceNotFound();
  if (found.kind === "GlobalSecondaryIndexes") return;
  throw validationException(`Cannot ${change} an index that is not a GlobalSecondaryIndex: ${IndexName}`);
}

/** By the rules of a table that would be created with it. */
function checkAsNew(
  { description }: Table,
  created: IndexDescription,
  AttributeDefinitions: TableDescription["AttributeDefinitions"],
): void {
  const { TableName, KeySchema, BillingModeSummary, ProvisionedThroughput } = description;
  const isOnDemand = BillingModeSummary?.BillingMode === "PAY_PER_REQUEST";
  if (!isOnDemand && !created.ProvisionedThroughput) {
    throw validationException(
      `One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified for index: ${created.IndexName}`,
    );
  }
  const existing = (description.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  validate(rules.CreateTable, {
    TableName,
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes: [...existing, created],
    ...(isOnDemand ? { BillingMode: "PAY_PER_REQUEST" } : { ProvisionedThroughput }),
  } as Input);
}

function merged(
  known: TableDescription["AttributeDefinitions"],
  told: TableDescription["AttributeDefinitions"],
) {
  const byName = new Map(known.map((one) => [one.AttributeName, one]));
  for (const one of told) {
    const { AttributeType = one.AttributeType } = byName.get(one.AttributeName) ?? {};
    if (AttributeType !== one.AttributeType) {
      throw validationException(
        `One or more parameter values were invalid: The attribute ${one.AttributeName} is defined as ${AttributeType} already`,
      );
    }
    byName.set(one.AttributeName, one);
  }
  return [...byName.values()];
}

function tooManyUpdates(): AwsError {
  return new AwsError(
    "LimitExceededException",
    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
  );
}
