// The alarms, as a table: what is looked at, and from which number on somebody should come. Pure.
import type { ParkReason } from "@stripe-lanes/core/errors";
import { PARK_REASONS } from "@stripe-lanes/core/park-reasons";
import type { Metric } from "@stripe-lanes/functions/metrics";
import { WORKER_SECONDS } from "./worker.ts";

/** Whose metric it is: a resource's, or one of our own. */
export type Watched = "lanes" | "parked" | "undelivered" | "worker" | "webhook" | "table" | "ours";

export type Alarm = {
  watched: Watched;
  name: string;
  metric: string;
  /** Of what was parked only. */
  reason?: ParkReason;
  statistic: "Sum" | "Maximum" | "p99";
  /** Seconds of one period. */
  period: number;
  /** So many periods in a row. */
  periods: number;
  threshold: { above: number } | { below: number };
  missing: "notBreaching" | "breaching";
  /** What it means, for whoever is woken by it. */
  says: string;
};

type Row = [
  watched: Watched,
  name: string,
  metric: string,
  statistic: Alarm["statistic"],
  period: number,
  above: number,
  says: string,
];

const MINUTE = 60;
const FIVE = 5 * MINUTE;
const HOUR = 60 * MINUTE;

/** Milliseconds: 80 % of the worker's time. */
const LONG = 0.8 * WORKER_SECONDS * 1000;

/** How many messages wait; a move by SQS itself is in no other metric. */
const DEPTH = "ApproximateNumberOfMessagesVisible";
const AGE = "ApproximateAgeOfOldestMessage";
const TIES = "Ties" satisfies Metric["name"];
const INCOMPLETE = "Incomplete" satisfies Metric["name"];
const FORBIDDEN = "StripeForbidden" satisfies Metric["name"];
const UNAUTHORIZED = "StripeUnauthorized" satisfies Metric["name"];
const FUTURE = "FromTheFuture" satisfies Metric["name"];
const PARKED = "Parked" satisfies Metric["name"];

// biome-ignore format: a table
const ALARMS: Row[] = [
  ["parked", "ParkedMessages", DEPTH, "Maximum", MINUTE, 0, "Messages are parked: npm run dlq -- list says why."],
  ["undelivered", "UndeliveredEvents", DEPTH, "Maximum", MINUTE, 0, "EventBridge could not deliver events to the lanes: their attributes ERROR_CODE and RULE_ARN say why."],
  ["lanes", "OldestMessage", AGE, "Maximum", FIVE, 15 * MINUTE, "A message waits for longer than the longest pause between two tries: the worker does not get through."],
  ["worker", "WorkerErrors", "Errors", "Sum", FIVE, 5, "The worker fails as a whole: see its log."],
  ["worker", "WorkerThrottles", "Throttles", "Sum", FIVE, 0, "The account has no concurrency left for the worker."],
  ["worker", "WorkerDuration", "Duration", "p99", FIVE, LONG, "Batches come near the worker's timeout."],
  ["webhook", "WebhookErrors", "Errors", "Sum", FIVE, 5, "The webhook fails, and Stripe sends again: see its log, and whether it has its secret."],
  ["webhook", "WebhookThrottles", "Throttles", "Sum", FIVE, 0, "The account has no concurrency left for the webhook."],
  ["table", "WriteThrottles", "WriteThrottleEvents", "Sum", FIVE, 10, "DynamoDB throttles writes to the table."],
  ["table", "ReadThrottles", "ReadThrottleEvents", "Sum", FIVE, 10, "DynamoDB throttles reads of the table."],
  ["table", "TransactionConflicts", "TransactionConflict", "Sum", FIVE, 100, "Transactions keep meeting on the same rows: a hot price, or another writer of the table."],
  ["ours", "TiesLeft", TIES, "Sum", HOUR, 0, "Events of one second leave their order open, or Stripe does not find an object: rows marked as a tie may be wrong until their next event."],
  ["ours", "Incomplete", INCOMPLETE, "Sum", FIVE, 0, "Events were applied without a whole list, and an order without its lines moves no stock: set StripeKey, or write metadata.lines to the Checkout session. The log lines' doubt says why."],
  ["ours", "StripeForbidden", FORBIDDEN, "Sum", FIVE, 0, "StripeKey may not read an object or an event: give the key read access to events and to what you take events of."],
  ["ours", "StripeUnauthorized", UNAUTHORIZED, "Sum", FIVE, 0, "Stripe rejects StripeKey (401): what needs an answer waits in the lanes. Set a valid key and deploy."],
  ["ours", "FromTheFuture", FUTURE, "Sum", HOUR, 0, "Events were applied whose created is more than a day ahead of the clock: of a test clock, or forged. Their objects take no earlier event until then."],
];

/** @param quietHours without any event after which that is an alarm; null for none */
export function alarmsOf(hasWebhook: boolean, quietHours: number | null): Alarm[] {
  const rows = ALARMS.filter(([watched]) => hasWebhook || watched !== "webhook");
  return [
    ...rows.map(alarmOf),
    ...Object.entries(PARK_REASONS).map(([reason, { means, nextStep }]) =>
      parkedAlarm(reason as ParkReason, `${means} ${nextStep}`),
    ),
    ...(quietHours === null ? [] : [quietAlarm(quietHours)]),
  ];
}

/** What CloudWatch has no number for has not happened. */
function alarmOf([watched, name, metric, statistic, period, above, says]: Row): Alarm {
  const threshold = { above };
  return { watched, name, metric, statistic, period, periods: 1, threshold, missing: "notBreaching", says };
}

function parkedAlarm(reason: ParkReason, says: string): Alarm {
  return { ...alarmOf(["ours", `Parked-${reason}`, PARKED, "Sum", FIVE, 0, says]), reason };
}

/** A queue that nothing is sent to stops having metrics after six hours, so no number means no event. */
function quietAlarm(hours: number): Alarm {
  const says = `No event came for ${hours} h: Stripe's destination may be disabled, or its source pending.`;
  const sent = alarmOf(["lanes", "NoEvents", "NumberOfMessagesSent", "Sum", HOUR, 0, says]);
  return { ...sent, periods: hours, threshold: { below: 1 }, missing: "breaching" };
}
