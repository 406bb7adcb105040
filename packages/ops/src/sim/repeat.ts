// The command that repeats one history: in few words where they say it all, else with its whole plan.
import { isDeepStrictEqual } from "node:util";
import { FAULT_NAMES } from "@stripe-lanes/testing/sim/faults";
import type { Plan } from "@stripe-lanes/testing/sim/plan";
import { MOST_EVENTS } from "@stripe-lanes/testing/sim/simulate";
import { type Asked, plansFor } from "./options.ts";

export function commandOf(plan: Plan): string {
  const asked = shortest(plan);
  return asked ? commandFor(asked) : `npm run sim -- --plan '${JSON.stringify(plan)}'`;
}

export function commandFor({ events, seed, seeds, first, faults }: Asked): string {
  const words = Object.entries({ events, seed, seeds, first, only: faults?.join(",") });
  const said = words.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]));
  return `npm run sim -- ${said.join(" ")}`;
}

/** Nothing where the plan is not as its seed drew it. */
function shortest(plan: Plan): Asked | undefined {
  const { seed, events, first } = plan;
  const drawn: Asked = { seed, events, ...(events > MOST_EVENTS && { seeds: 1 }) };
  const ended: Asked = first < events ? { ...drawn, first } : drawn;
  const faults = FAULT_NAMES.filter((name) => name in plan.chances);
  const told: Asked[] = faults.length === 0 ? [ended] : [ended, { ...ended, faults }];
  return told.find((asked) => isDeepStrictEqual([...plansFor(asked)], [plan]));
}
