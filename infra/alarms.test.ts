import { AS_METRICS } from "@stripe-lanes/functions/metrics";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { LIVE_SOURCE, STAGES } from "./fixtures/stages.ts";
import { settingsOf } from "./stage-settings.ts";
import { alarmedOf } from "./watch.ts";

const ALARM = "cloudwatch/metricAlarm:MetricAlarm";

describe.each(Object.entries(STAGES))("the alarms of a %s stage", (kind, graph) => {
  it("tell one topic when they go off and when all is well again", async () => {
    const made = await graph();
    const topics = made.of("sns/topic:Topic");
    expect(topics).toHaveLength(1);
    const arns = topics.map(({ outputs }) => outputs.arn);
    for (const { inputs } of made.of(ALARM))
      expect(inputs).toMatchObject({ alarmActions: arns, okActions: arns });
  });

  it("say what happened and what to do, in as many characters as CloudWatch takes", async () => {
    for (const { inputs } of (await graph()).of(ALARM)) {
      expect(inputs.alarmDescription).toMatch(/^[A-Z].{15,}\. [A-Za-z].{15,}\.$/);
      expect(String(inputs.alarmDescription).length).toBeLessThanOrEqual(1_024);
    }
  });

  it("have names that tell the stage, and look at no number of ours that is not a metric", async () => {
    const called = kind === "personal" ? "ada" : kind;
    for (const { name, inputs } of (await graph()).of(ALARM)) {
      expect(inputs.name).toBe(`stripe-lanes-${called}-${name}`);
      if (inputs.namespace === "StripeLanes") expect(AS_METRICS).toContain(inputs.metricName);
    }
  });

  it("reach an email address only where one is set", async () => {
    const [subscription] = (await graph()).of("sns/topicSubscription:TopicSubscription");
    if (kind !== "production") return expect(subscription).toBeUndefined();
    expect(subscription?.inputs).toMatchObject({ protocol: "email", endpoint: "on-call@example.com" });
  });

  it("have a dashboard beside them where it is wanted, of this stage's resources", async () => {
    const made = await graph();
    const [dashboard] = made.of("cloudwatch/dashboard:Dashboard");
    if (kind !== "production") return expect(dashboard).toBeUndefined();
    const body = String(dashboard?.inputs.dashboardBody);
    for (const [type, name] of [
      ["sqs/queue:Queue", "LanesQueue"],
      ["dynamodb/table:Table", "TableTable"],
      ["lambda/function:Function", "WorkerFunction"],
    ] as const) {
      expect(body).toContain(`"${made.one(type, name).inputs.name}"`);
    }
    expect(body).toContain(`EventBusName=\\"${LIVE_SOURCE}\\"`);
  });
});

describe("a production stage whose alarms tell nobody", () => {
  const told = (name: string, alarmEmail: string | null) => {
    const errors: unknown[] = [];
    const spy = vi.spyOn(console, "error").mockImplementation((text) => errors.push(text));
    onTestFinished(() => spy.mockRestore());
    return [alarmedOf(settingsOf(name, { alarmEmail })), ...errors];
  };

  it("says so on stderr and in an output, and is deployed", () => {
    const sentence = "The alarms tell nobody: set alarmEmail.";
    expect(told("production", null)).toEqual([sentence, sentence]);
    expect(told("staging", null)).toEqual([sentence]);
    expect(told("production", "on-call@example.com")).toEqual(["on-call@example.com"]);
  });
});
