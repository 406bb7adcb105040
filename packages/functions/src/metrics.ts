// What a batch came to, in numbers: the names that the alarms and the dashboard go by. Pure.
import type { Result } from "@stripe-lanes/core/batch";
import { Unauthorized } from "@stripe-lanes/core/errors";
import type { Outcome } from "@stripe-lanes/core/ledger";
import type { Counts } from "./counting.ts";

export const NAMESPACE = "StripeLanes";

/** The dimension `service`; the other one of every metric is `stage`. */
export const SERVICE = "stripe-lanes";

const OUTCOMES = {
  applied: "Applied",
  superseded: "Superseded",
  duplicate: "Duplicate",
  ignored: "Ignored",
  parked: "Parked",
} as const satisfies Record<Outcome, string>;

/** What was applied without all that Stripe could say, and what keeps it from saying it. */
type Doubtful = "Incomplete" | "StripeForbidden" | "StripeUnauthorized" | "FromTheFuture";

/** Signed events that the webhook did not accept: larger than EventBridge takes, or refused for another reason. */
export type WebhookMetric = "WebhookTooLarge" | "WebhookRefused";

export type Metric = {
  name:
    | (typeof OUTCOMES)[Outcome]
    | "Retried"
    | "Ties"
    | Doubtful
    | "InDoubt"
    | WebhookMetric
    | "LagSeconds"
    | "BatchSize"
    | "RoundTrips"
    | "Conflicts";
  unit: "Count" | "Seconds";
  value: number;
  /** Of what was parked, besides the same count without it: one dimension more. There are as many as `ParkReason`s. */
  reason?: string;
};

/**
 * What CloudWatch keeps as metrics, at $0.30 a month each in the hours in which it is told: what an alarm looks at, what
 * tells its causes apart, and the lag, of which nobody can add up percentiles. Other counts are in the line only, where
 * the dashboard and Logs Insights find them.
 */
export const AS_METRICS: readonly Metric["name"][] = [
  "Parked",
  "Ties",
  "InDoubt",
  "Incomplete",
  "StripeForbidden",
  "StripeUnauthorized",
  "FromTheFuture",
  "WebhookTooLarge",
  "WebhookRefused",
  "LagSeconds",
];

/**
 * What counts nothing is left out, since an alarm takes a missing number for a good one.
 * @param now milliseconds since the epoch, when the batch was done
 */
export function metricsOf(results: Result[], counts: Counts, now: number): Metric[] {
  const doubts = results.map(doubtsOf).filter(({ length }) => length > 0);
  const rare = [
    ...countsBy([...results.map(nameOf), ...doubts.flat()]),
    ["InDoubt", doubts.length],
    ["Ties", counts.ties],
    ["Conflicts", counts.conflicts],
  ] as const;
  return [
    count("BatchSize", results.length),
    count("RoundTrips", counts.roundTrips),
    ...rare.filter(([, value]) => value > 0).map(([name, value]) => count(name, value)),
    ...results.flatMap((result) => lagOf(result, now)),
    ...parkedByReason(results),
  ];
}

function nameOf(result: Result): Metric["name"] {
  return result.kind === "settled" ? OUTCOMES[result.outcome] : "Retried";
}

function doubtsOf(result: Result): Doubtful[] {
  const { doubt, ahead } = result.kind === "settled" ? result : {};
  const counted: Record<Doubtful, boolean> = {
    Incomplete: doubt !== undefined && doubt.lists.length > 0,
    StripeForbidden: doubt?.because === "stripe-key-forbidden",
    StripeUnauthorized: (doubt ?? result).error instanceof Unauthorized,
    FromTheFuture: ahead !== undefined,
  };
  return (Object.keys(counted) as Doubtful[]).filter((name) => counted[name]);
}

/** From the second Stripe created the event in until it was committed; what was no news has none. */
function lagOf(result: Result, now: number): Metric[] {
  if (result.kind !== "settled" || result.event === undefined) return [];
  if (result.outcome !== "applied" && result.outcome !== "superseded") return [];
  const value = Math.max(0, (now - result.event.created * 1000) / 1000);
  return [{ name: "LagSeconds", unit: "Seconds", value }];
}

function parkedByReason(results: Result[]): Metric[] {
  const reasons = results.flatMap((result) =>
    result.kind === "settled" && result.outcome === "parked" ? [result.reason] : [],
  );
  return countsBy(reasons).map(([reason, value]) => ({ ...count("Parked", value), reason }));
}

/** A metric of unit Count. A value of 0 is kept: leaving zeros out is the caller's decision. */
export function count(name: Metric["name"], value: number): Metric {
  return { name, unit: "Count", value };
}

function countsBy<T extends string>(texts: T[]): [text: T, count: number][] {
  return [...Map.groupBy(texts, (text) => text)].map(([text, { length }]) => [text, length]);
}
