// What the dashboard shows of EventBridge: each bus as a whole, and each of its rules. Pure.
import type { Graph, Line, Names } from "./graphs.ts";

/** In the order of an event's way. */
const METRICS = [
  "MatchedEvents",
  "Invocations",
  "FailedInvocations",
  "ThrottledRules",
  "InvocationsFailedToBeSentToDlq",
];

export function busGraphs({ buses }: Names): Graph[] {
  return [...buses.map(byBus), ...METRICS.map((metric) => byRule(metric, buses))];
}

/** Not every metric has a number of its own for a bus ("EventBridge metrics"), so each is the sum over its rules. */
function byBus(bus: string): Graph {
  const metrics = METRICS.map(
    (metric): Line => [{ expression: `SUM(${search(metric, bus)})`, label: metric }],
  );
  return { title: `EventBridge, by bus: ${bus}`, stat: "Sum", metrics };
}

function byRule(metric: string, buses: string[]): Graph {
  const metrics = buses.map((bus): Line => [{ expression: search(metric, bus) }]);
  return { title: `EventBridge, by rule: ${metric}`, stat: "Sum", metrics };
}

/** The rules of a bus of one's own are told apart by both dimensions. */
function search(metric: string, bus: string): string {
  return `SEARCH('{AWS/Events,EventBusName,RuleName} MetricName="${metric}" EventBusName="${bus}"', 'Sum', 60)`;
}
