import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median, percentile, spread } from "./statistics.ts";

const figures = fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1 });

describe("the figures of many measurements", () => {
  it("have a median in the middle, or between the two in the middle", () => {
    expect(median([3, 100, 1])).toBe(3);
    expect(median([4, 1, 100, 2])).toBe(3);
    expect(median([10, 9])).toBe(9.5);
  });

  it("have percentiles that are among them", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it("are counted: a share of all is not above its percentile", () => {
    fc.assert(
      fc.property(figures, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const limit = percentile(values, share);
        expect(values).toContain(limit);
        const below = values.filter((value) => value <= limit).length;
        expect(below).toBeGreaterThanOrEqual(share * values.length);
      }),
    );
  });

  it("spread around their median, whatever their order", () => {
    fc.assert(
      fc.property(figures, (values) => {
        const { median: middle, least, most } = spread(values);
        expect([least, most]).toEqual([Math.min(...values), Math.max(...values)]);
        expect(middle).toBeGreaterThanOrEqual(least);
        expect(middle).toBeLessThanOrEqual(most);
        expect(spread(values.toReversed())).toEqual({ median: middle, least, most });
      }),
    );
  });

  it("cannot be taken of nothing", () => {
    for (const figure of [median, spread, (none: number[]) => percentile(none, 0.5)]) {
      expect(() => figure([])).toThrow("There is nothing to take a figure of.");
    }
  });
});
