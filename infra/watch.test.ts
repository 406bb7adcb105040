import { describe, expect, it } from "vitest";
import { alarmsOf } from "./alarms.ts";
import { type Graph, LIVE_SOURCE, personal, production, STAGES, staging } from "./fixtures/stages.ts";

const ALARM = "cloudwatch/metricAlarm:MetricAlarm";

function nameOf(graph: Graph, type: string, name: string): unknown {
  return graph.one(type, name).inputs.name;
}

async function told(name: string, graph = production) {
  const { period, threshold, comparisonOperator, evaluationPeriods, ...inputs } = (await graph()).one(
    ALARM,
    name,
  ).inputs;
  return {
    metric: inputs.metricName,
    dimensions: inputs.dimensions,
    statistic: inputs.statistic ?? inputs.extendedStatistic,
    seconds: Number(period) * Number(evaluationPeriods),
    limit: `${comparisonOperator} ${threshold}`,
    missing: inputs.treatMissingData,
  };
}

describe("an alarm goes off", () => {
  it.each([
    ["ParkedMessages", "ParkedQueue"],
    ["UndeliveredEvents", "UndeliveredQueue"],
  ])("when anything is in a dead-letter queue, however it came there: %s", async (name, queue) => {
    expect(await told(name)).toEqual({
      metric: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: nameOf(await production(), "sqs/queue:Queue", queue) },
      statistic: "Maximum",
      seconds: 60,
      limit: "GreaterThanThreshold 0",
      missing: "notBreaching",
    });
  });

  it("when the oldest message is older than the longest pause between two tries", async () => {
    expect(await told("OldestMessage")).toMatchObject({
      metric: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: nameOf(await production(), "sqs/queue:Queue", "LanesQueue") },
      limit: "GreaterThanThreshold 900",
    });
  });

  it.each([
    ["WorkerErrors", "Errors", "Sum", 300, "GreaterThanThreshold 5"],
    ["WorkerThrottles", "Throttles", "Sum", 300, "GreaterThanThreshold 0"],
    ["WorkerDuration", "Duration", "p99", 300, "GreaterThanThreshold 12000"],
  ])(
    "when the worker fails, is throttled, or nears 80 %% of its 15 s: %s",
    async (name, metric, statistic, seconds, limit) => {
      const FunctionName = nameOf(await production(), "lambda/function:Function", "WorkerFunction");
      expect(await told(name)).toMatchObject({
        metric,
        statistic,
        seconds,
        limit,
        dimensions: { FunctionName },
      });
    },
  );

  it("when EventBridge gives up more than 5 deliveries in 10 minutes, over any rule of a bus", async () => {
    const { inputs } = (await production()).one(ALARM, "FailedInvocations");
    const expression = `SELECT SUM(FailedInvocations) FROM "AWS/Events" WHERE EventBusName = '${LIVE_SOURCE}'`;
    expect(inputs.metricQueries).toEqual([{ id: "failed", expression, period: 600, returnData: true }]);
    expect(inputs).toMatchObject({ comparisonOperator: "GreaterThanThreshold", threshold: 5 });
  });

  it.each([
    ["WriteThrottles", "WriteThrottleEvents", 10],
    ["ReadThrottles", "ReadThrottleEvents", 10],
    ["TransactionConflicts", "TransactionConflict", 100],
  ])("when the table is throttled, or keeps conflicting: %s", async (name, metric, threshold) => {
    const TableName = nameOf(await production(), "dynamodb/table:Table", "TableTable");
    const limit = `GreaterThanThreshold ${threshold}`;
    expect(await told(name)).toMatchObject({ metric, limit, dimensions: { TableName } });
  });

  it("when production hears nothing for 24 hours, which the metric tells by not being there", async () => {
    expect(await told("NoEvents")).toMatchObject({
      metric: "NumberOfMessagesSent",
      seconds: 24 * 60 * 60,
      limit: "LessThanThreshold 1",
      missing: "breaching",
    });
    const others = [...(await personal()).of(ALARM), ...(await staging()).of(ALARM)];
    expect(others.filter(({ name }) => name === "NoEvents")).toEqual([]);
  });

  it("when anything is parked, for each reason apart", async () => {
    const reasons = (await production()).of(ALARM).filter(({ name }) => name.startsWith("Parked-"));
    expect(reasons).toHaveLength(12);
    for (const { name, inputs } of reasons) {
      const reason = name.slice("Parked-".length);
      expect(inputs).toMatchObject({
        namespace: "StripeLanes",
        metricName: "Parked",
        dimensions: { service: "stripe-lanes", stage: "production", reason },
        threshold: 0,
      });
    }
  });

  it("when a tie is left", async () => {
    expect(await told("TiesLeft")).toMatchObject({
      metric: "Ties",
      dimensions: { service: "stripe-lanes", stage: "production" },
      limit: "GreaterThanThreshold 0",
    });
  });

  it.each(["Incomplete", "StripeForbidden", "StripeUnauthorized", "FromTheFuture"])(
    "when events are applied or wait without what Stripe could say: %s",
    async (name) => {
      expect(await told(name)).toMatchObject({
        metric: name,
        dimensions: { service: "stripe-lanes", stage: "production" },
        limit: "GreaterThanThreshold 0",
      });
    },
  );

  it("and says what to do where an order's lines are missing", async () => {
    const { inputs } = (await production()).one(ALARM, "Incomplete");
    expect(inputs.alarmDescription).toMatch(/set StripeKey, or write metadata.lines/);
  });

  it("when the webhook fails, where there is one", async () => {
    expect(await told("WebhookErrors", staging)).toMatchObject({ limit: "GreaterThanThreshold 5" });
    expect((await production()).of(ALARM).filter(({ name }) => name.startsWith("Webhook"))).toEqual([]);
  });
});

