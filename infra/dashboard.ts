// The dashboard of a stage, as CloudWatch wants it. Pure.
import { type Metric, NAMESPACE, SERVICE } from "@stripe-lanes/functions/metrics";

/** Of what is watched, as CloudWatch knows it. */
export type Names<Name = string> = {
  stage: string;
  lanes: Name;
  parked: Name;
  undelivered: Name;
  table: Name;
  worker: Name;
};

type Options = { stat?: string; label?: string; expression?: string };
/** Namespace, metric, then names and values of dimensions, and how it is shown. */
type Line = (string | Options)[];

export type Widget = {
  type: "metric";
  x: number;
  y: number;
  width: number;
  height: number;
  properties: { title: string; region: string; stat: string; period: number; metrics: Line[] };
};

const PERIOD = 60;

/** Two widgets a row, of the 24 columns that there are. */
const WIDTH = 12;
const HEIGHT = 6;

export function dashboardOf(names: Names, region: string): { widgets: Widget[] } {
  const graphs = [
    eventsIn(names),
    outcomes(names),
    lag(names),
    depths(names),
    parkedByReason(names),
    work(names),
    writes(names),
    requests(names),
  ];
  return { widgets: graphs.map((graph, index) => widget(graph, index, region)) };
}

type Graph = { title: string; stat: string; metrics: Line[] };

function widget({ title, stat, metrics }: Graph, index: number, region: string): Widget {
  const place = { x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, width: WIDTH, height: HEIGHT };
  return { type: "metric", ...place, properties: { title, region, stat, period: PERIOD, metrics } };
}

function eventsIn({ lanes }: Names): Graph {
  const metrics = [
    queue(lanes, "NumberOfMessagesSent", "sent to the lanes"),
    queue(lanes, "NumberOfDeduplicatedSentMessages", "copies that the queue swallowed"),
  ];
  return { title: "Events in", stat: "Sum", metrics };
}

function outcomes({ stage }: Names): Graph {
  const all: Metric["name"][] = [
    "Applied",
    "Superseded",
    "Duplicate",
    "Ignored",
    "Parked",
    "Retried",
    "Ties",
    "Incomplete",
  ];
  return { title: "Outcomes", stat: "Sum", metrics: all.map((name) => ours(stage, name, { label: name })) };
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
  const found = `SEARCH('{${NAMESPACE},reason,service,stage} MetricName="Parked" stage="${stage}"', 'Sum', ${PERIOD})`;
  return { title: "Parked, by reason", stat: "Sum", metrics: [[{ expression: found }]] };
}

function work({ stage, worker }: Names): Graph {
  const metrics = [
    ours(stage, "BatchSize", { label: "messages a batch" }),
    ours(stage, "RoundTrips", { label: "round trips a batch" }),
    ours(stage, "Conflicts", { stat: "Sum", label: "conflicts" }),
    ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", worker, { stat: "Maximum", label: "workers" }],
  ];
  return { title: "Work", stat: "Average", metrics };
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
    ["AWS/Lambda", "Invocations", "FunctionName", worker, { label: "worker's invocations" }],
    ["AWS/Lambda", "Duration", "FunctionName", worker, { label: "worker's milliseconds" }],
    queue(lanes, "NumberOfMessagesReceived", "messages received"),
    ["AWS/Logs", "IncomingBytes", "LogGroupName", `/aws/lambda/${worker}`, { label: "bytes logged" }],
  ];
  return { title: "Cost: Lambda, SQS, logs", stat: "Sum", metrics };
}

function queue(name: string, metric: string, label: string): Line {
  return ["AWS/SQS", metric, "QueueName", name, { label }];
}

function ours(stage: string, name: Metric["name"], options: Options): Line {
  return [NAMESPACE, name, "service", SERVICE, "stage", stage, options];
}
