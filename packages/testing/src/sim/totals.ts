// What many histories come to: folded one after the other, so that none of them has to be kept.
import type { Invariant } from "./checks.ts";
import type { History } from "./ending.ts";
import { FAULT_NAMES, type FaultName } from "./faults.ts";
import type { Plan } from "./plan.ts";

/** What must hold, as a person would say it. */
export const INVARIANTS = {
  "nothing is lost": "every event ends applied, superseded, duplicate, ignored or parked",
  "nothing counts twice": "stock, refunds and facts are what they are in truth",
  "the rows are the truth": "once the world is quiet, each row is what Stripe knows to be true",
  "a tombstone stays": "what is deleted does not come back",
  "no innocent is parked":
    "only what was made bad is parked, and a redrive empties the queue once it is mended",
  "nobody waits for a bad customer":
    "others wait no longer than for its tries in place, and the queue drains",
  "no version goes back": "no row, and no part of one, returns to an older version",
} as const satisfies Record<Invariant, string>;

/** Beside the invariants a history has to come to its end: code that throws proves nothing. */
export type Broken = { invariant: Invariant | "the history ends"; what: string };

export type Failure = { plan: Plan; violations: Broken[] };

/** A history that came to its end, or the failure of one that did not. */
export type Finished = { history: History } | { failure: Failure };

export type Totals = {
  histories: number;
  /** That Stripe made. */
  events: number;
  /** Events by how they ended. */
  ended: History["ended"];
  /** Deliveries that changed nothing. */
  duplicates: number;
  /** Messages that could never be handled. */
  hopeless: number;
  batches: number;
  /** Of the virtual clocks, all histories together. */
  days: number;
  /** Milliseconds from the last fault until nothing was on its way any more: the greatest. */
  drainedIn: number;
  /** Milliseconds that an innocent waited where only its neighbours failed: the greatest. */
  longestWait: number;
  /** How often each fault struck. */
  struck: Record<FaultName, number>;
  /** How many there were; of the histories that have any, the first are in `failures`. */
  violations: number;
  failures: Failure[];
};

/** Failures that are kept: who has so many to look at needs no more. */
const MOST_KEPT = 10;

export function noTotals(): Totals {
  return {
    histories: 0,
    events: 0,
    ended: { applied: 0, superseded: 0, duplicate: 0, ignored: 0, parked: 0, lost: 0 },
    duplicates: 0,
    hopeless: 0,
    batches: 0,
    days: 0,
    drainedIn: 0,
    longestWait: 0,
    struck: Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Totals["struck"],
    violations: 0,
    failures: [],
  };
}

/** The totals with one history more. */
export function withHistory(totals: Totals, finished: Finished): Totals {
  const failure = failureOf(finished);
  return {
    ...("history" in finished ? added(totals, finished.history) : totals),
    histories: totals.histories + 1,
    violations: totals.violations + (failure?.violations.length ?? 0),
    failures: failure ? [...totals.failures, failure].slice(0, MOST_KEPT) : totals.failures,
  };
}

export function failureOf(finished: Finished): Failure | undefined {
  if ("failure" in finished) return finished.failure;
  const { plan, violations } = finished.history;
  return violations.length > 0 ? { plan, violations } : undefined;
}

function added(totals: Totals, history: History): Totals {
  return {
    ...totals,
    events: totals.events + history.events,
    ended: sums(totals.ended, history.ended),
    duplicates: totals.duplicates + history.duplicates,
    hopeless: totals.hopeless + history.hopeless,
    batches: totals.batches + history.batches,
    days: totals.days + history.days,
    drainedIn: Math.max(totals.drainedIn, history.drainedIn),
    longestWait: Math.max(totals.longestWait, history.longestWait),
    struck: sums(totals.struck, Object.fromEntries(history.struck)),
  };
}

function sums<Name extends string>(
  one: Record<Name, number>,
  other: Partial<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(one) as Name[];
  return Object.fromEntries(names.map((name) => [name, one[name] + (other[name] ?? 0)])) as Record<
    Name,
    number
  >;
}

/** How often anything went wrong that was meant to. */
export function faultsIn({ struck }: Pick<Totals, "struck">): number {
  return Object.values(struck).reduce((sum, count) => sum + count, 0);
}