describe.each(Object.entries(STAGES))("the alarms of a %s stage", (kind, graph) => {
  it("tell one topic when they go off and when all is well again, each in words of its own", async () => {
    const made = await graph();
    const topics = made.of("sns/topic:Topic");
    expect(topics).toHaveLength(1);
    const arns = topics.map(({ outputs }) => outputs.arn);
    for (const { inputs } of made.of(ALARM)) {
      expect(inputs).toMatchObject({ alarmActions: arns, okActions: arns });
      expect(inputs.alarmDescription).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  it("are all that the table of alarms names, under names that tell the stage", async () => {
    const alarms = (await graph()).of(ALARM).filter(({ inputs }) => inputs.metricName !== undefined);
    const quietHours = kind === "production" ? 24 : null;
    const expected = alarmsOf(kind !== "production", quietHours).map(({ name }) => name);
    expect(alarms.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
    const stage = kind === "personal" ? "ada" : kind;
    for (const { name, inputs } of alarms) expect(inputs.name).toBe(`stripe-lanes-${stage}-${name}`);
  });

  it("reach an email address only where one is set", async () => {
    const [subscription] = (await graph()).of("sns/topicSubscription:TopicSubscription");
    if (kind !== "production") return expect(subscription).toBeUndefined();
    expect(subscription?.inputs).toMatchObject({ protocol: "email", endpoint: "on-call@example.com" });
  });

  it("have a dashboard beside them, of this stage's resources", async () => {
    const made = await graph();
    const { dashboardBody } = made.one("cloudwatch/dashboard:Dashboard", "Dashboard").inputs;
    const body = String(dashboardBody);
    for (const [type, name] of [
      ["sqs/queue:Queue", "LanesQueue"],
      ["dynamodb/table:Table", "TableTable"],
      ["lambda/function:Function", "WorkerFunction"],
    ] as const) {
      expect(body).toContain(`"${nameOf(made, type, name)}"`);
    }
  });
});
