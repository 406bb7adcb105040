import type { Broken } from "@stripe-lanes/testing/sim/totals";
import { describe, expect, it } from "vitest";
import { failureText, shrunkText } from "./failure.ts";
import { HOPELESS } from "./fixtures/run.ts";

const lost: Broken = { invariant: "nothing is lost", what: "evt_1 has no outcome" };
const plan = { ...HOPELESS, first: 12, lanes: 2, chances: { outage: 0.5, sweep: 0.1 } };

describe("a failing history", () => {
  it("is told with its seed, what broke, and its command", () => {
    expect(failureText({ plan, violations: [lost] })).toBe(
      `Broken in the history of seed 4:
  nothing is lost: evt_1 has no outcome
To repeat it: npm run sim -- --plan '${JSON.stringify(plan)}'`,
    );
  });

  it("is told with a few of many violations", () => {
    const text = failureText({ plan, violations: Array.from({ length: 12 }, () => lost) });
    expect(text.match(/evt_1/g)).toHaveLength(5);
    expect(text).toContain("\n  and 7 more\n");
  });

  it("has a shorter one", () => {
    const failure = { plan: { ...plan, first: 20 }, violations: [lost] };
    const text = shrunkText(failure, { plan, violations: [lost], runs: 9 });
    expect(text).toContain("Shortest found, in 9 runs: 12 of 20 events, with outage, sweep\n");
    expect(text).toContain(
      "\n  nothing is lost: evt_1 has no outcome\nTo repeat it: npm run sim -- --plan '{",
    );
    expect(shrunkText(failure, { plan: { ...plan, chances: {} }, violations: [lost], runs: 9 })).toContain(
      "with no fault",
    );
  });
});
