// Validation and parsing of requests on one item, remembered by shape. The requests of a program differ in their
// values alone, and parsing the same condition anew was half of what a transaction cost.
import { type AttributeValue, type Item, isPlainItem, isTooDeep } from "./attributes.ts";
import type { CapacityMode } from "./capacity.ts";
import type { CollectionMode } from "./collections.ts";
import { validate } from "./dynalite.ts";
import { nestedTooDeep } from "./errors.ts";
import type { Parsed } from "./expression.ts";
import { rules } from "./rules.ts";

export type Input = Record<string, unknown>;

export type ItemOperation = "DeleteItem" | "GetItem" | "PutItem" | "UpdateItem";

/** A request that is well formed; whether it fits its table is another question. */
export type Accepted = Parsed & {
  TableName: string;
  Item?: Item | undefined;
  Key?: Item | undefined;
  AttributesToGet?: string[];
  ConsistentRead?: boolean;
  ExpressionAttributeValues?: Item | undefined;
  ReturnConsumedCapacity?: CapacityMode;
  ReturnItemCollectionMetrics?: CollectionMode;
  ReturnValues?: string;
  ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
};

export type Accept = (operation: ItemOperation, input: Input) => Accepted;

const mostShapes = 1000;

/** Refuses what dynalite refuses, with its words; throws `AwsError`. */
export function acceptor(): Accept {
  const templates = new Map<string, Accepted>();
  return (operation, input) => {
    if ([input.Item, input.Key, input.ExpressionAttributeValues].some(isTooDeep)) throw nestedTooDeep();
    const shape = shapeOf(operation, input);
    if (shape === undefined) return validate(rules[operation], input);
    let template = templates.get(shape);
    if (!template) {
      const { Item: _item, Key: _key, ...accepted } = validate<Accepted>(rules[operation], input);
      template = accepted;
      if (templates.size >= mostShapes) templates.clear();
      templates.set(shape, template);
    }
    return withValues(template, input as Values);
  };
}

type Values = { Item?: Item; Key?: Item; ExpressionAttributeValues?: Item };

// These are judged by the values themselves, not by their types.
const judgedByValue = /between|attribute_type/i;

/** Everything but the values; undefined when a value needs dynalite's scrutiny. */
function shapeOf(operation: ItemOperation, input: Input): string | undefined {
  const { Item, Key, ExpressionAttributeValues: values, ...rest } = input;
  if (!isPlain(Item) || !isPlain(Key) || !isPlain(values)) return undefined;
  const shape = JSON.stringify([
    operation,
    rest,
    Item !== undefined,
    Key !== undefined,
    values && typesOf(values),
  ]);
  return judgedByValue.test(shape) ? undefined : shape;
}

const isPlain = (item: unknown): item is Item | undefined => item === undefined || isPlainItem(item);

const typesOf = (values: Item) =>
  Object.keys(values).map((name) => [name, ...Object.keys(values[name] ?? {})]);

function withValues(template: Accepted, { Item, Key, ExpressionAttributeValues: values }: Values): Accepted {
  const accepted = { ...template, Item, Key, ExpressionAttributeValues: values };
  if (!values && !template._updates) return accepted;
  const actual = new Map<unknown, AttributeValue | undefined>();
  for (const [name, placeholder] of Object.entries(template.ExpressionAttributeValues ?? {})) {
    actual.set(placeholder, values?.[name]);
  }
  accepted._condition = substitute(template._condition, actual);
  accepted._updates = substitute(template._updates, actual);
  return accepted;
}

/** A copy of a parsed expression with the values of another request; UpdateItem writes into its copy. */
function substitute<T>(node: T, actual: Map<unknown, unknown>): T {
  if (typeof node !== "object" || node === null) return node;
  if (actual.has(node)) return actual.get(node) as T;
  if (Array.isArray(node)) return node.map((child) => substitute(child, actual)) as T;
  return Object.fromEntries(
    Object.entries(node).map(([name, child]) => [name, substitute(child, actual)]),
  ) as T;
}
