// A table: its description as DescribeTable gives it, its items, and its secondary indexes.
import { type Item, itemBytes } from "./attributes.ts";
import { type Ordered, ordered } from "./ordered.ts";
import { newStream, type Stream } from "./stream.ts";

export type KeySchema = { AttributeName: string; KeyType: string }[];

export type IndexKind = "GlobalSecondaryIndexes" | "LocalSecondaryIndexes";

export type IndexDescription = {
  IndexName: string;
  KeySchema: KeySchema;
  Projection: { ProjectionType: "ALL" | "INCLUDE" | "KEYS_ONLY"; NonKeyAttributes?: string[] };
  ProvisionedThroughput?: object;
  IndexStatus?: string;
};

export type TableDescription = {
  TableName: string;
  TableStatus: string;
  KeySchema: KeySchema;
  ProvisionedThroughput?: object;
  BillingModeSummary?: { BillingMode: string };
  AttributeDefinitions: { AttributeName: string; AttributeType: "S" | "N" | "B" }[];
} & { [kind in IndexKind]?: IndexDescription[] };

export type Stored = { item: Item; bytes: number };

export type Index = {
  name: string;
  kind: IndexKind;
  keySchema: KeySchema;
  keyNames: string[];
  /** By the name of a key attribute. */
  keyTypes: ReadonlyMap<string, string>;
  /** When it can be read, in milliseconds: later than it is there where it is created on a table that exists. */
  readyAt: number;
  /** The attributes an entry carries; none given when it carries them all. */
  projected: string[] | undefined;
  entries: Ordered<Stored>;
};

export type Table = {
  name: string;
  description: TableDescription;
  items: Ordered<Stored>;
  indexes: Index[];
  timeToLive: string | undefined;
  stream: Stream;
  tags: Map<string, string>;
};

/** The item with its size in bytes, computed once a write. */
export const stored = (item: Item): Stored => ({ item, bytes: itemBytes(item) });

/** An empty table with its indexes; the description is kept, not copied. */
export function newTable(description: TableDescription): Table {
  return {
    name: description.TableName,
    description,
    items: ordered(),
    indexes: [
      ...indexesOf("GlobalSecondaryIndexes", description),
      ...indexesOf("LocalSecondaryIndexes", description),
    ],
    timeToLive: undefined,
    stream: newStream(),
    tags: new Map(),
  };
}

function indexesOf(kind: IndexKind, description: TableDescription): Index[] {
  return (description[kind] ?? []).map((index) => newIndex(kind, index, description));
}

/** An empty index that can be read at once. It projects the keys of table and index besides what it names. */
export function newIndex(
  kind: IndexKind,
  { IndexName, KeySchema, Projection }: IndexDescription,
  description: TableDescription,
): Index {
  const keyNames = namesOf(KeySchema);
  const all = [...namesOf(description.KeySchema), ...keyNames, ...(Projection.NonKeyAttributes ?? [])];
  return {
    name: IndexName,
    kind,
    keySchema: KeySchema,
    keyNames,
    keyTypes: new Map(description.AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType])),
    projected: Projection.ProjectionType === "ALL" ? undefined : [...new Set(all)],
    readyAt: Number.NEGATIVE_INFINITY,
    entries: ordered(),
  };
}

const namesOf = (schema: KeySchema) => schema.map((element) => element.AttributeName);
