import { FAULT_NAMES, FAULTS } from "@stripe-lanes/testing/sim/faults";
import { describe, expect, it } from "vitest";
import { HOPELESS, totalsWith } from "./fixtures/run.ts";
import { isFailure, reportOf, reportText } from "./report.ts";

const measured = { seed: 3, seconds: 12.3456, peakMemoryMegabytes: 210.7 };
const totals = totalsWith({ duplicates: 400, batches: 1_000, drainedIn: 59_000, longestWait: 800 });
const report = reportOf(totals, measured);

describe("the report", () => {
  it("says what became of the events, and what it took", () => {
    expect(report).toEqual({
      seed: 3,
      events: 2_000,
      faults: 1_234,
      applied: 1_900,
      superseded: 90,
      duplicate: 400,
      ignored: 10,
      parked: 7,
      lost: 0,
      violations: 0,
      seconds: 12.35,
      histories: 2,
      batches: 1_000,
      days: 12,
      hopeless: 7,
      drainedInMilliseconds: 59_000,
      longestWaitMilliseconds: 800,
      peakMemoryMegabytes: 211,
      struck: totals.struck,
    });
  });

  it("counts events that are still parked beside the hopeless messages", () => {
    const ended = { ...totals.ended, parked: 2 };
    expect(reportOf({ ...totals, ended }, measured).parked).toBe(9);
  });

  it("is a failure with a violation or a lost event", () => {
    expect(isFailure(report)).toBe(false);
    expect(isFailure({ ...report, violations: 1 })).toBe(true);
    expect(isFailure({ ...report, lost: 1 })).toBe(true);
  });

  it("names each fault with its culprit, and how often it struck", () => {
    const text = reportText(report, totals);
    for (const name of FAULT_NAMES) expect(text).toContain(`${FAULTS[name].by} ${FAULTS[name].does}`);
    expect(text).toMatch(/ 1,200 {2}outage +DynamoDB is down/);
    expect(text).toContain("Went wrong 1,234 times");
  });

  it("says which invariants held, and which broke", () => {
    const violations = [{ invariant: "a tombstone stays", what: "customer cus_1 came back" }] as const;
    const broken = { ...totals, violations: 1, failures: [{ plan: HOPELESS, violations: [...violations] }] };
    expect(reportText(report, totals)).not.toContain("BROKEN");
    expect(reportText(report, broken)).toMatch(/BROKEN +a tombstone stays/);
    expect(reportText(report, broken).match(/ held /g)).toHaveLength(6);
  });
});
