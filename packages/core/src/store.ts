// The store as core needs it, in the domain's words; memory.ts and dynamo.ts are its adapters.
import type { Key } from "./keys.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { Counter, CounterDelta, Row } from "./row.ts";

/** What was read: by `keyText`; a key that is not there was read and found empty. */
export type Loaded = {
  rows: Map<string, Row>;
  ledger: Map<string, LedgerEntry>;
};

/** One transaction: all of it or nothing. */
export type Changes = {
  /** Each is written only if it is still at the revision before its own: `revision - 1`, 0 for none. */
  rows: Row[];
  /** Each is written only where there is no entry, or one that is parked, without outcome, or expired (D6). */
  ledger: LedgerEntry[];
  /** Added to counters, whatever they are. */
  moves: CounterDelta[];
};

/** DynamoDB's most for one transaction. */
export const MOST_ACTIONS = 100;

export function actionsIn({ rows, ledger, moves }: Changes): number {
  return rows.length + ledger.length + moves.length;
}

export type Page<T> = {
  found: T[];
  /** To be handed back for what follows; missing at the end. */
  next?: string;
};

export type PageOptions = {
  /** At most this many. */
  limit: number;
  after?: string | undefined;
};

export type RowPageOptions = PageOptions & {
  /** Only those whose sort key begins with it. */
  prefix?: string | undefined;
};

/**
 * Every method throws `Unavailable` when the store cannot answer now, and nothing else unless it says so.
 */
export interface Store {
  /** Reads rows and ledger entries. `consistent` sees every commit made before; without it one may be missed. */
  load(keys: Key[], options: { consistent: boolean }): Promise<Loaded>;
  /**
   * Commits all changes in one transaction.
   * @throws Conflict when a condition does not hold or another transaction holds one of the rows.
   * @throws Defect when the store refuses the changes for what they are: none, too many, or two of one key.
   */
  commit(changes: Changes, now: number): Promise<void>;
  /**
   * Notes in an event's ledger row that a receive starts it alone, beside what others noted; the same twice is once.
   * @throws Conflict when the event has had its outcome.
   */
  note(entry: LedgerEntry, start: string, now: number): Promise<void>;
  /**
   * Takes that note back, and nobody else's.
   * @throws Conflict when the event has had its outcome, or there is no row.
   */
  withdraw(key: Key, start: string, now: number): Promise<void>;
  /** Writes what nobody reads: it succeeds where the store takes writes at all. */
  probe(now: number): Promise<void>;

  /** The rows that live in a partition, without its ledger, in the order of their keys; the cursor is a sort key. */
  rowsIn(pk: string, page: RowPageOptions): Promise<Page<Row>>;
  /** The counters in a partition, in the order of their keys; the cursor is a sort key. */
  countersIn(pk: string, page: PageOptions): Promise<Page<Counter>>;
  /** The ledger of a partition, oldest event first; the cursor is a sort key, so that ledgers can be read side by side. */
  ledgerIn(pk: string, page: PageOptions): Promise<Page<LedgerEntry>>;
  /** Where ledger entries of an object are that has no row: the keys that the first index lists, oldest event first. */
  ledgerKeysBy(pk: string, limit: number): Promise<Key[]>;
  /** The rows that an index partition lists: `gsi1` by relation, `gsi2` by status. */
  rowsBy(index: "gsi1" | "gsi2", pk: string, page: RowPageOptions): Promise<Page<Row>>;
  counters(keys: Key[]): Promise<Counter[]>;
}
