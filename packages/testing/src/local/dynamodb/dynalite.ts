// The only file besides `rules.ts` that touches dynalite, which has no types. Its validations, expression parsers, sort keys and a
// few actions are used; its database is not: the actions run on a stand-in that hands them what we store.
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { AwsError } from "../http.ts";
import type { AttributeValue, Item } from "./attributes.ts";
import type { Expression, Parsed } from "./expression.ts";
import type { Range } from "./ordered.ts";
import type { Rules } from "./rules.ts";
import type { KeySchema, TableDescription } from "./table.ts";
import type { Wording } from "./wording.ts";

type Fault = Error & { body: { __type: string; message?: string; Message?: string } };
type Reply = (fault: unknown, output?: unknown) => void;
type Action = (store: object, input: object, reply: Reply) => void;

type Db = {
  validateKey(key: Item, table: TableDescription): Fault | undefined;
  validateItem(item: Item, table: TableDescription): Fault | undefined;
  validateKeyPaths(paths: object | undefined, table: TableDescription): Fault | undefined;
  createKey(item: Item, table: TableDescription): string;
  createIndexKey(item: Item, table: TableDescription, schema: KeySchema): string;
  checkConditional(input: object, item: Item | undefined): Fault | null | undefined;
  matchesExprFilter(item: Item, expression: Expression): boolean;
  mapPath(path: (string | number)[], item: Item): AttributeValue | undefined;
  mapPaths(paths: unknown[], item: Item): Item;
};

type Validations = {
  checkTypes(input: object, types: Rules["types"]): object;
  checkValidations(input: object, types: Rules["types"], custom: Rules["custom"], store: object): void;
};

const load = createRequire(import.meta.url);
const db: Db = load("dynalite/db/index.js");
const validations: Validations = load("dynalite/validations/index.js");

const actions = {
  Query: load("dynalite/actions/query.js") as Action,
  Scan: load("dynalite/actions/scan.js") as Action,
  UpdateItem: load("dynalite/actions/updateItem.js") as Action,
  UpdateTable: load("dynalite/actions/updateTable.js") as Action,
};

// Sizes are ours to judge: dynalite counts UTF-16 units, AWS bytes.
const unlimited = {
  options: { maxItemSize: Number.POSITIVE_INFINITY, updateTableMs: 0 },
  tableDb: { awsAccountId: "000000000000" },
};

/** The input with unknown members dropped, numbers normalised and expressions parsed; throws `AwsError`. */
export function validate<T>({ types, custom, wording }: Rules, input: object): T {
  try {
    const checked = validations.checkTypes({ ...input }, types);
    validations.checkValidations(checked, types, custom, unlimited);
    return checked as T;
  } catch (fault) {
    throw refusal(fault, wording);
  }
}

function refusal(fault: unknown, wording: Wording = (message) => message): unknown {
  if (!(fault instanceof Error && "body" in fault)) return fault;
  const { __type, message, Message } = (fault as Fault).body;
  return new AwsError(__type.slice(__type.indexOf("#") + 1), wording(message ?? Message ?? ""));
}

const refusalOf = (fault: Fault | null | undefined) => (fault ? (refusal(fault) as AwsError) : undefined);

/** What is wrong with the key of a request, if anything. */
export const keyFault = (key: Item, table: TableDescription) => refusalOf(db.validateKey(key, table));

/** What is wrong with the key attributes of a whole item, those of the indexes included. */
export const itemFault = (item: Item, table: TableDescription) => refusalOf(db.validateItem(item, table));

/** What is wrong with the paths of a projection that lead into a key attribute, if anything. */
export const pathFault = (parsed: Parsed, table: TableDescription) =>
  refusalOf(db.validateKeyPaths(parsed._projection?.nestedPaths, table));

/** The sortable key under which an item is stored. */
export const keyOf = (item: Item, table: TableDescription) => db.createKey(item, table);

