// Everything one local DynamoDB knows: its tables, the transactions in flight and of late, and what was consumed.
import type { Clock } from "../clock.ts";
import { type Accept, acceptor } from "./accept.ts";
import type { Item } from "./attributes.ts";
import { type Bill, totalUnits } from "./capacity.ts";
import { resourceNotFound } from "./errors.ts";
import type { Table } from "./table.ts";

export type ItemKey = { TableName: string; Key: Item };

/** What AWS does now and then by itself, and a test wants done on purpose. */
export type Hooks = {
  /** Asked once a transaction; true makes its first item meet another transaction. */
  conflicts?: ((keys: ItemKey[]) => boolean) | undefined;
  /** Asked once a BatchGetItem; so many of its last keys are left in `UnprocessedKeys`. */
  partialReads?: ((keys: ItemKey[]) => number) | undefined;
  /** Milliseconds of the clock until an index that UpdateTable creates can be read; none by default. */
  backfill?: number | undefined;
};

export type Metrics = {
  /** Requests by operation, those that failed included. */
  requests: Record<string, number>;
  readUnits: number;
  writeUnits: number;
  /** Requests refused because an item was in another transaction. */
  conflicts: number;
  throttles: number;
};

/** What a client request token stands for. */
export type Token = {
  fingerprint: string;
  /** Undefined while the transaction is in flight. */
  expires: number | undefined;
  /** What an answer to a repetition consumes: its items are read, not written. */
  reads: Bill;
};

export type Database = {
  clock: Pick<Clock, "now">;
  hooks: Hooks;
  accept: Accept;
  tables: Map<string, Table>;
  /** By the token that the client gave. */
  tokens: Map<string, Token>;
  /** The items of transactions in flight, by `lockOf`. */
  locks: Set<string>;
  metrics: Metrics;
};

/** Counts of zero; assigning them resets the metrics in place. */
export const noMetrics = (): Metrics => ({
  requests: {},
  readUnits: 0,
  writeUnits: 0,
  conflicts: 0,
  throttles: 0,
});

/** An empty database; `clock` is asked for expiry, tokens and timestamps. */
export function newDatabase(clock: Pick<Clock, "now">, hooks: Hooks = {}): Database {
  return {
    clock,
    hooks,
    accept: acceptor(),
    tables: new Map(),
    tokens: new Map(),
    locks: new Set(),
    metrics: noMetrics(),
  };
}

/** Throws ResourceNotFoundException, with AWS's wording for items unless a message is given. */
export function findTable(database: Database, name: string, message?: string): Table {
  const table = database.tables.get(name);
  if (!table) throw resourceNotFound(message);
  return table;
}

/** The name by which an item is locked while it is in a transaction. */
export const lockOf = (table: Table, key: string) => `${table.name}/${key}`;

/** Whether a transaction in flight has the item; the caller refuses its request then. */
export const isLocked = (database: Database, table: Table, key: string) =>
  database.locks.size > 0 && database.locks.has(lockOf(table, key));

/** Adds a bill to the metrics, and gives it back for the answer. */
export function spend(database: Database, kind: "readUnits" | "writeUnits", bill: Bill): Bill {
  database.metrics[kind] += totalUnits(bill);
  return bill;
}
