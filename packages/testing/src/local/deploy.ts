// What is deployed to the local AWS: the same lanes, queues and table as on the real one.
import { LANE_SETS, type LaneRule, laneRules, strayRule } from "@stripe-lanes/core/lanes";
import { TIME_TO_LIVE, tableDefinition } from "../table-definition.ts";
import type { LocalAws } from "./aws.ts";

/** A way in: a bus, and what the `source` of its events starts with. */
type Ingress = { bus: string; sourcePrefix: string };

/** Stands in for Stripe's partner event source: its bus has the source's own name. */
export const BUS = "aws.partner/stripe.com/ed_test_local";
const PARTNER: Ingress = { bus: BUS, sourcePrefix: "aws.partner/stripe.com/" };

/** What the webhook puts its events on, as on a stage. */
export const WEBHOOK: Ingress = { bus: "webhook", sourcePrefix: "stripe-lanes.webhook" };

export const TABLE = "billing";
export const LANES = "lanes.fifo";
export const PARKED = "parked.fifo";
const UNDELIVERED = "undelivered";
const TARGET = "lanes";

/** The same for every number of lanes. */
const STRAY = strayRule(PARTNER.sourcePrefix).name;

const DAY = 24 * 60 * 60;
const FOREVER = { MessageRetentionPeriod: String(14 * DAY) };

/** Six times the worker's timeout of 15 s. */
const VISIBILITY = 90;

/** SQS's most: parking is the worker's job, the queue's own redrive the last resort (D8). */
const MOST_RECEIVES = 1000;

export type Deployed = { queueUrl: string; queueArn: string; parkedUrl: string; table: string };

/**
 * The queues, the table with its time to live, the partner bus and its rules, for that number of lanes. Rejects
 * with AwsError when any of them is there already, and with Error when EventBridge refuses a target.
 */
export async function deploy(aws: LocalAws, lanes: number): Promise<Deployed> {
  const [queueUrl, parkedUrl] = await createQueues(aws);
  await createTable(aws);
  await aws.events.command("CreateEventBus", { Name: BUS, EventSourceName: BUS });
  await createRules(aws, lanes);
  return { queueUrl, queueArn: aws.sqs.queueArn(LANES), parkedUrl, table: TABLE };
}

/** What rules and queues need of an AWS: also of one without HTTP. */
export type Messaging = {
  events: Pick<LocalAws["events"], "command">;
  sqs: Pick<LocalAws["sqs"], "command" | "queueArn">;
};

/** The webhook's bus, beside the partner's: its events go to the same queue. */
export async function deployWebhookBus(aws: Messaging, lanes: number): Promise<void> {
  await aws.events.command("CreateEventBus", { Name: WEBHOOK.bus });
  await createRules(aws, lanes, WEBHOOK);
}

/** The rules that split events over so many lanes, each with its target. */
export async function createRules(aws: Messaging, lanes: number, ingress = PARTNER): Promise<void> {
  for (const rule of rulesOf(lanes, ingress)) await createRule(aws, rule, ingress);
}

/** Those of another number of lanes, once the new ones are there: their names differ (D2). */
export async function deleteRules({ events }: Messaging, lanes: number): Promise<void> {
  for (const { name } of rulesOf(lanes, PARTNER).filter(({ name }) => name !== STRAY)) {
    await events.command("RemoveTargets", { Rule: name, EventBusName: BUS, Ids: [TARGET] });
    await events.command("DeleteRule", { Name: name, EventBusName: BUS });
  }
}

async function createTable({ dynamodb }: LocalAws): Promise<void> {
  await dynamodb.dispatch("CreateTable", tableDefinition(TABLE));
  const TimeToLiveSpecification = { AttributeName: TIME_TO_LIVE, Enabled: true };
  await dynamodb.dispatch("UpdateTimeToLive", { TableName: TABLE, TimeToLiveSpecification });
  dynamodb.resetMetrics();
}

function rulesOf(lanes: number, { sourcePrefix }: Ingress): LaneRule[] {
  const sets = LANE_SETS.flatMap((set) => laneRules({ lanes, set, sourcePrefix }));
  return [...sets, strayRule(sourcePrefix)];
}

/**
 * The lanes' queue and the dead-letter queues, with the settings of a stage; `mostReceives` is the maxReceiveCount,
 * 1 to 1,000.
 */
export async function createQueues(
  { sqs }: Pick<Messaging, "sqs">,
  mostReceives = MOST_RECEIVES,
): Promise<[queueUrl: string, parkedUrl: string]> {
  const fifo = { FifoQueue: "true", ...FOREVER };
  const parked = await sqs.command("CreateQueue", { QueueName: PARKED, Attributes: fifo });
  await sqs.command("CreateQueue", { QueueName: UNDELIVERED, Attributes: FOREVER });
  const redrive = { deadLetterTargetArn: sqs.queueArn(PARKED), maxReceiveCount: mostReceives };
  const lanes = await sqs.command("CreateQueue", {
    QueueName: LANES,
    Attributes: {
      ...fifo,
      ContentBasedDeduplication: "true",
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
      VisibilityTimeout: String(VISIBILITY),
      RedrivePolicy: JSON.stringify(redrive),
    },
  });
  return [lanes.QueueUrl, parked.QueueUrl];
}

async function createRule({ events, sqs }: Messaging, rule: LaneRule, { bus }: Ingress): Promise<void> {
  const { name, messageGroupId, pattern, input } = rule;
  await events.command("PutRule", { Name: name, EventBusName: bus, EventPattern: JSON.stringify(pattern) });
  const target = {
    Id: TARGET,
    Arn: sqs.queueArn(LANES),
    SqsParameters: { MessageGroupId: messageGroupId },
    DeadLetterConfig: { Arn: sqs.queueArn(UNDELIVERED) },
    ...targetInput(input),
  };
  const { FailedEntries = [] } = (await events.command("PutTargets", {
    Rule: name,
    EventBusName: bus,
    Targets: [target],
  })) as { FailedEntries?: { ErrorMessage: string }[] };
  for (const { ErrorMessage } of FailedEntries)
    throw new Error(`EventBridge refuses rule ${name}: ${ErrorMessage}`);
}

function targetInput(input: LaneRule["input"]) {
  if ("path" in input) return { InputPath: input.path };
  return { InputTransformer: { InputPathsMap: input.paths, InputTemplate: input.template } };
}
