import { describe, expect, it } from "vitest";
import { ended, planWith } from "./fixtures/finished.ts";
import { faultsIn, INVARIANTS, noTotals, withHistory } from "./totals.ts";

const plan = planWith({ first: 10 });
const violation = { invariant: "nothing is lost", what: "evt_1 has no outcome" } as const;

describe("the totals of histories", () => {
  it("are sums, but for what is greatest", () => {
    const one = ended(plan, { drainedIn: 7, longestWait: 900, duplicates: 2, hopeless: 1, days: 3 });
    const other = ended(plan, { drainedIn: 5, longestWait: 100, duplicates: 3, hopeless: 2, days: 4 });
    const totals = [one, other].reduce((sum, history) => withHistory(sum, { history }), noTotals());
    expect(totals).toMatchObject({
      histories: 2,
      events: 20,
      ended: { applied: 20, lost: 0 },
      duplicates: 5,
      hopeless: 3,
      batches: 2,
      days: 7,
      drainedIn: 7,
      longestWait: 900,
      violations: 0,
      failures: [],
    });
  });

  it("count each fault", () => {
    const struck = new Map([["outage", 2] as const, ["sweep", 1] as const]);
    const once = withHistory(noTotals(), { history: ended(plan, { struck }) });
    const twice = withHistory(once, { history: ended(plan, { struck }) });
    expect(twice.struck).toMatchObject({ outage: 4, sweep: 2, replay: 0 });
    expect(faultsIn(twice)).toBe(6);
  });

  it("leave those before them as they were", () => {
    const totals = noTotals();
    withHistory(totals, { history: ended(plan, { violations: [violation] }) });
    expect(totals).toEqual(noTotals());
  });

  it("keep the plan of a history in which an invariant broke", () => {
    const totals = withHistory(noTotals(), { history: ended(plan, { violations: [violation, violation] }) });
    expect(totals).toMatchObject({ violations: 2, failures: [{ plan, violations: [violation, violation] }] });
  });

  it("count a history that broke off as a violation, and none of its events", () => {
    const broken = { invariant: "the history ends", what: "it broke off" } as const;
    const totals = withHistory(noTotals(), { failure: { plan, violations: [broken] } });
    expect(totals).toMatchObject({ histories: 1, events: 0, violations: 1, failures: [{ plan }] });
  });

  it("keep the first failures only, and count them all", () => {
    const failing = { history: ended(plan, { violations: [violation] }) };
    const totals = Array.from({ length: 30 }).reduce<ReturnType<typeof noTotals>>(
      (sum) => withHistory(sum, failing),
      noTotals(),
    );
    expect(totals.violations).toBe(30);
    expect(totals.failures).toHaveLength(10);
  });

  it("have a sentence for each of the seven invariants", () => {
    expect(Object.keys(INVARIANTS)).toHaveLength(7);
  });
});
