import { describe, expect, it, onTestFinished, vi } from "vitest";
import { workStopwatch } from "./stopwatch.ts";

describe("the time of a run", () => {
  it("leaves out the time in which nothing was under way", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let isAtWork = true;
    const stopwatch = workStopwatch(() => isAtWork);
    vi.advanceTimersByTime(2_000);
    isAtWork = false;
    vi.advanceTimersByTime(3_600_000);
    isAtWork = true;
    vi.advanceTimersByTime(1_000);
    expect(stopwatch.seconds()).toBeCloseTo(3, 1);
    stopwatch.stop();
  });
});
