import { describe, expect, it } from "vitest";
import { FAULT_NAMES, FAULTS } from "./faults.ts";
import { runHistory } from "./history.ts";
import { type Plan, planOf } from "./plan.ts";

const told = async (plan: Plan) => {
  const lines: string[] = [];
  const history = await runHistory(plan, (line) => lines.push(line));
  return { lines, history };
};

/** Each fault at a quarter of its most, and a world in which each has an occasion. */
const everything: Plan = {
  ...planOf({ seed: 11, events: 100 }),
  days: 3,
  hasKey: true,
  account: null,
  echoes: true,
  chances: Object.fromEntries(FAULT_NAMES.map((name) => [name, FAULTS[name].most / 4])),
};

describe("a history", () => {
  const first = told(everything);

  it("is the same of one plan, line for line, with most that can go wrong", async () => {
    const [one, other] = [await first, await told(everything)];
    expect(other.lines.join("\n")).toBe(one.lines.join("\n"));
    expect(other.history).toEqual(one.history);
    expect(one.history.struck.size).toBeGreaterThan(FAULT_NAMES.length / 2);
    expect(one.lines.length).toBeGreaterThan(500);
  });

  it("is another of another seed", async () => {
    const [one, other] = [
      await told(planOf({ seed: 1, events: 40 })),
      await told(planOf({ seed: 2, events: 40 })),
    ];
    expect(other.lines).not.toEqual(one.lines);
  });

  it("gives each event one end, and breaks nothing", async () => {
    const { history } = await first;
    const { ended, events, violations } = history;
    expect(violations).toEqual([]);
    expect(events).toBe(100);
    expect(Object.values(ended).reduce((sum, count) => sum + count)).toBe(events);
    expect(ended).toMatchObject({ parked: 0, lost: 0 });
  });

  it("is quiet where nothing goes wrong", async () => {
    const { history } = await told({ ...planOf({ seed: 3, events: 100 }), chances: {}, echoes: false });
    expect(history).toMatchObject({ violations: [], hopeless: 0, duplicates: 0 });
    expect(history.struck.size).toBe(0);
  });

  it("asks for nothing that was never told, where subscriptions are told by thin events that wait for a key", async () => {
    const chances = { "told-thinly-only": 1, "key-forbidden": 1, "wrong-key": 1, "never-delivered": 0.3 };
    const plan = { ...planOf({ seed: 9, events: 200 }), days: 3, hasKey: true, echoes: false, chances };
    expect((await told(plan)).history.violations).toEqual([]);
  });

  it("ends after the first events, where it is told to", async () => {
    const { history } = await told({ ...planOf({ seed: 4, events: 200 }), first: 50 });
    expect(history.violations).toEqual([]);
    expect(history.events).toBeGreaterThanOrEqual(50);
    expect(history.events).toBeLessThan(100);
  });
});
