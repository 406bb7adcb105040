import { expect, it } from "vitest";
import { sampleResults } from "../fixtures/results.ts";
import { plots } from "./plots.ts";

const results = sampleResults();

it("draws a file for the comparison and one for the growth, the same each time", () => {
  const drawn = plots(results);
  expect(Object.keys(drawn)).toEqual(["performance-comparison.svg", "performance-growth.svg"]);
  expect(plots(sampleResults())).toEqual(drawn);
});

it("draws only what was measured", () => {
  expect(Object.keys(plots({ ...results, growth: [] }))).toEqual(["performance-comparison.svg"]);
  expect(plots({ ...results, growth: [], compared: [] })).toEqual({});
});
