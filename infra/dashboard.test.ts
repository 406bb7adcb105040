import { AS_METRICS } from "@stripe-lanes/functions/metrics";
import { describe, expect, it } from "vitest";
import { dashboardOf } from "./dashboard.ts";

const NAMES = {
  stage: "production",
  lanes: "lanes.fifo",
  parked: "parked.fifo",
  undelivered: "undelivered",
  table: "table",
  worker: "worker",
  webhook: "webhook",
  buses: ["partner", "own"],
};

const { widgets } = dashboardOf(NAMES, "eu-central-1");

function graph(title: string) {
  const found = widgets.find(({ properties }) => properties.title === title)?.properties;
  if (found === undefined) throw new Error(`There is no ${title}.`);
  return found;
}

function metricsOf(title: string) {
  const found = graph(title);
  return "metrics" in found ? found.metrics : [];
}

function queryOf(title: string): string {
  const found = graph(title);
  return "query" in found ? found.query : "";
}

const lines = widgets.flatMap(({ properties }) => ("metrics" in properties ? properties.metrics : []));

describe("the dashboard", () => {
  it("shows events in, outcomes, lag, depths, what is parked, failures, work, costs, buses and rules", () => {
    expect(widgets.map(({ properties }) => properties.title)).toEqual([
      "Events in",
      "Outcomes",
      "Seconds from Stripe's created to the commit",
      "Lanes and dead-letter queues",
      "Parked, by reason",
      "In doubt, and ties",
      "Functions: errors and throttles",
      "Work",
      "Batches",
      "Cost: DynamoDB",
      "Cost: Lambda, SQS, logs",
      "EventBridge, by bus: partner",
      "EventBridge, by bus: own",
      "EventBridge, by rule: MatchedEvents",
      "EventBridge, by rule: Invocations",
      "EventBridge, by rule: FailedInvocations",
      "EventBridge, by rule: ThrottledRules",
      "EventBridge, by rule: InvocationsFailedToBeSentToDlq",
    ]);
  });

  it("lays them out side by side, none over another, within 24 columns", () => {
    const places = widgets.map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(widgets.length);
    for (const { x, y, width, height } of widgets) {
      expect(x % width).toBe(0);
      expect(y % height).toBe(0);
      expect(x + width).toBeLessThanOrEqual(24);
    }
  });

  it("shows the lag as its middle and its worst hundredth", () => {
    const metrics = metricsOf("Seconds from Stripe's created to the commit");
    expect(metrics.map((line) => line.at(-1))).toEqual([
      { stat: "p50", label: "p50" },
      { stat: "p99", label: "p99" },
    ]);
  });

  it("tells every outcome apart, from the worker's lines, as each would be a metric to pay for", () => {
    const sums = ["Applied", "Superseded", "Duplicate", "Ignored", "Parked", "Retried"].map(
      (name) => `sum(${name}) as ${name}`,
    );
    expect(queryOf("Outcomes")).toBe(
      `SOURCE '/aws/lambda/worker' | filter ispresent(BatchSize) | stats ${sums.join(", ")} by bin(5m)`,
    );
  });

  it("shows errors and throttles of each function", () => {
    const shown = metricsOf("Functions: errors and throttles").map((line) => line.slice(1, 4).join(" "));
    for (const name of ["worker", "webhook"]) {
      expect(shown).toContain(`Errors FunctionName ${name}`);
      expect(shown).toContain(`Throttles FunctionName ${name}`);
    }
    const alone = JSON.stringify(dashboardOf({ ...NAMES, webhook: "" }, "eu-central-1"));
    expect(alone).not.toContain('"FunctionName",""');
  });

  it("sums what EventBridge counts over the rules of each bus, and shows it rule by rule", () => {
    const found = (metric: string, bus: string) =>
      `SEARCH('{AWS/Events,EventBusName,RuleName} MetricName="${metric}" EventBusName="${bus}"', 'Sum', 60)`;
    expect(metricsOf("EventBridge, by bus: own")).toContainEqual([
      { expression: `SUM(${found("ThrottledRules", "own")})`, label: "ThrottledRules" },
    ]);
    expect(metricsOf("EventBridge, by rule: FailedInvocations")).toEqual([
      [{ expression: found("FailedInvocations", "partner") }],
      [{ expression: found("FailedInvocations", "own") }],
    ]);
  });

  it("is of the stage's region and names every resource", () => {
    expect(new Set(widgets.map(({ properties }) => properties.region))).toEqual(new Set(["eu-central-1"]));
    const text = JSON.stringify(widgets);
    for (const name of Object.values(NAMES).flat()) expect(text).toContain(name);
  });

  it("shows no number of ours as a metric that is none", () => {
    const ours = lines.filter(([namespace]) => namespace === "StripeLanes").map(([, name]) => name);
    expect(ours.length).toBeGreaterThan(0);
    for (const name of ours) expect(AS_METRICS).toContain(name);
  });

  it("names dimensions in pairs, as CloudWatch refuses a body where they are not", () => {
    const named = lines.filter(([first]) => typeof first === "string");
    for (const line of named) expect(line.filter((part) => typeof part === "string").length % 2).toBe(0);
  });
});
