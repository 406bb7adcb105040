// What every part of a simulated history shares: its plan, its clock, its chance, and who listens to it.
import { type Chance, chanceOf } from "./chance.ts";
import type { Plan } from "./plan.ts";
import { type Scheduler, scheduler } from "./scheduler.ts";

/** The tenant of what no Connect account owns. */
export const TENANT = "main";

export type World = {
  plan: Plan;
  clock: Scheduler;
  chance: Chance;
  /** Tells what happened, a line each: two runs of one plan tell the same. */
  tell(line: string): void;
};

/** @param start milliseconds since the epoch */
export function worldOf(plan: Plan, start: number, listener: (line: string) => void): World {
  const clock = scheduler(start);
  const tell = (line: string) => listener(`${clock.now() - start} ${line}`);
  return { plan, clock, chance: chanceOf(plan.seed, plan.chances), tell };
}

/** Lets some of the time pass that a network takes: from half of `milliseconds` to all of it. */
export function travel({ clock, chance }: World, milliseconds: number): Promise<void> {
  return clock.sleep(Math.ceil(milliseconds * (0.5 + chance.of("travel").next() / 2)));
}
