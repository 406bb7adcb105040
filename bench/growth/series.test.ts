import { describe, expect, it } from "vitest";
import { FIGURES, type Sample } from "../results.ts";
import { medianOf, repeated } from "./series.ts";

const sample = (value: number | null) =>
  Object.fromEntries(FIGURES.map((figure) => [figure, value])) as Sample;

describe("the median of samples", () => {
  it("is taken figure by figure", () => {
    const samples = [1, 9, 2].map((value) => ({ ...sample(value), peakMegabytes: 10 - value }));
    expect(medianOf(samples)).toEqual({ ...sample(2), peakMegabytes: 8 });
  });

  it("has no figure that one of them has not", () => {
    expect(medianOf([sample(1), { ...sample(3), peakMegabytes: null }, sample(2)])).toEqual({
      ...sample(2),
      peakMegabytes: null,
    });
  });
});

it("measures so many times, one after another", async () => {
  const times: number[] = [];
  const median = await repeated(3, async (time) => {
    times.push(time);
    return sample(time * 10);
  });
  expect(times).toEqual([0, 1, 2]);
  expect(median).toEqual(sample(10));
});