/** The same in an index; two items may share it. */
export const indexKeyOf = (item: Item, table: TableDescription, schema: KeySchema) =>
  db.createIndexKey(item, table, schema);

/** Whether an item, or none, meets the legacy `Expected` of a write; a write without it is always met. */
export const meetsExpected = (input: object, item: Item | undefined) => !db.checkConditional(input, item);
/** Whether an item meets an expression that `validate` has parsed. */
export const matchesExpression = (item: Item, expression: Expression) =>
  db.matchesExprFilter(item, expression);
/** The value at a document path; undefined where the item has none. */
export const valueAt = (path: (string | number)[], item: Item) => db.mapPath(path, item);
/** An item with the values at these paths only, as a ProjectionExpression asks for. */
export const project = (item: Item, paths: unknown[]) => db.mapPaths(paths, item);

const unlocked = (_key: string, enter: (release: (reply: Reply) => Reply) => void) => enter((reply) => reply);

/** What UpdateItem makes of an item, and the attributes it answers with. Nothing is stored. */
export function updateOf(table: TableDescription, input: object, before: Item | undefined) {
  let after: Item = {};
  const items = {
    lock: unlocked,
    get: (_key: string, reply: Reply) => reply(null, before),
    put: (_key: string, item: Item, reply: Reply) => {
      after = item;
      reply(null);
    },
  };
  const index = {
    put: (_key: string, _item: Item, reply: Reply) => reply(null),
    del: (_key: string, reply: Reply) => reply(null),
  };
  const output = runAtOnce(actions.UpdateItem, storeOf(table, items, index), input);
  return { after, attributes: (output as { Attributes?: Item }).Attributes };
}

/** Changes a table's description in place, its status a moment later. */
export function updateTable(table: TableDescription, input: object): object {
  const tables = {
    lock: unlocked,
    put: (_key: string, _table: object, reply: Reply) => reply(null),
  };
  return runAtOnce(actions.UpdateTable, { ...storeOf(table, {}, {}), tableDb: tables }, input) as object;
}

/** What Query and Scan read: the items of the table or one of its indexes, in the order of their keys. */
export type Source = {
  table: TableDescription;
  items(range: Range): Iterable<Item>;
  entries(index: string, range: Range): Iterable<Item>;
  item(key: string): Item | undefined;
};

export type SearchOutput = { Items?: Item[]; Count: number; ScannedCount: number; LastEvaluatedKey?: Item };

/** One page of a Query or Scan. Rejects with AwsError when dynalite refuses the input. */
export function search(operation: "Query" | "Scan", source: Source, input: object): Promise<SearchOutput> {
  const items = {
    createValueStream: (range: Range) => Readable.from(source.items(range)),
    get: (key: string, reply: Reply) => reply(null, source.item(key)),
  };
  const entries = (index: string) => ({
    createValueStream: (range: Range) => Readable.from(source.entries(index, range)),
  });
  const store = {
    ...storeOf(source.table, items, {}),
    getIndexDb: (_kind: string, _table: string, index: string) => entries(index),
  };
  return new Promise((resolve, reject) => {
    actions[operation](store, input, (fault, output) =>
      fault ? reject(refusal(fault)) : resolve(output as SearchOutput),
    );
  });
}

function storeOf(table: TableDescription, items: object, index: object) {
  return {
    ...unlimited,
    getTable: (...parameters: unknown[]) => (parameters.at(-1) as Reply)(null, table),
    getItemDb: () => items,
    getIndexDb: () => index,
  };
}

/** Runs an action whose store answers at once, so that it is over when this returns: nothing can come between. */
function runAtOnce(action: Action, store: object, input: object): unknown {
  let answer: { fault: unknown; output: unknown } | undefined;
  action(store, input, (fault, output) => {
    answer = { fault, output };
  });
  if (!answer) throw new Error("dynalite did not answer at once");
  if (answer.fault) throw refusal(answer.fault);
  return answer.output;
}
