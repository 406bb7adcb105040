// What is deployed to the local AWS: the same lanes, queues and table as on the real one.
import { LANE_SETS, type LaneRule, laneRules, strayRule } from "@stripe-lanes/core/lanes";
import { TIME_TO_LIVE, tableDefinition } from "../table-definition.ts";
import type { LocalAws } from "./aws.ts";

/** Stands in for Stripe's partner event source: its bus has the source's own name. */
export const BUS = "aws.partner/stripe.com/ed_test_local";
const SOURCE_PREFIX = "aws.partner/stripe.com/";

export const TABLE = "billing";
export const LANES = "lanes.fifo";
export const PARKED = "parked.fifo";
const UNDELIVERED = "undelivered";
const TARGET = "lanes";

/** The same for every number of lanes. */
const STRAY = strayRule(SOURCE_PREFIX).name;

const DAY = 24 * 60 * 60;
const FOREVER = { MessageRetentionPeriod: String(14 * DAY) };

/** Six times the worker's timeout of 15 s. */
const VISIBILITY = 90;

/** SQS's most: parking is the worker's job, the queue's own redrive the last resort (D8). */
const MOST_RECEIVES = 1000;

export type Deployed = { queueUrl: string; queueArn: string; parkedUrl: string; table: string };

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

/** The rules that split events over so many lanes, each with its target. */
export async function createRules(aws: Messaging, lanes: number): Promise<void> {
  for (const rule of rulesOf(lanes)) await createRule(aws, rule);
}

/** Those of another number of lanes, once the new ones are there: their names differ (D2). */
export async function deleteRules({ events }: Messaging, lanes: number): Promise<void> {
  for (const { name } of rulesOf(lanes).filter(({ name }) => name !== STRAY)) {
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

function rulesOf(lanes: number): LaneRule[] {
  const sets = LANE_SETS.flatMap((set) => laneRules({ lanes, set, sourcePrefix: SOURCE_PREFIX }));
  return [...sets, strayRule(SOURCE_PREFIX)];
}

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

async function createRule({ events, sqs }: Messaging, { name, messageGroupId, pattern, input }: LaneRule) {
  await events.command("PutRule", { Name: name, EventBusName: BUS, EventPattern: JSON.stringify(pattern) });
  const target = {
    Id: TARGET,
    Arn: sqs.queueArn(LANES),
    SqsParameters: { MessageGroupId: messageGroupId },
    DeadLetterConfig: { Arn: sqs.queueArn(UNDELIVERED) },
    ...targetInput(input),
  };
  const { FailedEntries = [] } = (await events.command("PutTargets", {
    Rule: name,
    EventBusName: BUS,
    Targets: [target],
  })) as { FailedEntries?: { ErrorMessage: string }[] };
  for (const { ErrorMessage } of FailedEntries)
    throw new Error(`EventBridge refuses rule ${name}: ${ErrorMessage}`);
}

function targetInput(input: LaneRule["input"]) {
  if ("path" in input) return { InputPath: input.path };
  return { InputTransformer: { InputPathsMap: input.paths, InputTemplate: input.template } };
}
