import { describe, expect, it } from "vitest";
import { type Drawn, drawnIn, overlaps, sheetOf, textBoxes } from "../fixtures/drawing.ts";
import { growthOf, sampleOf, sampleResults } from "../fixtures/results.ts";
import type { Growth } from "../results.ts";
import { told } from "../shown.ts";
import { growthPlot } from "./growth.ts";

const results = sampleResults();
const plot = (...growth: Growth[]) => drawnIn(growthPlot({ ...results, growth }));
const drawn = plot(...results.growth);

type Given = Parameters<typeof growthOf>[2][number];

const textsIn = (elements: Drawn[]) => elements.filter(({ name }) => name === "text").map(({ text }) => text);
const dotsIn = (elements: Drawn[]) => elements.filter(({ name }) => name === "circle");

describe("the plot of the growth", () => {
  it("has a panel for each thing that grows, named by its axis", () => {
    const axes = results.growth.map(({ axis }) => expect.stringContaining(axis));
    expect(textsIn(drawn)).toEqual(expect.arrayContaining(axes));
  });

  it("has a dot for each figure, which says its value", () => {
    const said = drawn.filter(({ name }) => name === "title").map(({ text }) => text);
    for (const { at, figures } of results.growth.flatMap(({ points }) => points)) {
      expect(said).toContain(`${told(figures.eventsPerSecond ?? 0)} at ${told(at)}`);
    }
    expect(dotsIn(drawn)).toHaveLength(2 * results.growth.flatMap(({ points }) => points).length);
  });

  it("always writes the first and the last value", () => {
    for (const { points } of results.growth) {
      const ends = [points[0], points.at(-1)].map((point) => told(point?.figures.eventsPerSecond ?? 0));
      expect(textsIn(drawn)).toEqual(expect.arrayContaining(ends));
    }
  });

  it("names every power of ten where the axis is logarithmic, and says that it is", () => {
    const rows = growthOf(
      "rows",
      "rows",
      [10, 1_000_000].map((at) => [at, 5, 1]),
    );
    const decades = ["10", "100", "1,000", "10,000", "100,000", "1,000,000"];
    expect(textsIn(plot(rows))).toEqual(expect.arrayContaining(["rows, logarithmic", ...decades]));
  });

  it("puts equal factors equally far apart on a logarithmic axis, and equal steps on a linear one", () => {
    const at = (values: number[]) => {
      const points = values.map((value): Given => [value, 5, 1]);
      return dotsIn(plot(growthOf("rows", "rows", points))).map(({ x }) => x);
    };
    const [a = 0, b = 0, c = 0] = at([1, 100, 10_000]);
    expect(b - a).toBeCloseTo(c - b, 0);
    const [d = 0, e = 0, f = 0] = at([20, 30, 40]);
    expect(e - d).toBeCloseTo(f - e, 0);
  });

  it("begins every y axis at zero: half the value is half as high", () => {
    const points = [600, 300, 0].map((value, index): Given => [index + 1, value, 1]);
    const [full = 0, half = 0, zero = 0] = dotsIn(plot(growthOf("lanes", "lanes", points))).map(({ y }) => y);
    expect(zero - half).toBeCloseTo((zero - full) / 2, 0);
  });

  it("shows requests where no CPU time was measured, and says what was not measured at all", () => {
    const hot = growthOf("hot-row", "workers", [
      [1, 5, null, 0.2],
      [40, 4, null, 1.8],
    ]);
    expect(textsIn(plot(hot))).toContain("Requests per event; less is better");
    const unmeasured = hot.points.map(({ at }) => ({ at, figures: sampleOf({}) }));
    expect(textsIn(plot({ ...hot, points: unmeasured }))).toContain("Requests per event: not measured");
  });
});

describe("the sheet of the growth", () => {
  const wild = growthOf("rows", "rows & more of a table whose name is <long> ".repeat(4), [
    [1, 1_234_567, 0.000_123_4],
    [3, 1_234_560, 0.000_123_4],
    [9_000_000_000, 3, 123_456.7],
  ]);

  it.each([
    ["a usual run", results.growth],
    ["one growth", results.growth.slice(0, 1)],
    ["long names and numbers", [wild, wild, wild]],
    ["one point", [growthOf("lanes", "lanes", [[1, 500, 0.4]])]],
  ])("has room for the words of %s", (_, growth) => {
    const elements = plot(...growth);
    const { width, height } = sheetOf(elements);
    const boxes = textBoxes(elements);
    const outside = boxes.filter((box) => box.left < 0 || box.right > width || box.bottom > height);
    expect(outside).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
  });
});
