// Runs history after history until one goes wrong.
import type { Violation } from "../checks.ts";
import type { Plan } from "../plan.ts";

export type Hunt = {
  /** How many seeds, from 1 on. */
  seeds: number;
  /** Where to begin among them. */
  first: number;
  /** Of each history. */
  events: number;
  /** What the plan of each is to be instead. */
  plan: Partial<Plan>;
};

export type Caught = { seed: number; violations: Violation[] };

/** The first history that goes wrong, or null where none does. What it imports may have been given a bug before. */
export async function hunt({ seeds, first, events, plan }: Hunt): Promise<Caught | null> {
  const { planOf } = await import("../plan.ts");
  const { runHistory } = await import("../history.ts");
  for (const seed of beginningWith(first, seeds)) {
    const { violations } = await runHistory({ ...planOf({ seed, events }), ...plan });
    if (violations.length > 0) return { seed, violations };
  }
  return null;
}

function beginningWith(first: number, seeds: number): number[] {
  const all = Array.from({ length: seeds }, (_, index) => index + 1);
  return [first, ...all.filter((seed) => seed !== first)];
}
