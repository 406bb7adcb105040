// TransactWriteItems: all or nothing. It takes its items on arrival and decides when it ends, so that with a
// latency two transactions can overlap as they do on AWS; what decides and commits is one step.
import type { AwsError } from "../http.ts";
import type { Input } from "./accept.ts";
import { type Item, itemBytes } from "./attributes.ts";
import {
  type Bill,
  type CapacityMode,
  chargeTable,
  consistency,
  consumedCapacities,
  readUnits,
  transactionalWrites,
} from "./capacity.ts";
import { collectionsMetrics } from "./collections.ts";
import { type Database, findTable, lockOf, spend } from "./database.ts";
import { type CancellationReason, notCancelled, transactionCanceled, validationException } from "./errors.ts";
import { fingerprintOf, holdToken, releaseToken, repetition, settleToken } from "./tokens.ts";
import { conflictReasons, type Envelope, openEnvelope, refuseUnfit } from "./transaction.ts";
import {
  billOf,
  commit,
  type Decision,
  decide,
  itemOf,
  locate,
  type Proposal,
  propose,
  type Write,
  type WriteKind,
} from "./write.ts";

const largestTransaction = 4 * 1024 * 1024;

/** Does what happens on arrival; what it gives ends the transaction. */
export function beginTransactWrite(database: Database, input: Input): () => object {
  const envelope = openEnvelope(input);
  const { items, token, mode } = envelope;
  const fingerprint = token === undefined ? "" : fingerprintOf(items);
  const proposals = items.map((action, position) => proposeAction(database, action, position + 1));
  const repeated = token === undefined ? undefined : repetition(database, token, fingerprint);
  if (repeated) return () => answerAgain(database, repeated, mode);

  const writes = locateAll(database, proposals);
  const conflicts = conflictReasons(database, writes);
  if (conflicts) throw transactionCanceled(conflicts);
  const release = hold(database, writes);
  if (token !== undefined) holdToken(database, token, fingerprint);
  return () => {
    release();
    return finish(database, writes, envelope);
  };
}

const kinds: WriteKind[] = ["ConditionCheck", "Delete", "Put", "Update"];

/** An expression that an action of its kind cannot be without. */
const required: { [kind in WriteKind]?: string } = {
  ConditionCheck: "ConditionExpression",
  Update: "UpdateExpression",
};

function proposeAction(database: Database, action: Input, member: number): Proposal {
  const [kind, another] = kinds.filter((name) => action[name] !== undefined);
  if (kind === undefined || another !== undefined) {
    throw validationException("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  const request = action[kind] as Input;
  const expression = required[kind];
  if (expression && request[expression] === undefined) throw missing(member, kind, expression);
  return propose(database, kind, request);
}

function missing(member: number, kind: string, expression: string): AwsError {
  const path = `transactItems.${member}.member.${lowerFirst(kind)}.${lowerFirst(expression)}`;
  return validationException(
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function locateAll(database: Database, proposals: Proposal[]): Write[] {
  const placed = proposals.map((proposal) => ({
    proposal,
    table: findTable(database, proposal.request.TableName),
  }));
  const writes = refuseUnfit(placed.map(({ proposal, table }) => locate(table, proposal)));
  if (writes.reduce((bytes, write) => bytes + payloadBytes(write), 0) > largestTransaction) {
    throw validationException("Transaction payload size cannot exceed 4MB");
  }
  return writes;
}

function payloadBytes({ put, request }: Write): number {
  const bytes = (item: Item | undefined) => (item ? itemBytes(item) : 0);
  return put ? put.bytes : bytes(request.Key) + bytes(request.ExpressionAttributeValues);
}

function hold({ locks }: Database, writes: Write[]): () => void {
  const held = writes.map(({ table, key }) => lockOf(table, key));
  for (const lock of held) locks.add(lock);
  return () => {
    for (const lock of held) locks.delete(lock);
  };
}

function finish(database: Database, writes: Write[], { token, mode, collections }: Envelope): object {
  const decisions = writes.map(decide);
  if (decisions.some((decision) => decision.refused)) {
    if (token !== undefined) releaseToken(database, token);
    spend(database, "writeUnits", billOf(decisions.map(withoutIndexes), transactionalWrites));
    throw transactionCanceled(decisions.map(reasonOf));
  }
  const bill = spend(database, "writeUnits", billOf(decisions, transactionalWrites));
  for (const decision of decisions) commit(database, decision);
  if (token !== undefined) settleToken(database, token, readsOf(decisions));
  const written = writes
    .filter(({ kind }) => kind !== "ConditionCheck")
    .map((write) => ({ table: write.table, item: itemOf(write) }));
  return {
    ConsumedCapacity: consumedCapacities(bill, mode, "WriteCapacityUnits"),
    ItemCollectionMetrics: collectionsMetrics(written, collections),
  };
}

// AWS does not say what a cancelled transaction costs. Its items are counted in full, so that a bill measured here
// is never too small; its indexes are not touched.
const withoutIndexes = (decision: Decision): Decision => ({ ...decision, indexes: [] });

function reasonOf({ refused }: Decision): CancellationReason {
  if (!refused) return notCancelled;
  const failed = refused.code === "ConditionalCheckFailedException";
  return {
    Code: failed ? "ConditionalCheckFailed" : "ValidationError",
    Message: refused.message,
    ...refused.members,
  };
}

function readsOf(decisions: Decision[]): Bill {
  const bill: Bill = new Map();
  for (const { table, before, after } of decisions) {
    const bytes = Math.max(before?.bytes ?? 0, after?.bytes ?? 0);
    chargeTable(bill, table.name, readUnits(bytes, consistency.transactional));
  }
  return bill;
}

function answerAgain(database: Database, reads: Bill, mode: CapacityMode): object {
  spend(database, "readUnits", reads);
  return { ConsumedCapacity: consumedCapacities(reads, mode, "ReadCapacityUnits") };
}
