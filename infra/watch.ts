// Who is told when something is wrong: the alarms, their topic, and the dashboard.
import { NAMESPACE, SERVICE } from "@stripe-lanes/functions/metrics";
import { type Alarm, alarmsOf } from "./alarms.ts";
import type { Ingress } from "./bus.ts";
import { dashboardOf } from "./dashboard.ts";
import { logRuleNames } from "./event-log.ts";
import type { Names } from "./graphs.ts";
import { busQueries, logQueries, type QueryAlarm } from "./query-alarms.ts";
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

/** By what CloudWatch knows a metric, besides its name. */
type Place = { namespace: string; dimensions: Record<string, $util.Input<string>> };

/** Whom the alarms of a stage tell; in production somebody must be told. */
export function alarmedOf({ kind, alarmEmail }: Settings): string {
  if (alarmEmail !== null) return alarmEmail;
  const nobody = "The alarms tell nobody: set alarmEmail.";
  if (kind === "production") console.error(nobody);
  return nobody;
}

export function watch(options: WatchOptions): void {
  const { settings, webhook, ingresses } = options;
  const topic = alarmTopic(settings);
  for (const alarm of alarmsOf(webhook !== undefined, settings.quietHours)) {
    for (const ingress of alarm.watched === "bus" ? ingresses : [undefined]) {
      metricAlarm({ ...alarm, name: `${prefixOf(ingress)}${alarm.name}` }, placeOf(alarm, ingress, options), {
        topic,
        settings,
      });
    }
  }
  queryAlarms(ingresses, { topic, settings });
  if (settings.dashboard) dashboard(options);
}

function dashboard({ queues, table, worker, webhook, ingresses, settings }: WatchOptions): void {
  const names: Names<$util.Input<string>> = {
    stage: settings.stage,
    lanes: queues.lanes.nodes.queue.name,
    parked: queues.parked.nodes.queue.name,
    undelivered: queues.undelivered.nodes.queue.name,
    table: table.name,
    worker: worker.name,
    webhook: webhook?.name ?? "",
    buses: ingresses.map(({ bus }) => bus.name),
  };
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: nameOf(settings, "lanes"),
    dashboardBody: $resolve(names).apply((known) => JSON.stringify(dashboardOf(known, settings.region))),
  });
}

type Told = { topic: aws.sns.Topic; settings: Settings };

function alarmTopic(settings: Settings): aws.sns.Topic {
  const topic = new aws.sns.Topic("Alarms", { name: nameOf(settings, "alarms") });
  if (settings.alarmEmail === null) return topic;
  const subscription = { topic: topic.arn, protocol: "email", endpoint: settings.alarmEmail };
  new aws.sns.TopicSubscription("AlarmEmail", subscription);
  return topic;
}

function prefixOf(ingress: Ingress | undefined): string {
  return ingress?.prefix === "webhook-" ? "Webhook" : "";
}

/** What our own metrics are told apart by is set in packages/functions/src/emf.ts. */
function placeOf({ watched }: Alarm, ingress: Ingress | undefined, options: WatchOptions): Place {
  const { queues, table, worker, webhook, settings } = options;
  const queue = (QueueName: $util.Input<string>) => ({ namespace: "AWS/SQS", dimensions: { QueueName } });
  const lambda = (FunctionName: $util.Input<string>) => ({
    namespace: "AWS/Lambda",
    dimensions: { FunctionName },
  });
  const places: Record<Alarm["watched"], () => Place> = {
    lanes: () => queue(queues.lanes.nodes.queue.name),
    parked: () => queue(queues.parked.nodes.queue.name),
    undelivered: () => queue(queues.undelivered.nodes.queue.name),
    worker: () => lambda(worker.name),
    webhook: () => lambda(webhook?.name ?? ""),
    table: () => ({ namespace: "AWS/DynamoDB", dimensions: { TableName: table.name } }),
    bus: () => ({ namespace: "AWS/Events", dimensions: { EventBusName: ingress?.bus.name ?? "" } }),
    ours: () => ({ namespace: NAMESPACE, dimensions: { service: SERVICE, stage: settings.stage } }),
  };
  return places[watched]();
}

function metricAlarm(alarm: Alarm, place: Place, told: Told): void {
  new aws.cloudwatch.MetricAlarm(alarm.name, {
    ...alarmText(alarm, told),
    ...place,
    ...statisticOf(alarm),
    ...thresholdOf(alarm),
    metricName: alarm.metric,
    period: alarm.period,
    datapointsToAlarm: alarm.datapoints,
    evaluationPeriods: alarm.periods,
    treatMissingData: alarm.missing,
  });
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

function queryAlarms(ingresses: Ingress[], told: Told): void {
  const logRules = logRuleNames(told.settings);
  for (const ingress of ingresses) {
    for (const alarm of busQueries(prefixOf(ingress), logRules)) queryAlarm(alarm, ingress.bus.name, told);
  }
  for (const alarm of logQueries(logRules)) queryAlarm(alarm, "", told);
}

function queryAlarm(alarm: QueryAlarm, bus: $util.Input<string>, told: Told): void {
  const expression = $resolve([bus]).apply(([name = ""]) => alarm.query(name));
  new aws.cloudwatch.MetricAlarm(alarm.name, {
    ...alarmText(alarm, told),
    metricQueries: [{ id: "failed", expression, period: alarm.period, returnData: true }],
    comparisonOperator: "GreaterThanThreshold",
    threshold: alarm.above,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
  });
}

function alarmText({ name, means, nextStep }: Alarm | QueryAlarm, { topic, settings }: Told) {
  return {
    name: nameOf(settings, name),
    alarmDescription: `${means} ${nextStep}`,
    alarmActions: [topic.arn],
    okActions: [topic.arn],
  };
}
