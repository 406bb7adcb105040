import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAULT_NAMES, type FaultName } from "./faults.ts";
import { ended } from "./fixtures/finished.ts";
import { planOf } from "./plan.ts";
import { historiesIn, plansOf, runPlans, simulate, withOnly } from "./simulate.ts";
import { faultsIn } from "./totals.ts";

describe("the histories of a simulation", () => {
  it("are of 2,000 events, and the last has the rest", () => {
    const plans = [...plansOf({ events: 4_500, seed: 9 })];
    expect(plans.map(({ events }) => events)).toEqual([2_000, 2_000, 500]);
    expect(plans[0]?.seed).toBe(9);
    expect(new Set(plans.map(({ seed }) => seed)).size).toBe(3);
  });

  it("are of all the events and of one seed after the other, where seeds are wanted", () => {
    const plans = [...plansOf({ events: 3_000, seed: 9, seeds: 2 })];
    expect(plans).toEqual([planOf({ seed: 9, events: 3_000 }), planOf({ seed: 10, events: 3_000 })]);
  });

  it("come alone too, from their events and seed", () => {
    const sizes = fc.record({ events: fc.integer({ min: 1, max: 20_000 }), seed: fc.nat() });
    fc.assert(
      fc.property(sizes, (options) => {
        const plans = [...plansOf(options)];
        expect(plans).toHaveLength(historiesIn(options));
        expect(plans.reduce((sum, { events }) => sum + events, 0)).toBe(options.events);
        for (const plan of plans) expect([...plansOf(plan)]).toEqual([plan]);
      }),
    );
  });

  it("have of the faults that are named those that were drawn, at the same shares", () => {
    const faults = fc.subarray(FAULT_NAMES);
    fc.assert(
      fc.property(fc.nat(), faults, (seed, some) => {
        const whole = planOf({ seed, events: 100 });
        const [plan] = plansOf({ seed, events: 100, faults: some });
        const kept = some.filter((name) => name in whole.chances);
        expect(plan?.chances).toEqual(Object.fromEntries(kept.map((name) => [name, whole.chances[name]])));
        expect({ ...plan, chances: whole.chances }).toEqual(whole);
      }),
    );
  });
});

describe("a simulation", () => {
  it("comes to the same in one thread and in two", async () => {
    const options = { events: 60, seed: 1, seeds: 3 };
    const one = await simulate({ ...options, parallel: 1 });
    const two = await simulate({ ...options, parallel: 2 });
    expect(two).toEqual(one);
    expect(one).toMatchObject({ histories: 3, events: 180, violations: 0, failures: [] });
  });

  it("gives each event one end, and says so in its totals", async () => {
    const { ended: ends, events } = await simulate({ events: 60, seed: 5, seeds: 3, parallel: 1 });
    const { applied, superseded, duplicate, ignored, parked, lost } = ends;
    expect(applied + superseded + duplicate + ignored + parked + lost).toBe(events);
    expect(lost).toBe(0);
  });

  it("lets nothing go wrong but what is named", async () => {
    const faults: FaultName[] = ["delivered-twice", "killed-after", "write-answer-lost"];
    const totals = await simulate({ events: 60, seed: 1, seeds: 4, faults, parallel: 1 });
    const struck = FAULT_NAMES.filter((name) => totals.struck[name] > 0);
    expect(struck.length).toBeGreaterThan(0);
    expect(faults).toEqual(expect.arrayContaining(struck));
    expect(faultsIn(await simulate({ events: 40, seed: 1, faults: [], parallel: 1 }))).toBe(0);
  });

  it("tells of its histories in their order, with the totals up to each", async () => {
    const told: [number, number][] = [];
    await simulate({
      events: 10,
      seed: 3,
      seeds: 3,
      run: async (plan) => ended(plan),
      onHistory: (finished, { histories }) =>
        void told.push(["history" in finished ? finished.history.plan.seed : 0, histories]),
    });
    expect(told).toEqual([
      [3, 1],
      [4, 2],
      [5, 3],
    ]);
  });

  it("goes on after a history that broke off, and keeps its plan", async () => {
    const totals = await simulate({
      events: 10,
      seed: 1,
      seeds: 3,
      run: async (plan) => {
        if (plan.seed === 2) throw new TypeError("x is not a function");
        return ended(plan);
      },
    });
    expect(totals).toMatchObject({ histories: 3, events: 20, violations: 1 });
    expect(totals.failures).toMatchObject([{ plan: { seed: 2 } }]);
  });

  it("ends with the totals so far when a signal says so", async () => {
    const controller = new AbortController();
    const onHistory = () => controller.abort();
    const options = { events: 10, seed: 1, seeds: 9, onHistory, signal: controller.signal };
    expect(await simulate({ ...options, run: async (plan) => ended(plan) })).toMatchObject({ histories: 1 });
  });

  it("leaves threads in the middle of their histories when a signal says so", async () => {
    const signal = AbortSignal.timeout(50);
    const totals = await simulate({ events: 2_000, seed: 1, seeds: 9, parallel: 2, signal });
    expect(totals).toMatchObject({ histories: 0, violations: 0 });
  });

  it.each([{ events: 0 }, { events: 1.5 }, { seeds: 0 }, { parallel: 0 }])("refuses %j", (wrong) => {
    expect(() => simulate({ events: 1, seed: 1, ...wrong })).toThrow(/is a whole number of at least 1/);
  });

  it("runs any plans, and asks for none before its turn", async () => {
    let asked = 0;
    function* plans() {
      for (let seed = 1; seed <= 3; seed++) {
        asked += 1;
        yield planOf({ seed, events: 10 });
      }
    }
    const seen: number[] = [];
    await runPlans(plans(), {
      run: async (plan) => {
        seen.push(asked);
        await sleep(1);
        return ended(plan);
      },
    });
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe("a plan with fewer faults", () => {
  it("is the same but for them", () => {
    const plan = { ...planOf({ seed: 1, events: 10 }), chances: { outage: 0.5, sweep: 0.25 } };
    expect(withOnly(plan, ["sweep", "replay"])).toEqual({ ...plan, chances: { sweep: 0.25 } });
  });
});
