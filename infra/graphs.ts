// What the dashboard shows of the lanes, the functions and the table. Pure.
import { type Metric, NAMESPACE, SERVICE } from "@stripe-lanes/functions/metrics";

/** Of what is watched, as CloudWatch knows it. */
export type Names<Name = string> = {
  stage: string;
  lanes: Name;
  parked: Name;
  undelivered: Name;
  table: Name;
  worker: Name;
  /** Without one it is empty. */
  webhook: Name;
  buses: Name[];
};

type Options = { stat?: string; label?: string; expression?: string };

/** Namespace, metric, then names and values of dimensions, and how it is shown. */
export type Line = (string | Options)[];

export type Metrics = { stat: string; metrics: Line[] };

/** Of metrics, or of what a query finds in the worker's log lines: a metric costs $0.30 a month, a line nothing more. */
export type Graph = { title: string } & (Metrics | { query: string });

export function graphsOf(names: Names): Graph[] {
  return [
    eventsIn(names),
    outcomes(names),
    lag(names),
    depths(names),
    parkedByReason(names),
    doubts(names),
    failures(names),
    work(names),
    storeWork(names),
    writes(names),
    requests(names),
  ];
}

function eventsIn({ lanes }: Names): Graph {
  const metrics = [
    queue(lanes, "NumberOfMessagesSent", "sent to the lanes"),
    queue(lanes, "NumberOfDeduplicatedSentMessages", "copies that the queue swallowed"),
  ];
  return { title: "Events in", stat: "Sum", metrics };
}

const OUTCOMES: Metric["name"][] = ["Applied", "Superseded", "Duplicate", "Ignored", "Parked", "Retried"];

function outcomes(names: Names): Graph {
  return {
    title: "Outcomes",
    query: inLines(
      names,
      OUTCOMES.map((name) => `sum(${name}) as ${name}`),
    ),
  };
}

function lag({ stage }: Names): Graph {
  const metrics = ["p50", "p99"].map((stat) => ours(stage, "LagSeconds", { stat, label: stat }));
  return { title: "Seconds from Stripe's created to the commit", stat: "p99", metrics };
}

function depths({ lanes, parked, undelivered }: Names): Graph {
  const metrics = [
    queue(lanes, "ApproximateNumberOfMessagesVisible", "lanes, waiting"),
    queue(lanes, "ApproximateNumberOfMessagesNotVisible", "lanes, being handled or backing off"),
    queue(lanes, "ApproximateAgeOfOldestMessage", "lanes, seconds of the oldest"),
    queue(parked, "ApproximateNumberOfMessagesVisible", "parked"),
    queue(undelivered, "ApproximateNumberOfMessagesVisible", "undelivered by EventBridge"),
  ];
  return { title: "Lanes and dead-letter queues", stat: "Maximum", metrics };
}

function parkedByReason({ stage }: Names): Graph {
  const found = `SEARCH('{${NAMESPACE},reason,service,stage} MetricName="Parked" stage="${stage}"', 'Sum', 60)`;
  return { title: "Parked, by reason", stat: "Sum", metrics: [[{ expression: found }]] };
}

function doubts({ stage }: Names): Graph {
  const all: Metric["name"][] = [
    "Incomplete",
    "StripeForbidden",
    "StripeUnauthorized",
    "FromTheFuture",
    "Ties",
  ];
  const metrics = all.map((name) => ours(stage, name, { label: name }));
  return { title: "In doubt, and ties", stat: "Sum", metrics };
}

function failures({ worker, webhook }: Names): Graph {
  const ofWorker = [
    lambda(worker, "Errors", { label: "worker's errors" }),
    lambda(worker, "Throttles", { label: "worker's throttles" }),
  ];
  const ofWebhook = [
    lambda(webhook, "Errors", { label: "webhook's errors" }),
    lambda(webhook, "Throttles", { label: "webhook's throttles" }),
    lambda(webhook, "Url5xxCount", { label: "webhook's answers of 5xx" }),
  ];
  const metrics = webhook === "" ? ofWorker : [...ofWorker, ...ofWebhook];
  return { title: "Functions: errors and throttles", stat: "Sum", metrics };
}

function work({ worker, webhook }: Names): Graph {
  const duration = (name: string, label: string) => lambda(name, "Duration", { stat: "p99", label });
  const metrics = [
    lambda(worker, "ConcurrentExecutions", { stat: "Maximum", label: "workers" }),
    duration(worker, "worker's milliseconds, p99"),
    ...(webhook === "" ? [] : [duration(webhook, "webhook's milliseconds, p99")]),
  ];
  return { title: "Work", stat: "Maximum", metrics };
}

function storeWork(names: Names): Graph {
  const found = [
    "avg(BatchSize) as events_a_batch",
    "avg(RoundTrips) as round_trips_a_batch",
    "sum(Conflicts) as conflicts",
  ];
  return { title: "Batches", query: inLines(names, found) };
}

function writes({ table }: Names): Graph {
  const units = (name: string, label: string): Line => ["AWS/DynamoDB", name, "TableName", table, { label }];
  const metrics = [
    units("ConsumedWriteCapacityUnits", "write units"),
    units("ConsumedReadCapacityUnits", "read units"),
  ];
  return { title: "Cost: DynamoDB", stat: "Sum", metrics };
}

function requests({ worker, lanes }: Names): Graph {
  const metrics: Line[] = [
    lambda(worker, "Invocations", { label: "worker's invocations" }),
    lambda(worker, "Duration", { label: "worker's milliseconds" }),
    queue(lanes, "NumberOfMessagesReceived", "messages received"),
    ["AWS/Logs", "IncomingBytes", "LogGroupName", logOf(worker), { label: "bytes logged" }],
  ];
  return { title: "Cost: Lambda, SQS, logs", stat: "Sum", metrics };
}

function queue(name: string, metric: string, label: string): Line {
  return ["AWS/SQS", metric, "QueueName", name, { label }];
}

function lambda(name: string, metric: string, options: Options): Line {
  return ["AWS/Lambda", metric, "FunctionName", name, options];
}

function ours(stage: string, name: Metric["name"], options: Options): Line {
  return [NAMESPACE, name, "service", SERVICE, "stage", stage, options];
}

/** In the line that the worker writes of each batch. */
function inLines({ worker }: Names, found: string[]): string {
  return `SOURCE '${logOf(worker)}' | filter ispresent(BatchSize) | stats ${found.join(", ")} by bin(5m)`;
}

function logOf(lambdaName: string): string {
  return `/aws/lambda/${lambdaName}`;
}
