import { beforeAll, describe, expect, it } from "vitest";
import { type Graph, production } from "../../infra/fixtures/stages.ts";
import { DEFAULTS } from "./settings.ts";
import { ALARMS, DASHBOARDS, LARGEST_BATCH, LOG_DAYS, MEMORY_MEGABYTES } from "./stage.ts";

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
    expect(graph.of("cloudwatch/metricAlarm:MetricAlarm")).toHaveLength(ALARMS);
    expect(graph.of("cloudwatch/dashboard:Dashboard")).toHaveLength(DASHBOARDS);
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
