// Who is told when something is wrong: the alarms, their topic, and the dashboard.
import { NAMESPACE, SERVICE } from "@stripe-lanes/functions/metrics";
import { type Alarm, alarmsOf, type Watched } from "./alarms.ts";
import type { Ingress } from "./bus.ts";
import { dashboardOf, type Names } from "./dashboard.ts";
import type { Queues } from "./queue.ts";
import { nameOf, type Settings } from "./settings.ts";

export type WatchOptions = {
  ingresses: Ingress[];
  queues: Queues;
  table: sst.aws.Dynamo;
  worker: sst.aws.Function;
  webhook: sst.aws.Function | undefined;
  settings: Settings;
};

type Name = $util.Input<string>;

/** Deliveries that EventBridge gave up, in ten minutes. */
const MOST_FAILED = 5;
const TEN_MINUTES = 10 * 60;

/** By what CloudWatch knows a resource of each kind. */
const KINDS: Record<Exclude<Watched, "ours">, [namespace: string, dimension: string]> = {
  lanes: ["AWS/SQS", "QueueName"],
  parked: ["AWS/SQS", "QueueName"],
  undelivered: ["AWS/SQS", "QueueName"],
  worker: ["AWS/Lambda", "FunctionName"],
  webhook: ["AWS/Lambda", "FunctionName"],
  table: ["AWS/DynamoDB", "TableName"],
};

export function watch(options: WatchOptions): void {
  const { settings, webhook, ingresses } = options;
  const topic = alarmTopic(settings);
  for (const alarm of alarmsOf(webhook !== undefined, settings.quietHours)) {
    metricAlarm(alarm, topic, options);
  }
  for (const ingress of ingresses) failedInvocations(ingress, topic, settings);
  const body = $resolve(namesOf(options)).apply((names) =>
    JSON.stringify(dashboardOf(names, settings.region)),
  );
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: nameOf(settings, "lanes"),
    dashboardBody: body,
  });
}

function namesOf({ queues, table, worker, settings }: WatchOptions): Names<Name> {
  return {
    stage: settings.stage,
    lanes: queues.lanes.nodes.queue.name,
    parked: queues.parked.nodes.queue.name,
    undelivered: queues.undelivered.nodes.queue.name,
    table: table.name,
    worker: worker.name,
  };
}

function alarmTopic(settings: Settings): aws.sns.Topic {
  const topic = new aws.sns.Topic("Alarms", { name: nameOf(settings, "alarms") });
  if (settings.alarmEmail === null) return topic;
  const subscription = { topic: topic.arn, protocol: "email", endpoint: settings.alarmEmail };
  new aws.sns.TopicSubscription("AlarmEmail", subscription);
  return topic;
}

function metricAlarm(alarm: Alarm, topic: aws.sns.Topic, options: WatchOptions): void {
  new aws.cloudwatch.MetricAlarm(alarm.name, {
    ...said(alarm.name, alarm.says, topic, options.settings),
    ...watchedBy(alarm, options),
    ...statisticOf(alarm),
    ...thresholdOf(alarm),
    metricName: alarm.metric,
    period: alarm.period,
    evaluationPeriods: alarm.periods,
    treatMissingData: alarm.missing,
  });
}

/** What our own metrics are told apart by is set in packages/functions/src/emf.ts. */
function watchedBy({ watched, reason }: Alarm, options: WatchOptions) {
  if (watched === "ours") {
    const dimensions = { service: SERVICE, stage: options.settings.stage };
    return { namespace: NAMESPACE, dimensions: { ...dimensions, ...(reason && { reason }) } };
  }
  const [namespace, dimension] = KINDS[watched];
  const name = watched === "webhook" ? (options.webhook?.name ?? "") : namesOf(options)[watched];
  return { namespace, dimensions: { [dimension]: name } };
}

function statisticOf({ statistic }: Alarm) {
  return statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic };
}

function thresholdOf({ threshold }: Alarm) {
  if ("above" in threshold) {
    return { comparisonOperator: "GreaterThanThreshold", threshold: threshold.above };
  }
  return { comparisonOperator: "LessThanThreshold", threshold: threshold.below };
}

/** The metric is of each rule, and a bus has more rules than an alarm can name metrics: so it is a query. */
function failedInvocations({ prefix, bus }: Ingress, topic: aws.sns.Topic, settings: Settings): void {
  const name = prefix === "" ? "FailedInvocations" : "WebhookFailedInvocations";
  const says =
    "EventBridge gave up deliveries of a rule: the lanes' queue or its policy is not as it should be.";
  const expression = $interpolate`SELECT SUM(FailedInvocations) FROM "AWS/Events" WHERE EventBusName = '${bus.name}'`;
  new aws.cloudwatch.MetricAlarm(name, {
    ...said(name, says, topic, settings),
    metricQueries: [{ id: "failed", expression, period: TEN_MINUTES, returnData: true }],
    comparisonOperator: "GreaterThanThreshold",
    threshold: MOST_FAILED,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
  });
}

function said(name: string, alarmDescription: string, topic: aws.sns.Topic, settings: Settings) {
  return {
    name: nameOf(settings, name),
    alarmDescription,
    alarmActions: [topic.arn],
    okActions: [topic.arn],
  };
}
