// What both kinds of transaction share: their envelope, one item once, and conflicts with others in flight.
import type { AwsError } from "../http.ts";
import type { Accepted, Input } from "./accept.ts";
import type { CapacityMode } from "./capacity.ts";
import type { CollectionMode } from "./collections.ts";
import { type Database, type ItemKey, isLocked, lockOf } from "./database.ts";
import { validate } from "./dynalite.ts";
import { type CancellationReason, notCancelled, transactionCanceled, validationException } from "./errors.ts";
import { keyIn } from "./keys.ts";
import type { Rules } from "./rules.ts";
import type { Table } from "./table.ts";

const mostActions = 100;

const envelope: Rules = {
  types: {
    ClientRequestToken: { type: "String", lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
    TransactItems: {
      type: "List",
      notNull: true,
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: mostActions,
      children: "Boolean",
    },
    ReturnConsumedCapacity: { type: "String", enum: ["INDEXES", "TOTAL", "NONE"] },
    ReturnItemCollectionMetrics: { type: "String", enum: ["SIZE", "NONE"] },
  },
};

export type Envelope = {
  items: Input[];
  token: string | undefined;
  mode: CapacityMode;
  collections: CollectionMode | undefined;
};

type CheckedEnvelope = {
  ClientRequestToken?: string;
  ReturnConsumedCapacity?: CapacityMode;
  ReturnItemCollectionMetrics?: CollectionMode;
};

/** Checks a transaction but for its actions, which are checked one by one. */
export function openEnvelope(input: Input): Envelope {
  const items = input.TransactItems;
  const standIns = Array.isArray(items) ? items.map(() => true) : items;
  const checked = validate<CheckedEnvelope>(envelope, {
    ...input,
    TransactItems: standIns,
  });
  return {
    items: items as Input[],
    token: checked.ClientRequestToken,
    mode: checked.ReturnConsumedCapacity,
    collections: checked.ReturnItemCollectionMetrics,
  };
}

/** An item that a transaction names. */
export type Target = { table: Table; key: string; request: Pick<Accepted, "Item" | "Key"> };

/** Throws unless every key fits its table, positionally, and no item is named twice. */
export function refuseUnfit<T extends Target>(located: (T | AwsError)[]): T[] {
  if (located.some((target) => target instanceof Error)) throw transactionCanceled(located.map(unfitReason));
  const targets = located as T[];
  if (new Set(targets.map(({ table, key }) => lockOf(table, key))).size < targets.length) {
    throw validationException("Transaction request cannot include multiple operations on one item");
  }
  return targets;
}

const unfitReason = (target: Target | AwsError): CancellationReason =>
  target instanceof Error ? { Code: "ValidationError", Message: target.message } : notCancelled;

/** The reasons why another transaction is in the way, or none. An injected conflict is the first item's. */
export function conflictReasons(database: Database, targets: Target[]): CancellationReason[] | undefined {
  const injected = database.hooks.conflicts?.(targets.map(itemKeyOf)) ?? false;
  const conflicts = targets.map(
    ({ table, key }, position) => (injected && position === 0) || isLocked(database, table, key),
  );
  if (!conflicts.includes(true)) return undefined;
  database.metrics.conflicts += 1;
  return conflicts.map((conflict) => (conflict ? transactionConflictReason : notCancelled));
}

const itemKeyOf = ({ table, request }: Target): ItemKey => ({
  TableName: table.name,
  Key: keyIn(table, request.Item ?? request.Key ?? {}),
});

const transactionConflictReason: CancellationReason = {
  Code: "TransactionConflict",
  Message: "Transaction is ongoing for the item",
};
