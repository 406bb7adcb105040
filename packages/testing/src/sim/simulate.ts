// The whole simulation as one call: many histories, side by side, and what they come to.
import { availableParallelism } from "node:os";
import { mixed } from "./chance.ts";
import type { FaultName } from "./faults.ts";
import { type Plan, planOf } from "./plan.ts";
import { finish, type Run, type Runner, runnerHere, runnerInThread } from "./runner.ts";
import { type Finished, noTotals, type Totals, withHistory } from "./totals.ts";

/** Events of one history: more make it slower by more than that, and hard to read. */
export const MOST_EVENTS = 2_000;

const MOST_THREADS = 8;

export type HistoriesOptions = {
  /** That Stripe makes: in all, or with `seeds` in each history. */
  events: number;
  seed: number;
  /** So many histories, of the seeds `seed`, `seed` + 1 and on. */
  seeds?: number;
  /** Only these go wrong, where a history's seed draws them; all where nothing is said. */
  faults?: readonly FaultName[];
};

export type RunOptions = {
  /** Histories at one time: as many as there are cores, and 8 at the most, unless told. 1 stays in this thread. */
  parallel?: number;
  /** Told of each history, in their order, with the totals up to it. */
  onHistory?(finished: Finished, totals: Totals): void;
  /** Ends it with the totals so far. */
  signal?: AbortSignal;
  /** What runs a history, in place of threads of their own. */
  run?: Run;
};

/**
 * Runs the product in a world that does all that `FAULTS` names, and gives what became of every event. The totals
 * are the same for the same events, seed and faults, whatever the machine. What goes wrong in a history is not
 * thrown: it is in `violations`, and the plans that show it are in `failures`.
 * @throws RangeError for events, seeds or threads that are no whole number of at least 1
 */
export function simulate({ events, seed, seeds, faults, ...options }: HistoriesOptions & RunOptions) {
  const { parallel } = options;
  for (const [name, value] of Object.entries({ events, seeds, parallel })) {
    if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) continue;
    throw new RangeError(`${name} is a whole number of at least 1, not ${value}.`);
  }
  const histories = { events, seed, ...(seeds === undefined ? {} : { seeds }), ...(faults && { faults }) };
  return runPlans(plansOf(histories), options);
}

export function historiesIn({ events, seeds }: Pick<HistoriesOptions, "events" | "seeds">): number {
  return seeds ?? Math.ceil(events / MOST_EVENTS);
}

/** The plan of each history. One of the first seed is the whole of the same events and seed alone. */
export function* plansOf(options: HistoriesOptions): Generator<Plan> {
  const { events, seed, seeds, faults } = options;
  for (let number = 1; number <= historiesIn(options); number++) {
    const plan =
      seeds === undefined
        ? planOf({ seed: seedOf(seed, number), events: sizeOf(events, number) })
        : planOf({ seed: seed + number - 1, events });
    yield faults ? withOnly(plan, faults) : plan;
  }
}

function seedOf(seed: number, number: number): number {
  return number === 1 ? seed : mixed(seed, `history ${number}`);
}

function sizeOf(events: number, number: number): number {
  return Math.min(MOST_EVENTS, events - (number - 1) * MOST_EVENTS);
}

/** The plan with these of its faults, each at the share that was drawn for it. */
export function withOnly(plan: Plan, faults: readonly FaultName[]): Plan {
  const kept = Object.entries(plan.chances).filter(([name]) => faults.includes(name as FaultName));
  return { ...plan, chances: Object.fromEntries(kept) };
}

/** Runs each plan, and folds what they come to in their order. */
export async function runPlans(plans: Iterable<Plan>, options: RunOptions): Promise<Totals> {
  const { signal } = options;
  const folding = inOrder(options.onHistory);
  const runners = runnersOf(options);
  const stop = () => runners.forEach(({ close }) => void close());
  signal?.addEventListener("abort", stop);
  try {
    const queue = numbered(plans);
    await Promise.all(runners.map((runner) => work(runner, queue, folding, signal)));
    return folding.totals();
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}

function runnersOf({ parallel = Math.min(availableParallelism(), MOST_THREADS), run }: RunOptions): Runner[] {
  if (run || parallel === 1) return [runnerHere(run)];
  return Array.from({ length: parallel }, () => runnerInThread());
}

function* numbered(plans: Iterable<Plan>): Generator<[number, Plan]> {
  let number = 0;
  for (const plan of plans) yield [number++, plan];
}

type Folding = { take(number: number, finished: Finished): void; totals(): Totals };

/** What finishes before its turn waits for it. */
function inOrder(onHistory: RunOptions["onHistory"]): Folding {
  const waiting = new Map<number, Finished>();
  let totals = noTotals();
  return {
    totals: () => totals,
    take(number, finished) {
      waiting.set(number, finished);
      for (let next = waiting.get(totals.histories); next; next = waiting.get(totals.histories)) {
        waiting.delete(totals.histories);
        totals = withHistory(totals, next);
        onHistory?.(next, totals);
      }
    },
  };
}

/** Takes the next plan as long as there is one; the queue is shared by all. */
async function work(
  { run }: Runner,
  queue: Generator<[number, Plan]>,
  folding: Folding,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [number, plan] of queue) {
    if (signal?.aborted) return;
    const finished = await finish(run, plan);
    if (signal?.aborted) return;
    folding.take(number, finished);
  }
}
