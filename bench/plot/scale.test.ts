import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWide, linear, logarithmic, roundedUp } from "./scale.ts";

describe("a scale from zero", () => {
  it("makes a length of each value", () => {
    const { to } = linear(200, 100);
    expect([0, 50, 200].map(to)).toEqual([0, 25, 100]);
  });

  it.each([
    [541, [0, 200, 400, 600]],
    [0.43, [0, 0.2, 0.4, 0.6]],
    [1_220, [0, 500, 1_000, 1_500]],
    [3, [0, 1, 2, 3]],
  ])("rounds %d up, with ticks at %j", (most, ticks) => {
    expect(roundedUp(most, 100).ticks).toEqual(ticks);
  });

  it("has two to five round ticks, and the last of them is nowhere exceeded", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (most) => {
        const { ticks, to } = roundedUp(most, 100);
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(5);
        expect(to(ticks.at(-1) ?? 0)).toBeCloseTo(100);
        expect(to(most)).toBeLessThanOrEqual(100.0001);
        expect(to(most)).toBeGreaterThan(45);
      }),
    );
  });
});

describe("a logarithmic scale", () => {
  it("has a tick at each power of ten, all equally far apart", () => {
    const { ticks, to } = logarithmic(10, 1_000_000, 100);
    expect(ticks).toEqual([10, 100, 1_000, 10_000, 100_000, 1_000_000]);
    expect(ticks.map(to).map(Math.round)).toEqual([0, 20, 40, 60, 80, 100]);
  });

  it("has ticks only between its ends, which need no power of ten", () => {
    const { ticks, to } = logarithmic(30, 50_000, 100);
    expect(ticks).toEqual([100, 1_000, 10_000]);
    expect([to(30), to(50_000)]).toEqual([0, 100]);
  });

  it("is for values that span more than two decades, none of them zero", () => {
    expect(isWide([1, 1_000])).toBe(true);
    expect(isWide([1, 100])).toBe(false);
    expect(isWide([0, 1_000])).toBe(false);
  });
});
