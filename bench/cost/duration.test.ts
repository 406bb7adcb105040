import { describe, expect, it } from "vitest";
import { CPU_SHARE, invocationMilliseconds } from "./duration.ts";
import { LOAD } from "./fixtures/measured.ts";

describe("an invocation", () => {
  it("waits for its requests one after another", () => {
    expect(invocationMilliseconds(LOAD, 10)).toBe(8);
    expect(invocationMilliseconds(LOAD, 1)).toBe(8);
    const eachAlone = { ...LOAD, requests: { perBatch: 0, perEvent: 4 } };
    expect(invocationMilliseconds(eachAlone, 10)).toBe(160);
  });

  it("has the part of a vCPU that its memory buys", () => {
    expect(CPU_SHARE).toBeCloseTo(0.289, 3);
    const cpuMilliseconds = 2 * CPU_SHARE;
    expect(invocationMilliseconds({ ...LOAD, cpuMilliseconds }, 10)).toBe(28);
  });

  it("is billed by whole milliseconds", () => {
    const cpuMilliseconds = 0.01 * CPU_SHARE;
    expect(invocationMilliseconds({ ...LOAD, cpuMilliseconds }, 1)).toBe(9);
  });
});
