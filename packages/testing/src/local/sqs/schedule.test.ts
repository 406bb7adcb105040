import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, due, type Entry, earliest, remove, schedule } from "./schedule.ts";

function drain(entries: { at: number; keep: boolean }[]): number[] {
  const plan = schedule<number>();
  const added = entries.map(({ at }, index) => add(plan, at, index));
  for (const [index, { keep }] of entries.entries()) if (!keep) remove(plan, added[index] as Entry<number>);
  const order: number[] = [];
  for (const value of due(plan, Number.POSITIVE_INFINITY)) {
    order.push(value);
    remove(plan, added[value] as Entry<number>);
  }
  return order;
}

describe("a schedule", () => {
  it("gives what was not taken out by time, and at the same time in the order it was put in", () => {
    const entry = fc.record({ at: fc.nat({ max: 1000 }), keep: fc.boolean() });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 30, maxLength: 100 }), (entries) => {
        const kept = entries.flatMap(({ at, keep }, index) => (keep ? [{ at, index }] : []));
        kept.sort((a, b) => a.at - b.at || a.index - b.index);
        expect(drain(entries)).toEqual(kept.map(({ index }) => index));
      }),
    );
  });

  it("gives nothing before its time", () => {
    const plan = schedule<string>();
    add(plan, 5, "later");
    expect([...due(plan, 4)]).toEqual([]);
    expect(earliest(plan)?.value).toBe("later");
  });
});
