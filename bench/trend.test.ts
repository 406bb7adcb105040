import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growthOf } from "./fixtures/results.ts";
import { exponentOf, growthNamed, trendOf } from "./trend.ts";

const grown = (...points: [number, number][]) =>
  growthOf(
    "events",
    "events",
    points.map(([at, value]) => [at, value, null]),
  );

describe("a trend", () => {
  it("compares the ends, whatever the order of the points, and knows the worst point between", () => {
    const trend = trendOf(grown([1_000, 90], [10, 100], [100, 60]), "eventsPerSecond");
    expect(trend).toEqual({
      from: { at: 10, value: 100 },
      to: { at: 1_000, value: 90 },
      ratio: 0.9,
      worst: 0.6,
    });
  });

  it("is none with fewer than two points that have the figure", () => {
    expect(trendOf(grown([10, 100]), "eventsPerSecond")).toBeNull();
    expect(trendOf(grown([10, 100], [20, 100]), "cpuMillisecondsPerEvent")).toBeNull();
    expect(trendOf(growthNamed({ growth: [] }, "rows"), "eventsPerSecond")).toBeNull();
  });
});

describe("the exponent of time", () => {
  it("is found again where time grows as a power of the events", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (power) => {
        const points = [1_000, 2_000, 4_000, 16_000].map((at): [number, number] => [at, at / at ** power]);
        expect(exponentOf(grown(...points))).toBeCloseTo(power);
      }),
    );
  });

  it("is none with fewer than two points", () => {
    expect(exponentOf(grown([1_000, 100]))).toBeNull();
    expect(exponentOf(undefined)).toBeNull();
  });
});
