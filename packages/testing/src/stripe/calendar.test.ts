import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendar, DAY, intervalsAfter } from "./calendar.ts";

describe("the calendar", () => {
  it("gives tasks in the order of their time, and those of one second as they were added", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (times) => {
        const tasks = calendar();
        const ran: [number, number][] = [];
        for (const [index, at] of times.entries()) tasks.add({ at, run: () => void ran.push([at, index]) });
        for (let task = tasks.take(9); task !== undefined; task = tasks.take(9)) task.run();
        expect(ran).toEqual([...times.entries()].map(([index, at]) => [at, index]).sort(byTimeThenIndex));
      }),
    );
  });

  it("gives nothing before its time", () => {
    const tasks = calendar();
    tasks.add({ at: 5, run: () => {} });
    expect(tasks.take(4)).toBeUndefined();
    expect(tasks.take(5)?.at).toBe(5);
  });
});

function byTimeThenIndex(one: number[], other: number[]): number {
  return (one[0] ?? 0) - (other[0] ?? 0) || (one[1] ?? 0) - (other[1] ?? 0);
}

describe("billing intervals", () => {
  const at = (text: string) => Date.parse(`${text}T12:00:00Z`) / 1000;

  it("are days and weeks of equal length", () => {
    expect(intervalsAfter(at("2026-03-01"), "day", 2)).toBe(at("2026-03-01") + 2 * DAY);
    expect(intervalsAfter(at("2026-03-01"), "week", 3)).toBe(at("2026-03-22"));
  });

  it("are months that end on their last day when they are too short", () => {
    expect(intervalsAfter(at("2026-01-31"), "month", 1)).toBe(at("2026-02-28"));
    expect(intervalsAfter(at("2026-01-31"), "month", 2)).toBe(at("2026-03-31"));
    expect(intervalsAfter(at("2026-11-15"), "month", 3)).toBe(at("2027-02-15"));
  });

  it("are years, leap days included", () => {
    expect(intervalsAfter(at("2024-02-29"), "year", 1)).toBe(at("2025-02-28"));
    expect(intervalsAfter(at("2024-02-29"), "year", 4)).toBe(at("2028-02-29"));
  });
});
