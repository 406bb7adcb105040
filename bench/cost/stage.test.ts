import { beforeAll, describe, expect, it } from "vitest";
import { alarmsOf } from "../../infra/alarms.ts";
import { type Graph, production, STAGES } from "../../infra/fixtures/stages.ts";
import { costOf, PRICES } from "./prices.ts";
import { EMPTY_RECEIVES } from "./services.ts";
import { DEFAULTS } from "./settings.ts";
import { ALARMS, LARGEST_BATCH, LOG_DAYS, MEMORY_MEGABYTES } from "./stage.ts";

const ALARM = "cloudwatch/metricAlarm:MetricAlarm";

/** Those on queries are billed by what they find, and find nothing while every delivery succeeds. */
function alarmsIn({ of }: Graph): number {
  return of(ALARM).filter(({ inputs }) => inputs.metricName !== undefined).length;
}

let graph: Graph;

beforeAll(async () => {
  graph = await production();
});

describe("what the bill takes a production stage to be", () => {
  it("is what infra makes of its worker", () => {
    const worker = graph.of("lambda/function:Function").find(({ name }) => name.startsWith("Worker"));
    const [mapping] = graph.of("lambda/eventSourceMapping:EventSourceMapping");
    expect(worker?.inputs).toMatchObject({ memorySize: MEMORY_MEGABYTES, architectures: ["arm64"] });
    expect(mapping?.inputs).toMatchObject({
      batchSize: LARGEST_BATCH,
      scalingConfig: { maximumConcurrency: DEFAULTS.concurrency },
    });
  });

  it("is what infra makes to watch it", () => {
    expect(alarmsIn(graph)).toBe(ALARMS);
    expect(graph.of("cloudwatch/dashboard:Dashboard")).toHaveLength(DEFAULTS.dashboard ? 1 : 0);
  });

  it("is what infra keeps, and for how long", () => {
    const logs = graph.of("cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs.retentionInDays);
    const [archive] = graph.of("cloudwatch/eventArchive:EventArchive");
    const table = graph.of("dynamodb/table:Table")[0]?.inputs;
    expect(new Set(logs)).toEqual(new Set([LOG_DAYS]));
    expect(archive?.inputs.retentionDays).toBe(DEFAULTS.archiveDays);
    expect(table).toMatchObject({ billingMode: "PAY_PER_REQUEST", pointInTimeRecovery: { enabled: true } });
  });

  it("has no key of KMS", () => {
    expect(graph.resources.filter(({ type }) => type.startsWith("aws:kms"))).toEqual([]);
  });
});

/** Dollars a month whatever comes, besides a dashboard. */
function flat(alarms: number): number {
  return costOf(EMPTY_RECEIVES, "sqsFifoRequests", PRICES) + costOf(alarms, "alarms", PRICES);
}

describe.each(Object.entries(STAGES))("a quiet %s stage", (_, made) => {
  it("costs at most $2.50 a month whatever comes, besides a dashboard", async () => {
    expect(flat(alarmsIn(await made()))).toBeLessThanOrEqual(2.5);
  });
});

it("a stage with both ways in and an alarm on silence costs no more", () => {
  const oneMoreBus = alarmsOf(true, 24).filter(({ watched }) => watched === "bus");
  expect(flat(alarmsOf(true, 24).length + oneMoreBus.length)).toBeLessThanOrEqual(2.5);
});
