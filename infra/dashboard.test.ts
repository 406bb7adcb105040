import { describe, expect, it } from "vitest";
import { dashboardOf } from "./dashboard.ts";

const NAMES = {
  stage: "production",
  lanes: "lanes.fifo",
  parked: "parked.fifo",
  undelivered: "undelivered",
  table: "table",
  worker: "worker",
};

const { widgets } = dashboardOf(NAMES, "eu-central-1");

function graph(title: string) {
  const found = widgets.find(({ properties }) => properties.title === title);
  if (found === undefined) throw new Error(`There is no ${title}.`);
  return found.properties;
}

describe("the dashboard", () => {
  it("shows events in, outcomes, lag, depths, what is parked, work and what costs", () => {
    expect(widgets.map(({ properties }) => properties.title)).toEqual([
      "Events in",
      "Outcomes",
      "Seconds from Stripe's created to the commit",
      "Lanes and dead-letter queues",
      "Parked, by reason",
      "Work",
      "Cost: DynamoDB",
      "Cost: Lambda, SQS, logs",
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
    const { metrics } = graph("Seconds from Stripe's created to the commit");
    expect(metrics.map((line) => line.at(-1))).toEqual([
      { stat: "p50", label: "p50" },
      { stat: "p99", label: "p99" },
    ]);
  });

  it("tells every outcome apart, in this stage's numbers", () => {
    const { metrics, stat } = graph("Outcomes");
    expect(stat).toBe("Sum");
    expect(metrics.map((line) => line.slice(1, 6))).toEqual(
      ["Applied", "Superseded", "Duplicate", "Ignored", "Parked", "Retried", "Ties", "Incomplete"].map(
        (name) => [name, "service", "stripe-lanes", "stage", "production"],
      ),
    );
  });

  it("is of the stage's region and names every resource", () => {
    expect(new Set(widgets.map(({ properties }) => properties.region))).toEqual(new Set(["eu-central-1"]));
    const text = JSON.stringify(widgets);
    for (const name of Object.values(NAMES)) expect(text).toContain(name);
  });

  it("names dimensions in pairs, as CloudWatch refuses a body where they are not", () => {
    const lines = widgets
      .flatMap(({ properties }) => properties.metrics)
      .filter(([first]) => typeof first === "string");
    for (const line of lines) expect(line.filter((part) => typeof part === "string").length % 2).toBe(0);
  });
});
