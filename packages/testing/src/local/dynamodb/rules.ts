// What dynalite knows of the requests of each operation: types, bounds and what may stand beside what; with what it lacks.
import { createRequire } from "node:module";
import { segmentFault, selectFault } from "./select.ts";

type Members = Record<string, unknown>;
type Rule = string | { type: string; children?: Rule | Record<string, Rule>; [constraint: string]: unknown };
export type Rules = { types: Record<string, Rule>; custom?: (input: object, store: object) => unknown };

const load = createRequire(import.meta.url);

const onFailure: Rules["types"] = {
  ReturnValuesOnConditionCheckFailure: { type: "String", enum: ["ALL_OLD", "NONE"] },
};
const withOnFailure = (rules: Rules): Rules => ({ ...rules, types: { ...rules.types, ...onFailure } });

/** The rules and one more; what it gives is the message of a refusal. */
const withCheck = (rules: Rules, check: (input: object) => string | undefined): Rules => ({
  ...rules,
  custom: (input, store) => rules.custom?.(input, store) ?? check(input),
});

const createTable: Rules = load("dynalite/validations/createTable.js");

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
  BatchGetItem: load("dynalite/validations/batchGetItem.js") as Rules,
  BatchWriteItem: load("dynalite/validations/batchWriteItem.js") as Rules,
  CreateTable: createTable,
  DeleteItem: withOnFailure(load("dynalite/validations/deleteItem.js")),
  DeleteTable: load("dynalite/validations/deleteTable.js") as Rules,
  DescribeTable: load("dynalite/validations/describeTable.js") as Rules,
  DescribeTimeToLive: load("dynalite/validations/describeTimeToLive.js") as Rules,
  GetItem: load("dynalite/validations/getItem.js") as Rules,
  ListTables: load("dynalite/validations/listTables.js") as Rules,
  ListTagsOfResource: load("dynalite/validations/listTagsOfResource.js") as Rules,
  PutItem: withOnFailure(load("dynalite/validations/putItem.js")),
  Query: withCheck(load("dynalite/validations/query.js"), (input) => selectFault("Query", input)),
  Scan: withCheck(
    load("dynalite/validations/scan.js"),
    (input) => segmentFault(input) ?? selectFault("Scan", input),
  ),
  TagResource: load("dynalite/validations/tagResource.js") as Rules,
  UntagResource: load("dynalite/validations/untagResource.js") as Rules,
  UpdateItem: withOnFailure(load("dynalite/validations/updateItem.js")),
  UpdateTable: withIndexUpdates(load("dynalite/validations/updateTable.js")),
};
