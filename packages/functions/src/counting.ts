// Counts what a batch asks of the store, around the port: core knows nothing of metrics.
import { Conflict } from "@stripe-lanes/core/errors";
import { isTie } from "@stripe-lanes/core/row";
import type { Changes, Store } from "@stripe-lanes/core/store";

export type Counts = {
  /** Calls of the store; what its adapter or the SDK repeats by itself is not seen here. */
  roundTrips: number;
  /** Commits that came too late: another writer had changed a row since it was read. */
  conflicts: number;
  /** Rows that were committed with a tie left in them (D4). */
  ties: number;
};

/** The store that counts, and the counts as they grow: one pair an invocation. */
export function counting(store: Store): { store: Store; counts: Counts } {
  const counts: Counts = { roundTrips: 0, conflicts: 0, ties: 0 };
  const counted: Store = {
    load: (...asked) => trip(counts, () => store.load(...asked)),
    commit: (...asked) => trip(counts, () => commit(store, counts, ...asked)),
    note: (...asked) => trip(counts, () => store.note(...asked)),
    withdraw: (...asked) => trip(counts, () => store.withdraw(...asked)),
    probe: (...asked) => trip(counts, () => store.probe(...asked)),
    rowsIn: (...asked) => trip(counts, () => store.rowsIn(...asked)),
    ledgerIn: (...asked) => trip(counts, () => store.ledgerIn(...asked)),
    countersIn: (...asked) => trip(counts, () => store.countersIn(...asked)),
    ledgerKeysBy: (...asked) => trip(counts, () => store.ledgerKeysBy(...asked)),
    rowsBy: (...asked) => trip(counts, () => store.rowsBy(...asked)),
    counters: (...asked) => trip(counts, () => store.counters(...asked)),
  };
  return { store: counted, counts };
}

function trip<T>(counts: Counts, ask: () => Promise<T>): Promise<T> {
  counts.roundTrips += 1;
  return ask();
}

async function commit(store: Store, counts: Counts, changes: Changes, now: number): Promise<void> {
  try {
    await store.commit(changes, now);
  } catch (error) {
    if (error instanceof Conflict) counts.conflicts += 1;
    throw error;
  }
  counts.ties += changes.rows.filter(isTie).length;
}
