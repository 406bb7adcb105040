import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";
import { CONTENDERS } from "./contender.ts";
import { jobOf, PLANS, type Plan, WARM_UP } from "./plans.ts";
import { workload } from "./workload.ts";

const PLANNED: Plan[] = [
  { contender: "ours", answering: "database", latency: 0, lanes: 1, events: 40 },
  { contender: "ours", answering: "canned", latency: 0, lanes: 1, events: 40 },
  { contender: "ours", answering: "database", latency: 4, lanes: 2, events: 40 },
];

describe("a comparison", () => {
  it("has a median of the rounds for each plan, in their order, and goes another way each round", async () => {
    const told: string[] = [];
    const onProgress = (line: string) => void told.push(line);
    const compared = await compare({ rounds: 2, seed: 7, plans: PLANNED, onProgress });
    expect(compared).toMatchObject(PLANNED);
    const [near, canned] = compared.map(({ figures }) => figures);
    expect(near?.eventsPerSecond?.least).toBeLessThan(near?.eventsPerSecond?.most ?? 0);
    expect(near?.requestsPerEvent).toEqual(canned?.requestsPerEvent);
    expect(canned?.writeUnitsPerEvent).toBeNull();
    expect(told).toHaveLength(6);
    expect(told).toContain("round 2 of 2: ours, 0 ms added, 1 lane, 40 events");
    const orders = [1, 2].map((round) =>
      told.filter((line) => line.startsWith(`round ${round}`)).map((line) => line.slice(14)),
    );
    expect(orders[0]).not.toEqual(orders[1]);
  }, 120_000);

  it("is of some contenders alone, when asked", async () => {
    expect(
      await compare({ rounds: 1, seed: 7, only: ["textbook"], plans: PLANNED, onProgress: () => {} }),
    ).toEqual([]);
  });
});

describe("the plans", () => {
  const bodies = workload(7, 6_000);

  it("have each contender near and far, and all but sync-engine against recorded answers", () => {
    for (const contender of CONTENDERS) {
      const told = PLANS.filter((plan) => plan.contender === contender);
      const canned = told.filter(({ answering }) => answering === "canned");
      expect(new Set(told.map(({ latency }) => latency))).toEqual(new Set([0, 4]));
      expect(canned).toHaveLength(contender === "sync-engine" ? 0 : 1);
    }
  });

  it.each(PLANS)("give $contender ($answering, $latency ms, $lanes lanes) its $events events", (plan) => {
    const { lanes, warmUp } = jobOf(plan, bodies);
    expect(lanes).toHaveLength(plan.lanes);
    expect(lanes.flat(2)).toHaveLength(plan.events);
    expect(warmUp.flat()).toEqual(bodies.slice(0, WARM_UP));
  });

  it("need enough bodies", () => {
    expect(() => jobOf({ ...PLANNED[0], events: 100 } as Plan, bodies.slice(0, 350))).toThrow(
      "There are too few bodies for 100 events of ours.",
    );
  });
});
