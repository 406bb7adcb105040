// One write of one item, alone or in a transaction: proposed, located in its table, decided on the item as it is
// now, and committed. Nothing here waits, so no request ever sees half a write.
import { AwsError } from "../http.ts";
import type { Accepted, Input, ItemOperation } from "./accept.ts";
import { type Item, isTooDeep, maximumItemBytes } from "./attributes.ts";
import { type Bill, chargeIndex, chargeTable, consumedCapacity, writeUnits } from "./capacity.ts";
import { collectionMetrics } from "./collections.ts";
import { holds } from "./condition.ts";
import { type Database, findTable, isLocked, spend } from "./database.ts";
import { itemFault, keyFault, keyOf, updateOf } from "./dynalite.ts";
import { conditionalCheckFailed, nestedTooDeep, transactionConflict, validationException } from "./errors.ts";
import { applyIndexChange, describedFor, type IndexChange, indexChanges } from "./indexes.ts";
import { refuseEmptyIndexKey, refuseEmptyKey } from "./keys.ts";
import { tellReaders } from "./stream.ts";
import { type Stored, stored, type Table } from "./table.ts";

export type WriteKind = "ConditionCheck" | "Delete" | "Put" | "Update";

/** A write that is well formed, whatever its table says. */
export type Proposal = { kind: WriteKind; request: Accepted; put: Stored | undefined };

export type Write = Proposal & { table: Table; key: string };

/** What becomes of a write. One that was refused leaves the item as it was. */
export type Decision = Write & {
  before: Stored | undefined;
  after: Stored | undefined;
  indexes: IndexChange[];
  attributes?: Item | undefined;
  refused?: AwsError;
};

const operationOf: Record<WriteKind, ItemOperation> = {
  ConditionCheck: "DeleteItem",
  Delete: "DeleteItem",
  Put: "PutItem",
  Update: "UpdateItem",
};

/** PutItem, UpdateItem and DeleteItem: refused on arrival while a transaction has the item. */
export const beginWrite = (kind: WriteKind) => (database: Database, input: Input) => {
  const proposal = propose(database, kind, input);
  const write = locate(findTable(database, proposal.request.TableName), proposal);
  if (write instanceof AwsError) throw write;
  if (isLocked(database, write.table, write.key)) {
    database.metrics.conflicts += 1;
    throw transactionConflict();
  }
  return () => perform(database, write);
};

function perform(database: Database, write: Write): object {
  const decision = decide(write);
  const bill = spend(database, "writeUnits", billOf([decision]));
  if (decision.refused) throw decision.refused;
  commit(database, decision);
  return {
    Attributes: decision.attributes,
    ConsumedCapacity: consumedCapacity(bill, write.request.ReturnConsumedCapacity),
    ItemCollectionMetrics: collectionMetrics(
      write.table,
      itemOf(write),
      write.request.ReturnItemCollectionMetrics,
    ),
  };
}

/** As far as the request names it: at least its key. */
export const itemOf = ({ request }: Pick<Write, "request">): Item => request.Item ?? request.Key ?? {};

/**
 * Checks the request alone. Throws ValidationException for what is malformed or for an item of more than 409,600
 * bytes.
 */
export function propose(database: Database, kind: WriteKind, input: Input): Proposal {
  const request = database.accept(operationOf[kind], input);
  const put = request.Item && stored(request.Item);
  if (put && put.bytes > maximumItemBytes) {
    throw validationException("Item size has exceeded the maximum allowed size");
  }
  return { kind, request, put };
}

/** Finds the item of a write in its table; gives what is wrong with the key, if anything is. */
export function locate(table: Table, proposal: Proposal): Write | AwsError {
  const attributes = itemOf(proposal);
  refuseEmptyKey(table, attributes);
  if (proposal.put) refuseEmptyIndexKey(table, attributes);
  const fault = (proposal.put ? itemFault : keyFault)(attributes, table.description);
  return fault ?? { ...proposal, table, key: keyOf(attributes, table.description) };
}

/**
 * What the write would do to the item as it is now; nothing is stored. An AwsError becomes `refused`, since a
 * refused write is billed too.
 */
export function decide(write: Write): Decision {
  const before = write.table.items.get(write.key);
  try {
    const outcome = outcomeOf(write, before);
    const indexes = indexChanges(write.table, before?.item, outcome.after?.item);
    return { ...write, before, ...outcome, indexes };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ...write, before, after: before, indexes: [], refused: error };
  }
}

/**
 * Stores the item, changes the indexes and tells the stream's readers; a refused write or a check does none of it.
 */
export function commit({ clock }: Pick<Database, "clock">, decision: Decision): void {
  const { table, key, before, after, indexes } = decision;
  if (after === before) return;
  if (after) table.items.set(key, after);
  if (!after) table.items.delete(key);
  indexes.forEach(applyIndexChange);
  tellReaders(table, { before: before?.item, after: after?.item, at: clock.now() });
}

/** A write consumes the larger of its item before and after, a refused one what the item takes as it is. */
export function billOf(decisions: Decision[], writes = 1): Bill {
  const bill: Bill = new Map();
  for (const { table, before, after, indexes } of decisions) {
    chargeTable(bill, table.name, writes * Math.max(writeUnits(before?.bytes), writeUnits(after?.bytes)));
    for (const { index, units } of indexes) chargeIndex(bill, table.name, index, units);
  }
  return bill;
}

type Outcome = { after: Stored | undefined; attributes?: Item | undefined };

const outcomes: Record<WriteKind, (write: Write, before: Stored | undefined) => Outcome> = {
  ConditionCheck: (_write, before) => ({ after: before }),
  Delete: ({ request }, before) => ({ after: undefined, attributes: oldAttributes(request, before) }),
  Put: ({ request, put }, before) => ({ after: put, attributes: oldAttributes(request, before) }),
  Update: ({ table, request }, before) => update(table, request, before),
};

function outcomeOf(write: Write, before: Stored | undefined): Outcome {
  const { request, kind } = write;
  if (!holds(request, before?.item)) {
    const shown = request.ReturnValuesOnConditionCheckFailure === "ALL_OLD" ? before?.item : undefined;
    throw conditionalCheckFailed(shown);
  }
  return outcomes[kind](write, before);
}

const oldAttributes = (request: Accepted, before: Stored | undefined) =>
  request.ReturnValues === "ALL_OLD" ? before?.item : undefined;

function update(table: Table, request: Accepted, before: Stored | undefined): Outcome {
  const unconditional = { ...request, _condition: undefined, Expected: undefined };
  const { after, attributes } = updateOf(describedFor(table, before?.item), unconditional, before?.item);
  const updated = stored(after);
  if (updated.bytes > maximumItemBytes) {
    throw validationException("Item size to update has exceeded the maximum allowed size");
  }
  if (isTooDeep(after)) throw nestedTooDeep();
  refuseEmptyIndexKey(table, after);
  return { after: updated, attributes };
}
