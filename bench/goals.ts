// What the benchmark has to show, judged.
import { GROWTH } from "./goals/growth.ts";
import type { Counted, Goal } from "./goals/rule.ts";
import { SIZE } from "./goals/size.ts";
import { SPEED } from "./goals/speed.ts";
import type { Results } from "./results.ts";

/** All goals with what was measured. What was not is said to be so: neither met nor missed. */
export function goalsOf(results: Results, counted: Counted): Goal[] {
  return [...SPEED, ...SIZE, ...GROWTH].map(({ name, goal, judge }) => {
    const verdict = judge(results, counted);
    return { name, goal, measured: verdict?.measured ?? "not measured", met: verdict?.met ?? null };
  });
}

/** A line for each goal: whether it is met, what was measured, and the limit. */
export function goalsText(results: Results, counted: Counted): string {
  const goals = goalsOf(results, counted);
  const longest = Math.max(...goals.map(({ name }) => name.length));
  return goals
    .map(
      ({ name, goal, measured, met }) => `  ${markOf(met)}  ${name.padEnd(longest)}  ${measured} (${goal})`,
    )
    .join("\n");
}

function markOf(met: boolean | null): string {
  if (met === null) return "?   ";
  return met ? "met " : "MISS";
}
