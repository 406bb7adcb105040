import { outcomes } from "@stripe-lanes/testing/local/outcomes";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { emfMeter } from "./emf.ts";
import type { Metric } from "./metrics.ts";

const count = (name: Metric["name"], value: number): Metric => ({ name, unit: "Count", value });
const lag = (value: number): Metric => ({ name: "LagSeconds", unit: "Seconds", value });

/** The lines that a meter of the stage `production` writes. */
function written(...batches: Metric[][]): string[] {
  const chunks: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => chunks.push(String(chunk)) > 0);
  onTestFinished(() => spy.mockRestore());
  const meter = emfMeter("production");
  for (const batch of batches) meter(batch);
  spy.mockRestore();
  return chunks.join("").split("\n").slice(0, -1);
}

const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line));

describe("the metrics of a batch", () => {
  it("are one line of the embedded metric format, by service and stage", () => {
    const [line, ...rest] = parsed(written([count("BatchSize", 2), count("Ties", 1), lag(1.5), lag(3)]));
    expect(rest).toEqual([]);
    expect(line).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: "StripeLanes",
            Dimensions: [["service", "stage"]],
            Metrics: [
              { Name: "Ties", Unit: "Count" },
              { Name: "LagSeconds", Unit: "Seconds" },
            ],
          },
        ],
      },
      service: "stripe-lanes",
      stage: "production",
      BatchSize: 2,
      Ties: 1,
      LagSeconds: [1.5, 3],
    });
  });

  it("are billed only where an alarm or a percentile needs them: other counts are members of the line", () => {
    const [line, ...rest] = parsed(written([count("BatchSize", 2), count("Duplicate", 2)]));
    expect(rest).toEqual([]);
    expect(line).toEqual({ service: "stripe-lanes", stage: "production", BatchSize: 2, Duplicate: 2 });
  });

  it("have a line more for each reason that something was parked for", () => {
    const reasons = ["defect", "crash"].map((reason) => ({ ...count("Parked", 1), reason }));
    const lines = parsed(written([count("BatchSize", 2), count("Parked", 2), ...reasons]));
    const told = lines.map(({ _aws, Parked, reason }) => [
      _aws.CloudWatchMetrics[0].Dimensions,
      Parked,
      reason,
    ]);
    expect(told).toEqual([
      [[["service", "stage", "reason"]], 1, "defect"],
      [[["service", "stage", "reason"]], 1, "crash"],
      [[["service", "stage"]], 2, undefined],
    ]);
  });

  it("do not add up from one invocation to the next", () => {
    const lines = parsed(written([count("Applied", 1)], [count("Applied", 3)]));
    expect(lines.map(({ Applied }) => Applied)).toEqual([1, 3]);
  });

  it("are no outcome to those who read the worker's lines", () => {
    const { read, settled } = outcomes();
    const lines = written([count("BatchSize", 1), count("Applied", 1), lag(1)]);
    expect(lines.map(read)).toEqual([false]);
    expect(settled()).toBe(0);
  });
});
