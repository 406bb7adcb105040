// What dynalite knows of the requests of each operation: types, bounds and what may stand beside what; with what it lacks.
import { createRequire } from "node:module";
import { segmentFault, selectFault } from "./select.ts";
import { keySchema, queryLimit, requestItems, unnamedTable, type Wording } from "./wording.ts";

type Members = Record<string, unknown>;
type Rule = string | { type: string; children?: Rule | Record<string, Rule>; [constraint: string]: unknown };
export type Rules = {
  types: Record<string, Rule>;
  custom?: (input: object, store: object) => unknown;
  /** What becomes of the messages. */
  wording?: Wording;
};

const load = createRequire(import.meta.url);
const read = (name: string): Rules => load(`dynalite/validations/${name}.js`);

const onFailure: Rules["types"] = {
  ReturnValuesOnConditionCheckFailure: { type: "String", enum: ["ALL_OLD", "NONE"] },
};
const withOnFailure = (rules: Rules): Rules => ({
  ...rules,
  types: { ...rules.types, ...onFailure },
  wording: unnamedTable,
});

/** The rules and one more; what it gives is the message of a refusal. */
const withCheck = (rules: Rules, check: (input: object) => string | undefined): Rules => ({
  ...rules,
  custom: (input, store) => rules.custom?.(input, store) ?? check(input),
});

/** "TotalSegments: Maximum value of 1000000", and a segment is one less at most ("Scan" of AWS's API reference). */
function withSegments(rules: Rules): Rules {
  const { Segment, TotalSegments, ...types } = rules.types as Record<string, Exclude<Rule, string>>;
  const segments = {
    Segment: { type: "Integer", ...Segment, lessThanOrEqual: 999_999 },
    TotalSegments: { type: "Integer", ...TotalSegments, lessThanOrEqual: 1_000_000 },
  };
  return { ...rules, types: { ...types, ...segments } };
}

const createTable: Rules = withTableName(read("createTable"));

/** A new table's name is held to its bounds as any other member is. */
function withTableName(rules: Rules): Rules {
  const { tableName: _, ...name } = rules.types.TableName as Exclude<Rule, string>;
  const bounds = { ...name, lengthGreaterThanOrEqual: 3, lengthLessThanOrEqual: 255 };
  return { ...rules, types: { ...rules.types, TableName: bounds }, wording: keySchema };
}

const within = (members: Members, name: string) => members[name] as Members;

/** Indexes of tables that pay per request have no throughput, and new ones have keys that are defined with them. */
function withIndexUpdates(rules: Rules): Rules {
  const types = structuredClone(rules.types);
  const update = within(within(types, "GlobalSecondaryIndexUpdates"), "children");
  const create = within(within(update, "children"), "Create");
  delete within(within(create, "children"), "ProvisionedThroughput").notNull;
  const { notNull: _, ...definitions } = createTable.types.AttributeDefinitions as Record<string, unknown>;
  return { ...rules, types: { ...types, AttributeDefinitions: definitions as Rule } };
}

export const rules = {
  BatchGetItem: { ...read("batchGetItem"), wording: requestItems("BatchGetItem") },
  BatchWriteItem: { ...read("batchWriteItem"), wording: requestItems("BatchWriteItem") },
  CreateTable: createTable,
  DeleteItem: withOnFailure(read("deleteItem")),
  DeleteTable: read("deleteTable"),
  DescribeTable: read("describeTable"),
  DescribeTimeToLive: read("describeTimeToLive"),
  GetItem: { ...read("getItem"), wording: unnamedTable },
  ListTables: read("listTables"),
  ListTagsOfResource: read("listTagsOfResource"),
  PutItem: withOnFailure(read("putItem")),
  Query: {
    ...withCheck(read("query"), (input) => selectFault("Query", input)),
    wording: queryLimit,
  },
  Scan: {
    ...withCheck(withSegments(read("scan")), (input) => segmentFault(input) ?? selectFault("Scan", input)),
    wording: unnamedTable,
  },
  TagResource: read("tagResource"),
  UntagResource: read("untagResource"),
  UpdateItem: withOnFailure(read("updateItem")),
  UpdateTable: withIndexUpdates(read("updateTable")),
};
