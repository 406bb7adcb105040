// The alarms, as a table: what is looked at, and from which number on somebody should come. Pure.
import { PARK_REASONS } from "@stripe-lanes/core/park-reasons";
import type { Metric } from "@stripe-lanes/functions/metrics";
import { WEBHOOK_SECONDS, WORKER_SECONDS } from "./timeouts.ts";

/** Whose metric it is: a resource's, each bus's, or one of our own. */
type Watched = "lanes" | "parked" | "undelivered" | "worker" | "webhook" | "table" | "bus" | "ours";

export type Alarm = {
  watched: Watched;
  name: string;
  metric: string;
  statistic: "Sum" | "Maximum" | "p99";
  /** Seconds of one period. */
  period: number;
  /** It goes off when so many of the last periods are over the threshold. */
  datapoints: number;
  periods: number;
  threshold: { above: number } | { below: number };
  /** How a period without a number counts: as a good one, or not at all. */
  missing: "notBreaching" | "ignore";
  /** What happened, and then one sentence on what to do: for whoever is woken by it. */
  means: string;
  nextStep: string;
};

type Row = [
  watched: Watched,
  name: string,
  metric: string,
  statistic: Alarm["statistic"],
  period: number,
  above: number,
  means: string,
  nextStep: string,
];

const MINUTE = 60;
const FIVE = 5 * MINUTE;
const HOUR = 60 * MINUTE;

/** Milliseconds: 80 % of a function's time. */
const mostOf = (seconds: number) => 0.8 * seconds * 1000;

/** How many messages wait; a move by SQS itself is in no other metric. */
const DEPTH = "ApproximateNumberOfMessagesVisible";
const AGE = "ApproximateAgeOfOldestMessage";
const PARKED = "Parked" satisfies Metric["name"];
const TIES = "Ties" satisfies Metric["name"];
const IN_DOUBT = "InDoubt" satisfies Metric["name"];
const TOO_LARGE = "WebhookTooLarge" satisfies Metric["name"];
const REFUSED = "WebhookRefused" satisfies Metric["name"];

const IN_DOUBT_STEPS =
  "Incomplete: set StripeKey, or write metadata.lines to the Checkout session. StripeForbidden: give StripeKey read access to events and to what you take events of. StripeUnauthorized: Stripe rejects the key (401) and events wait, so set a valid one and deploy. FromTheFuture: find out who sends events that are more than a day ahead.";

