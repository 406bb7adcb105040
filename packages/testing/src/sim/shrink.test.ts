import { describe, expect, it } from "vitest";
import type { Violation } from "./checks.ts";
import { ended, planWith } from "./fixtures/finished.ts";
import { runHistory } from "./history.ts";
import type { Plan } from "./plan.ts";
import type { Run } from "./runner.ts";
import { shrink } from "./shrink.ts";

const lost = { invariant: "nothing is lost", what: "evt_1 has no outcome" } as const;
const parked = { invariant: "no innocent is parked", what: "evt_2 was parked" } as const;

/** Loses an event in each history that is so. */
const losing =
  (isSo: (plan: Plan) => boolean, otherwise: Violation[] = []): Run =>
  async (plan) =>
    ended(plan, { violations: isSo(plan) ? [lost] : otherwise });

const chances = { "delivered-twice": 0.1, outage: 0.2, sweep: 0.3, redrive: 0.4, deploy: 0.5, slowed: 0.01 };
const large = planWith({ chances, lanes: 62, concurrency: 8, days: 40, echoes: true, account: "acct_1" });

const shrunk = (run: Run, plan = large) => shrink(plan, [lost], { run });

describe("shrinking", () => {
  it("finds how few events it takes", async () => {
    const { plan } = await shrunk(losing(({ first }) => first >= 137));
    expect(plan).toMatchObject({ first: 137, events: 1_000, seed: large.seed });
  });

  it("leaves out every fault that it does not take, and keeps the shares of the others", async () => {
    const both = await shrunk(losing(({ chances }) => "outage" in chances && "slowed" in chances));
    expect(both.plan.chances).toEqual({ outage: 0.2, slowed: 0.01 });
    const none = await shrunk(losing(() => true));
    expect(none.plan.chances).toEqual({});
  });

  it("makes the world simpler where that does not matter", async () => {
    const { plan } = await shrunk(losing(({ lanes }) => lanes > 2));
    expect(plan).toMatchObject({ lanes: 62, concurrency: 2, days: 1, echoes: false, account: null });
  });

  it("tries fewer events again once the rest is simpler", async () => {
    const { plan } = await shrunk(losing(({ first, days }) => first > (days === 1 ? 20 : 500)));
    expect(plan).toMatchObject({ first: 21, days: 1 });
  });

  it("goes after the invariant that broke, not after another", async () => {
    const { plan, violations } = await shrunk(losing(({ first }) => first >= 600, [parked]));
    expect(plan.first).toBe(600);
    expect(violations).toEqual([lost]);
  });

  it("keeps the plan as it is where nothing smaller breaks", async () => {
    const { plan, violations } = await shrunk(losing((plan) => plan === large));
    expect(plan).toEqual(large);
    expect(violations).toEqual([lost]);
  });

  it("stays within its number of histories", async () => {
    let runs = 0;
    const found = await shrink(large, [lost], {
      most: 12,
      run: async (plan) => {
        runs += 1;
        return ended(plan, { violations: [lost] });
      },
    });
    expect(runs).toBe(12);
    expect(found.runs).toBe(12);
  });

  it("gives the smallest so far when a signal ends it", async () => {
    const controller = new AbortController();
    const run: Run = async (plan) => {
      if (plan.first < 300) controller.abort();
      return ended(plan, { violations: [lost] });
    };
    const { plan } = await shrink(large, [lost], { run, signal: controller.signal });
    expect(plan).toEqual({ ...large, first: 500 });
  });

  it("goes after what throws too", async () => {
    const run: Run = async (plan) => {
      if (plan.first >= 40) throw new TypeError("x is not a function");
      return ended(plan);
    };
    const broken = { invariant: "the history ends", what: "it broke off" } as const;
    const { plan, violations } = await shrink(large, [broken], { run });
    expect(plan.first).toBe(40);
    expect(violations[0]?.what).toContain("x is not a function");
  });

  it("has nothing to do where nothing is violated", async () => {
    await expect(shrink(large, [])).rejects.toThrow(RangeError);
  });

  it("finds the same each time, for real histories in which a redelivery is taken for a loss", async () => {
    const run: Run = async (plan) => {
      const history = await runHistory(plan);
      return history.struck.has("delivered-twice") ? { ...history, violations: [lost] } : history;
    };
    const plan = planWith({
      seed: 2,
      events: 200,
      first: 200,
      chances: { ...chances, "delivered-twice": 0.2 },
    });
    const options = { run, most: 25 };
    const [one, other] = [await shrink(plan, [lost], options), await shrink(plan, [lost], options)];
    expect(other).toEqual(one);
    expect(one.plan.first).toBeLessThan(50);
    expect(Object.keys(one.plan.chances)).toEqual(["delivered-twice"]);
  });
});
