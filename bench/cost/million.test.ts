import { describe, expect, it } from "vitest";
import { BASELINE, QUANTITIES, RESULTS, SAMPLE } from "./fixtures/measured.ts";
import { costOfAMillion } from "./million.ts";
import { quantitiesOf } from "./quantities.ts";

const { ours } = quantitiesOf({ results: RESULTS, baseline: BASELINE, sample: SAMPLE });

describe("a million events", () => {
  it("cost $1.62 for the requests of EventBridge, SQS and Lambda", () => {
    expect(costOfAMillion(ours).requests).toBeCloseTo(1.62, 9);
  });

  it("cost that, the units of DynamoDB, and the worker's time", () => {
    const milliseconds = Math.ceil(8 + (4 * 1_769) / 512);
    const time = (100_000 * milliseconds * 0.5 * 0.0000133334) / 1_000;
    expect(costOfAMillion(ours).main).toBeCloseTo(1.62 + 4 * 0.625 + 0.8 * 0.125 + time, 9);
  });

  it("cost more with raw", () => {
    const { main } = costOfAMillion(ours);
    expect(costOfAMillion(ours, { raw: true }).main - main).toBeCloseTo(0.5 * 0.625, 9);
  });

  it("leave what is the same each month to itself: receives, metrics and alarms, and the dashboard apart", () => {
    expect(costOfAMillion(ours).flat).toBeCloseTo(0.657 * 0.5 + 0.3 + 1.4, 9);
    expect(costOfAMillion(QUANTITIES).flat).toBeCloseTo(0.657 * 0.5 + 0.6 + 1.4, 6);
    expect(costOfAMillion(ours).dashboard).toBe(3);
    expect(costOfAMillion(ours, { dashboard: false }).dashboard).toBe(0);
  });

  it("have logs, archive and lines of metrics beside them", () => {
    const gigabytes = (400 + 40 + 140 + 44) / 1_024;
    const logs = (gigabytes * 1_000_000 * (0.5 + ((0.15 * 30 * 12) / 365) * 0.03)) / 1_024 ** 2;
    const archive = ((3_600 * 1_000_000) / 1_024 ** 3) * (0.1 + ((90 * 12) / 365) * 0.023);
    expect(costOfAMillion(ours).beside).toBeCloseTo(logs + archive, 9);
  });
});
