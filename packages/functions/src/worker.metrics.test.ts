import { type EventJson, snapshotEvent } from "@stripe-lanes/testing/events";
import { BUS } from "@stripe-lanes/testing/local/deploy";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { describe, expect, it, onTestFinished } from "vitest";

const WORKER = { module: new URL("./worker.ts", import.meta.url), export: "handler" };

type Emf = Record<string, number | number[] | string>;

/** The metrics that the worker writes for these, and their outcomes. */
async function metricsFor(events: EventJson[], env: Record<string, string>) {
  const metrics: Emf[] = [];
  const onLog = (line: string) => {
    if (line.startsWith('{"_aws"')) metrics.push(JSON.parse(line));
  };
  const pipeline = await startPipeline({ handler: WORKER, env, onLog });
  onTestFinished(() => pipeline.close());
  for (const event of events) await put(pipeline, event);
  await pipeline.settled();
  return { metrics, outcomes: pipeline.outcomes };
}

async function put({ aws }: Pipeline, event: EventJson): Promise<void> {
  const entry = { EventBusName: BUS, Source: BUS, DetailType: event.type, Detail: JSON.stringify(event) };
  await aws.events.command("PutEvents", { Entries: [entry] });
}

function customerIs(name: string, livemode = false): EventJson {
  const object = { object: "customer", id: `cus_${name}`, name };
  return snapshotEvent({ type: "customer.updated", livemode, object });
}

/** Of the lines that are not by reason. */
function sumOf(lines: Emf[], name: string): number {
  const values = lines.filter(({ reason }) => reason === undefined).map((line) => line[name] ?? 0);
  return values.flat().reduce<number>((sum, value) => sum + Number(value), 0);
}

describe("the worker's metrics", () => {
  const events = [customerIs("a"), customerIs("b"), customerIs("c", true)];

  it("tell what its log lines tell, where they are on", async () => {
    const { metrics, outcomes } = await metricsFor(events, { METRICS: "on", STAGE: "dev" });
    for (const line of metrics) expect(line).toMatchObject({ service: "stripe-lanes", stage: "dev" });
    expect(outcomes.settled()).toBe(3);
    expect(["BatchSize", "Applied", "Parked"].map((name) => sumOf(metrics, name))).toEqual([3, 2, 1]);
    expect(metrics.flatMap(({ LagSeconds = [] }) => LagSeconds)).toHaveLength(2);
    expect(metrics.filter(({ reason }) => reason === "wrong-mode")).toHaveLength(1);
    expect(sumOf(metrics, "RoundTrips")).toBeGreaterThan(0);
  });

  it("are not written where nobody asked for them", async () => {
    const { metrics, outcomes } = await metricsFor(events, {});
    expect(metrics).toEqual([]);
    expect(outcomes.settled()).toBe(3);
  });
});
