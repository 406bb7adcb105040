// Makes the plan of a failing history smaller, as long as the same invariant still breaks.
import { isDeepStrictEqual } from "node:util";
import { FAULT_NAMES, type FaultName } from "./faults.ts";
import type { Plan } from "./plan.ts";
import { finish, type Run, runnerHere } from "./runner.ts";
import { withOnly } from "./simulate.ts";
import { type Broken, failureOf } from "./totals.ts";

export type ShrinkOptions = {
  run?: Run;
  /** Histories that are run at the most. */
  most?: number;
  /** Ends it with the smallest plan so far. */
  signal?: AbortSignal;
};

export type Shrunk = {
  /** With the same shares of the faults that are left in it. */
  plan: Plan;
  /** What breaks in it. */
  violations: readonly Broken[];
  /** Histories that were run to find it. */
  runs: number;
};

type Search = Shrunk & Required<Omit<ShrinkOptions, "signal">> & Pick<ShrinkOptions, "signal">;

const MOST_RUNS = 60;

/** What makes a history easier to read, tried in this order. */
const SIMPLER: readonly Partial<Plan>[] = [
  { echoes: false },
  { lanes: 2 },
  { concurrency: 2 },
  { days: 1 },
  { account: null },
];

/**
 * Gives the smallest plan that it finds in which the invariant of the first violation breaks: of fewer events, with
 * fewer faults, in a simpler world. The same plan gives the same, as long as no signal ends it.
 * @throws RangeError where nothing is violated
 */
export async function shrink(
  plan: Plan,
  violations: readonly Broken[],
  { run = runnerHere().run, most = MOST_RUNS, signal }: ShrinkOptions = {},
): Promise<Shrunk> {
  if (violations.length === 0) throw new RangeError("Nothing is violated: there is nothing to shrink.");
  const search: Search = { plan, violations, runs: 0, run, most, ...(signal && { signal }) };
  await endSooner(search);
  await leaveOut(
    search,
    FAULT_NAMES.filter((name) => name in plan.chances),
  );
  for (const simpler of SIMPLER) await takes(search, { ...search.plan, ...simpler });
  await endSooner(search);
  return { plan: search.plan, violations: search.violations, runs: search.runs };
}

/** Goes on with the smaller plan where the same breaks in it. */
async function takes(search: Search, plan: Plan): Promise<boolean> {
  const { run, most, signal, violations } = search;
  if (search.runs >= most || signal?.aborted || isDeepStrictEqual(plan, search.plan)) return false;
  search.runs += 1;
  const found = failureOf(await finish(run, plan))?.violations ?? [];
  const same = found.filter(({ invariant }) => invariant === violations[0]?.invariant);
  if (same.length === 0 || signal?.aborted) return false;
  search.plan = plan;
  search.violations = same;
  return true;
}

/** Half of the events first, then by smaller steps. */
async function endSooner(search: Search): Promise<void> {
  let step = Math.floor(search.plan.first / 2);
  while (step >= 1) {
    const first = search.plan.first - step;
    const isTaken = first >= 1 && (await takes(search, { ...search.plan, first }));
    step = isTaken ? Math.min(step, Math.floor(first / 2)) : Math.floor(step / 2);
  }
}

/** All of them at once, else each half by itself: what stays was tried alone. */
async function leaveOut(search: Search, faults: readonly FaultName[]): Promise<void> {
  const others = FAULT_NAMES.filter((name) => !faults.includes(name));
  if (faults.length === 0 || (await takes(search, withOnly(search.plan, others))) || faults.length === 1) {
    return;
  }
  const half = Math.ceil(faults.length / 2);
  await leaveOut(search, faults.slice(0, half));
  await leaveOut(search, faults.slice(half));
}
