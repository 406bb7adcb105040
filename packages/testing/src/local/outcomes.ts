// What became of every message, as the worker's own log lines say.
import type { Outcome } from "@stripe-lanes/core/ledger";

export type Outcomes = {
  /** Reads one line of a function's output; gives whether it told an outcome. */
  read(line: string): boolean;
  /**
   * How many messages ended so. A message that was delivered again keeps the outcome it had first, and so does
   * one that was moved, whose first message may come again if the worker was killed between sending and deleting.
   */
  count(outcome: Outcome): number;
  parkedReasons(): Record<string, number>;
  /** Tries that came to no end. */
  retries(): number;
  settled(): number;
};

const ENDS: ReadonlySet<string> = new Set<Outcome>([
  "applied",
  "superseded",
  "duplicate",
  "ignored",
  "parked",
]);

/** What a line of the worker's says of one message; `retried` is no end. */
export type OutcomeLine = {
  origin: string;
  outcome: Outcome | "retried";
  reason?: string;
  eventId?: string;
  eventType?: string;
};

export type OutcomesOptions = { onOutcome?(line: OutcomeLine): void };

/** Counts from now on. `onOutcome` gets each end that is counted, and each try that came to no end. */
export function outcomes({ onOutcome }: OutcomesOptions = {}): Outcomes {
  const ends = new Map<string, OutcomeLine>();
  let retries = 0;
  return {
    read(text) {
      const line = lineOf(text);
      if (line === undefined) return false;
      const isEnd = ENDS.has(line.outcome);
      if (isEnd && !isOpen(ends.get(line.origin))) return true;
      if (isEnd) ends.set(line.origin, line);
      else retries += 1;
      onOutcome?.(line);
      return true;
    },
    count: (outcome) => [...ends.values()].filter((end) => end.outcome === outcome).length,
    parkedReasons: () => countBy([...ends.values()].filter(({ outcome }) => outcome === "parked")),
    retries: () => retries,
    settled: () => ends.size,
  };
}

/** What was parked may be redriven, and then comes to another end. */
function isOpen(end: OutcomeLine | undefined): boolean {
  return end === undefined || end.outcome === "parked";
}

function lineOf(text: string): OutcomeLine | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const line = JSON.parse(text) as Partial<OutcomeLine>;
    return line.origin === undefined || line.outcome === undefined ? undefined : (line as OutcomeLine);
  } catch {
    return undefined;
  }
}

function countBy(parked: OutcomeLine[]): Record<string, number> {
  const groups = Map.groupBy(parked, ({ reason = "unknown" }) => reason);
  return Object.fromEntries([...groups].sort().map(([reason, lines]) => [reason, lines.length]));
}
