import { describe, expect, it } from "vitest";
import { batchesOf } from "./batches.ts";
import type { ContenderName } from "./contender.ts";
import type { Job } from "./job.ts";
import { measure } from "./measure.ts";
import { FIGURES } from "./results.ts";
import { workload } from "./workload.ts";

const batches = batchesOf(workload(5, 120));

function jobOf(contender: ContenderName, changes: Partial<Job> = {}): Job {
  const [warmUp, lanes] = [batches.slice(0, 2), [batches.slice(2)]];
  return { contender, answering: "database", latency: 0, lanes, warmUp, ...changes };
}

/** Milliseconds; the worker gives up a request after a second. */
const LATENCY = 600;

describe("what is measured of ours", () => {
  it("is every figure, of the measured events alone", async () => {
    const sample = await measure(jobOf("ours"));
    expect(Object.keys(sample)).toEqual([...FIGURES]);
    for (const figure of FIGURES) expect(sample[figure]).toBeGreaterThan(0);
    expect(sample.requestsPerEvent).toBeCloseTo(0.2, 5);
    expect(sample.writeUnitsPerEvent).toBeGreaterThan(2);
    expect(sample.writeUnitsPerEvent).toBeLessThan(7);
  });

  it("has the latency in it, of its two requests a batch, and the warm-up has none", async () => {
    const start = performance.now();
    const [warmUp, lanes] = [batches.slice(0, 10), [batches.slice(10, 11)]];
    const sample = await measure(jobOf("ours", { latency: LATENCY, lanes, warmUp }));
    expect(sample.batchMedianMilliseconds).toBeGreaterThanOrEqual(2 * LATENCY - 2);
    expect(sample.eventsPerSecond).toBeLessThanOrEqual(10 / ((2 * LATENCY) / 1_000));
    expect(performance.now() - start).toBeLessThan(2 * LATENCY * warmUp.length);
  });

  it("is faster with several lanes at once, where only the latency counts", async () => {
    const lanes = (count: number) => Array.from({ length: count }, (_, lane) => [batches[2 + lane] ?? []]);
    const one = await measure(jobOf("ours", { latency: LATENCY, lanes: lanes(1) }));
    const four = await measure(jobOf("ours", { latency: LATENCY, lanes: lanes(4) }));
    expect(Number(four.eventsPerSecond)).toBeGreaterThan(1.5 * Number(one.eventsPerSecond));
  });
});

describe("what is measured of the floor", () => {
  it("is as many requests and units as of ours, for the same batches", async () => {
    const [ours, floor] = [await measure(jobOf("ours")), await measure(jobOf("floor"))];
    for (const figure of ["requestsPerEvent", "writeUnitsPerEvent", "readUnitsPerEvent"] as const) {
      expect(floor[figure]).toBeCloseTo(Number(ours[figure]), 5);
    }
  });
});

describe("against recorded answers", () => {
  it.each(["ours", "floor"] as const)(
    "%s makes the same requests, and no units are counted",
    async (name) => {
      const sample = await measure(jobOf(name, { answering: "canned" }));
      expect(sample).toMatchObject({ writeUnitsPerEvent: null, readUnitsPerEvent: null });
      expect(sample.requestsPerEvent).toBeCloseTo(0.2, 5);
    },
  );

  it("only one lane can be measured", async () => {
    const lanes = [batches.slice(2, 4), batches.slice(4, 6)];
    const measured = measure(jobOf("ours", { answering: "canned", lanes }));
    await expect(measured).rejects.toThrow("ours is recorded with one lane, not more.");
  });
});

describe("a measurement", () => {
  it("is none when a message fails, and says whose and why", async () => {
    const measured = measure(jobOf("ours", { lanes: [[["this is no event"]]] }));
    await expect(measured).rejects.toThrow(
      /^ours: 1 of 1 messages of a batch failed; handled again, they say:\n.*could not be parked/s,
    );
  });

  it("is none when the contender's process fails to open", async () => {
    const measured = measure(jobOf("nobody" as ContenderName));
    await expect(measured).rejects.toThrow(/^nobody: Cannot find module .*contenders\/nobody\.ts/);
  });

  it("is none of nothing", async () => {
    await expect(measure(jobOf("ours", { lanes: [[]] }))).rejects.toThrow(
      "There is nothing to measure ours with.",
    );
  });
});
