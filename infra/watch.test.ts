import { PARK_REASONS } from "@stripe-lanes/core/park-reasons";
import { describe, expect, it } from "vitest";
import { type Graph, LIVE_SOURCE, personal, production, staging } from "./fixtures/stages.ts";

const ALARM = "cloudwatch/metricAlarm:MetricAlarm";

function nameOf(graph: Graph, type: string, name: string): unknown {
  return graph.one(type, name).inputs.name;
}

const functionName = (graph: Graph, name: string) => nameOf(graph, "lambda/function:Function", name);

/** What an alarm looks at, and when it goes off. */
async function told(name: string, graph = production) {
  const { inputs } = (await graph()).one(ALARM, name);
  const { period, threshold, comparisonOperator, evaluationPeriods, datapointsToAlarm } = inputs;
  return {
    metric: inputs.metricName,
    dimensions: inputs.dimensions,
    statistic: inputs.statistic ?? inputs.extendedStatistic,
    when: `${datapointsToAlarm} of ${evaluationPeriods} × ${period} s`,
    limit: `${comparisonOperator} ${threshold}`,
    missing: inputs.treatMissingData,
  };
}

async function query(name: string, graph = production): Promise<string> {
  const { metricQueries } = (await graph()).one(ALARM, name).inputs;
  const [{ expression } = { expression: "" }, ...others] = metricQueries as { expression: string }[];
  expect(others).toEqual([]);
  return expression;
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
      when: "1 of 1 × 60 s",
      limit: "GreaterThanThreshold 0",
      missing: "notBreaching",
    });
  });

  it("when anything is parked, once more while an older one still lies there", async () => {
    expect(await told("Parked")).toEqual({
      metric: "Parked",
      dimensions: { service: "stripe-lanes", stage: "production" },
      statistic: "Sum",
      when: "1 of 1 × 300 s",
      limit: "GreaterThanThreshold 0",
      missing: "notBreaching",
    });
    const alarms = (await production()).of(ALARM).filter(({ name }) => name.startsWith("Parked"));
    expect(alarms.map(({ name }) => name).toSorted()).toEqual(["Parked", "ParkedMessages"]);
  });

  it("and says of each reason what to do, in the words of the one table", async () => {
    const text = String((await production()).one(ALARM, "Parked").inputs.alarmDescription);
    for (const [reason, { nextStep }] of Object.entries(PARK_REASONS)) {
      expect(text).toMatch(new RegExp(`(^|[ ,])${reason}(, [a-z, -]+)?: `));
      expect(text).toContain(nextStep);
    }
  });

  it("when the oldest message is older than the longest pause between two tries", async () => {
    expect(await told("OldestMessage")).toMatchObject({
      metric: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: nameOf(await production(), "sqs/queue:Queue", "LanesQueue") },
      limit: "GreaterThanThreshold 900",
    });
  });

  it.each([
    ["WorkerErrors", "WorkerFunction", "Errors"],
    ["WebhookErrors", "WebhookFunction", "Errors"],
    ["Webhook5xx", "WebhookFunction", "Url5xxCount"],
  ])(
    "when a function fails in 2 of 3 periods, as 4 errors are all that a quiet stage makes: %s",
    async (name, of, metric) => {
      const FunctionName = functionName(await staging(), of);
      expect(await told(name, staging)).toMatchObject({
        metric,
        statistic: "Sum",
        when: "2 of 3 × 300 s",
        limit: "GreaterThanThreshold 0",
        dimensions: { FunctionName },
      });
    },
  );

  it.each([
    ["WorkerThrottles", "WorkerFunction"],
    ["WebhookThrottles", "WebhookFunction"],
  ])("when a function is throttled: %s", async (name, of) => {
    const FunctionName = functionName(await staging(), of);
    const limit = "GreaterThanThreshold 0";
    expect(await told(name, staging)).toMatchObject({
      metric: "Throttles",
      limit,
      dimensions: { FunctionName },
    });
  });

  it.each([
    ["WorkerDuration", "WorkerFunction"],
    ["WebhookDuration", "WebhookFunction"],
  ])("when a function takes 80 %% of its own timeout: %s", async (name, of) => {
    const made = await staging();
    const { timeout } = made.one("lambda/function:Function", of).inputs;
    expect(await told(name, staging)).toMatchObject({
      metric: "Duration",
      statistic: "p99",
      limit: `GreaterThanThreshold ${Number(timeout) * 800}`,
      dimensions: { FunctionName: functionName(made, of) },
    });
  });

  it.each(["WebhookTooLarge", "WebhookRefused"])(
    "when the webhook refuses what is signed: %s",
    async (metric) => {
      const dimensions = { service: "stripe-lanes", stage: "staging" };
      expect(await told(metric, staging)).toMatchObject({
        metric,
        dimensions,
        limit: "GreaterThanThreshold 0",
      });
    },
  );

  it("when EventBridge throttles the rules of any bus", async () => {
    const buses = await Promise.all(
      ["ThrottledRules", "WebhookThrottledRules"].map((name) => told(name, staging)),
    );
    const names = (await staging()).of("cloudwatch/eventBus:EventBus").map(({ inputs }) => inputs.name);
    expect(buses.map(({ dimensions }) => dimensions)).toEqual(
      names.map((EventBusName) => ({ EventBusName })),
    );
    for (const bus of buses)
      expect(bus).toMatchObject({ metric: "ThrottledRules", limit: "GreaterThanThreshold 0" });
  });

  it("when EventBridge gives up more than 5 deliveries to the lanes in 10 minutes, and not those to a log", async () => {
    const { inputs } = (await production()).one(ALARM, "FailedInvocations");
    expect(inputs).toMatchObject({ comparisonOperator: "GreaterThanThreshold", threshold: 5 });
    expect(inputs.metricQueries).toMatchObject([{ period: 600, returnData: true }]);
    expect(await query("FailedInvocations")).toBe(
      `SELECT SUM(FailedInvocations) FROM SCHEMA("AWS/Events", EventBusName, RuleName) WHERE EventBusName = '${LIVE_SOURCE}' AND RuleName != 'production-log-snapshot' AND RuleName != 'production-log-thin'`,
    );
    expect(await query("EventLogFailures")).toMatch(
      / WHERE RuleName = 'production-log-snapshot' OR RuleName = 'production-log-thin'$/,
    );
  });

  it("when an event reaches neither the lanes nor the dead-letter queue", async () => {
    expect((await production()).one(ALARM, "LostByRules").inputs).toMatchObject({ threshold: 0 });
    expect(await query("LostByRules")).toBe(
      `SELECT SUM(InvocationsFailedToBeSentToDlq) FROM SCHEMA("AWS/Events", EventBusName, RuleName) WHERE EventBusName = '${LIVE_SOURCE}'`,
    );
    expect(await query("WebhookLostByRules", personal)).toContain(
      "EventBusName = 'stripe-lanes-ada-webhook'",
    );
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

  it("when production is told for 24 hours that nothing was sent, and not while no hour was told at all", async () => {
    expect(await told("NoEvents")).toMatchObject({
      metric: "NumberOfMessagesSent",
      when: "24 of 24 × 3600 s",
      limit: "LessThanThreshold 1",
      missing: "ignore",
    });
    const others = [...(await personal()).of(ALARM), ...(await staging()).of(ALARM)];
    expect(others.filter(({ name }) => name === "NoEvents")).toEqual([]);
  });

  it.each([
    ["TiesLeft", "Ties"],
    ["InDoubt", "InDoubt"],
  ])("when events are applied, or wait, without what Stripe could say: %s", async (name, metric) => {
    const dimensions = { service: "stripe-lanes", stage: "production" };
    expect(await told(name)).toMatchObject({ metric, dimensions, limit: "GreaterThanThreshold 0" });
  });

  it("and says what to do in each case", async () => {
    const { alarmDescription } = (await production()).one(ALARM, "InDoubt").inputs;
    expect(alarmDescription).toMatch(/set StripeKey, or write metadata.lines/);
    for (const name of ["Incomplete", "StripeForbidden", "StripeUnauthorized", "FromTheFuture"]) {
      expect(alarmDescription).toContain(`${name}: `);
    }
  });

  it("of the webhook only where there is one", async () => {
    expect((await production()).of(ALARM).filter(({ name }) => name.startsWith("Webhook"))).toEqual([]);
  });
});