// biome-ignore format: a table
const ALARMS: Row[] = [
  ["ours", "Parked", PARKED, "Sum", FIVE, 0, "Messages were parked in the last five minutes.", reasonsText()],
  ["parked", "ParkedMessages", DEPTH, "Maximum", MINUTE, 0, "Parked messages wait, for 14 days at most.", "Run npm run dlq -- list and do what it says of each."],
  ["undelivered", "UndeliveredEvents", DEPTH, "Maximum", MINUTE, 0, "EventBridge could not deliver events to the lanes, and keeps them for 14 days at most.", "Read their attributes ERROR_CODE and RULE_ARN, correct the lanes' policy, then replay their time from the archive."],
  ["lanes", "OldestMessage", AGE, "Maximum", FIVE, 15 * MINUTE, "A message waits for longer than the longest pause between two tries.", "Read the worker's log for retried, then see the alarms of its errors, its throttles and the table."],
  ["worker", "WorkerErrors", "Errors", "Sum", FIVE, 0, "The worker fails as a whole, and its batches come back.", "Read the worker's log: a wrong setting, a permission or a timeout says so there."],
  ["worker", "WorkerThrottles", "Throttles", "Sum", FIVE, 0, "The account has no concurrency left for the worker.", "Raise the account's quota of concurrent executions in Lambda."],
  ["worker", "WorkerDuration", "Duration", "p99", FIVE, mostOf(WORKER_SECONDS), "Batches take 80 % of the worker's timeout.", "See whether DynamoDB or Stripe is slow, or lower the load that reaches one lane."],
  ["webhook", "WebhookErrors", "Errors", "Sum", FIVE, 0, "The webhook throws or times out, and Stripe sends again.", "Read the webhook's log: a missing secret or permission says so there."],
  ["webhook", "Webhook5xx", "Url5xxCount", "Sum", FIVE, 0, "The webhook answers 5xx, and Stripe sends again.", "Read the webhook's log: it has no secret, or does not reach EventBridge."],
  ["webhook", "WebhookThrottles", "Throttles", "Sum", FIVE, 0, "No concurrency is left for the webhook, and Stripe sends again.", "Raise webhookConcurrency where it is set, else the account's quota of concurrent executions in Lambda."],
  ["webhook", "WebhookDuration", "Duration", "p99", FIVE, mostOf(WEBHOOK_SECONDS), "Requests take 80 % of the webhook's timeout.", "See whether EventBridge is slow in this region."],
  ["ours", "WebhookTooLarge", TOO_LARGE, "Sum", FIVE, 0, "A signed event was larger than EventBridge takes, and was answered 413.", "Find its id in the webhook's log and read the object in Stripe."],
  ["ours", "WebhookRefused", REFUSED, "Sum", FIVE, 0, "A signed request was not accepted.", "Read the webhook's log: a clock is wrong, an old request was sent again, or the body is no event."],
  ["bus", "ThrottledRules", "ThrottledRules", "Sum", FIVE, 0, "EventBridge throttles rules, so events come late.", "Raise the quota of invocations per second of EventBridge in this region."],
  ["table", "WriteThrottles", "WriteThrottleEvents", "Sum", FIVE, 10, "DynamoDB throttles writes to the table.", "See whether one key takes all writes, else wait until the table has scaled up."],
  ["table", "ReadThrottles", "ReadThrottleEvents", "Sum", FIVE, 10, "DynamoDB throttles reads of the table.", "See whether an app reads one key too often, else wait until the table has scaled up."],
  ["table", "TransactionConflicts", "TransactionConflict", "Sum", FIVE, 100, "Transactions keep meeting on the same rows.", "Look for a price that everybody buys, or for another writer of the table."],
  ["ours", "TiesLeft", TIES, "Sum", HOUR, 0, "Events of one second leave their order open, or Stripe does not find an object.", "Set StripeKey if there is none: rows marked as a tie may be wrong until their next event."],
  ["ours", "InDoubt", IN_DOUBT, "Sum", FIVE, 0, "Events were applied, or wait, without what Stripe could say: the log lines' doubt names the reason.", IN_DOUBT_STEPS],
];

/** One failure may be a deployment's; with 90 s of visibility one bad batch fails three or four times in five minutes. */
const TWO_OF_THREE = ["WorkerErrors", "WebhookErrors", "Webhook5xx"];

/** @param quietHours without any event after which that is an alarm; null for none */
export function alarmsOf(hasWebhook: boolean, quietHours: number | null): Alarm[] {
  const rows = ALARMS.filter(([, name]) => hasWebhook || !name.startsWith("Webhook"));
  return [...rows.map(alarmOf), ...(quietHours === null ? [] : [quietAlarm(quietHours)])];
}

/** What CloudWatch has no number for has not happened. */
function alarmOf([watched, name, metric, statistic, period, above, means, nextStep]: Row): Alarm {
  const [datapoints, periods] = TWO_OF_THREE.includes(name) ? [2, 3] : [1, 1];
  const when = {
    statistic,
    period,
    datapoints,
    periods,
    threshold: { above },
    missing: "notBreaching",
  } as const;
  return { watched, name, metric, ...when, means, nextStep };
}

/** Every reason with its next step; reasons with the same one stand together. */
function reasonsText(): string {
  const byStep = Map.groupBy(Object.entries(PARK_REASONS), ([, { nextStep }]) => nextStep);
  return [...byStep]
    .map(([step, reasons]) => `${reasons.map(([reason]) => reason).join(", ")}: ${step}`)
    .join(" ");
}

/**
 * So many hours in a row with the number 0. The worker's polls keep the queue's metrics coming while nothing is sent
 * ("Available CloudWatch metrics for Amazon SQS": while the queue is active), so hours without a number are from before
 * the first deployment, or of a queue that is not polled: they neither set the alarm off nor end it.
 */
function quietAlarm(hours: number): Alarm {
  const means = `No event came for ${hours} h.`;
  const nextStep = "See whether Stripe's destination is enabled, and the event source ACTIVE.";
  const sent = alarmOf(["lanes", "NoEvents", "NumberOfMessagesSent", "Sum", HOUR, 0, means, nextStep]);
  return { ...sent, datapoints: hours, periods: hours, threshold: { below: 1 }, missing: "ignore" };
}
