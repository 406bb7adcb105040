import type { FaultName } from "@stripe-lanes/testing/sim/faults";
import { type Plan, planOf } from "@stripe-lanes/testing/sim/plan";
import { withOnly } from "@stripe-lanes/testing/sim/simulate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plansFor, readOptions } from "./options.ts";
import { commandFor, commandOf } from "./repeat.ts";

const drawn = planOf({ seed: 5, events: 1_000 });
const [one, other] = Object.keys(drawn.chances) as FaultName[];

/** As a shell and npm would hand it on. */
function plansOfCommand(command: string): Plan[] {
  const words = command.replace("npm run sim -- ", "").match(/'[^']*'|\S+/g) ?? [];
  const { asked, given } = readOptions(words.map((word) => word.replaceAll("'", "")));
  return given ? [given] : [...plansFor(asked)];
}

describe("the command that repeats a history", () => {
  it("is its events and seed", () => {
    expect(commandOf(drawn)).toBe("npm run sim -- --events 1000 --seed 5");
  });

  it("names what is less than was drawn", () => {
    const plan = { ...withOnly(drawn, [one, other] as FaultName[]), first: 37 };
    expect(commandOf(plan)).toBe(`npm run sim -- --events 1000 --seed 5 --first 37 --only ${one},${other}`);
  });

  it("says that one history is meant where there would be more", () => {
    expect(commandOf(planOf({ seed: 5, events: 9_000 }))).toContain("--events 9000 --seed 5 --seeds 1");
  });

  it("has the whole plan where the seed draws another", () => {
    const plan = { ...drawn, lanes: 3 };
    expect(commandOf(plan)).toBe(`npm run sim -- --plan '${JSON.stringify(plan)}'`);
    expect(commandOf({ ...drawn, chances: {} })).toContain("--plan");
  });

  it("repeats exactly that plan", () => {
    const changed = fc.record(
      { first: fc.integer({ min: 1, max: 50 }), lanes: fc.constant(2), days: fc.constant(1) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.nat(), changed, fc.nat({ max: 50 }), (seed, told, faults) => {
        const whole = planOf({ seed, events: 50 });
        const names = Object.keys(whole.chances).slice(0, faults) as FaultName[];
        const plan = { ...withOnly(whole, names), ...told };
        expect(plansOfCommand(commandOf(plan))).toEqual([plan]);
      }),
    );
  });

  it("is what was asked for, for many", () => {
    const asked = { events: 5_000, seed: 1, faults: ["outage"] as const };
    expect(commandFor(asked)).toBe("npm run sim -- --events 5000 --seed 1 --only outage");
  });
});
