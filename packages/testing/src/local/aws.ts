// EventBridge, SQS and DynamoDB together, each on 127.0.0.1 at a port of its own, on one clock, and CloudWatch Logs.
import { type Clock, localClock } from "./clock.ts";
import type { Hooks } from "./dynamodb/database.ts";
import { type LocalDynamoDb, startDynamoDb } from "./dynamodb/server.ts";
import { isLogGroup } from "./eventbridge/arn.ts";
import { type DeliveryFaults, faultyDeliver } from "./eventbridge/faults.ts";
import { type LocalEventBridge, startEventBridge } from "./eventbridge/server.ts";
import type { Deliver } from "./eventbridge/shell.ts";
import type { Dropped, Unsure } from "./eventbridge/state.ts";
import type { Faults, Service } from "./http.ts";
import { type LocalLogs, localLogs } from "./logs/service.ts";
import { type LocalSqs, startSqs } from "./sqs/server.ts";
import { tellingSwallowed } from "./swallowed.ts";

/** What goes wrong inside: with requests over HTTP, with deliveries to targets, with transactions and batches. */
export type AwsFaults = Hooks & {
  faults?: Faults | undefined;
  deliveryFault?: DeliveryFaults | undefined;
};

export type AwsOptions = AwsFaults &
  Unsure & {
    /** The real clock by default. */
    clock?: Clock;
    /** A free port for each service that is not named. */
    ports?: Partial<Record<Service, number>>;
    /** Told the body of each delivery that a queue swallows as a copy. */
    onSwallowed?: ((body: string) => void) | undefined;
    /** Told each event on a bus that no rule matches, or for a bus that is not there. */
    onDropped?: ((dropped: Dropped) => void) | undefined;
  };

export type LocalAws = {
  events: LocalEventBridge;
  sqs: LocalSqs;
  dynamodb: LocalDynamoDb;
  /** In process only: targets of EventBridge, written to where their resource policies allow it. */
  logs: LocalLogs;
  /** What an SDK client's or a function's environment needs to find them. */
  env: Record<string, string>;
  /** How often a fault made one delivery of EventBridge two. */
  copiesDelivered(): number;
  close(): Promise<void>;
};

/** @throws Error when a port that is asked for is taken; nothing is left running then. */
export async function startAws(options: AwsOptions = {}): Promise<LocalAws> {
  const running: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(running.map((service) => service.close()));
  };
  const started = async <S extends { close(): Promise<void> }>(starting: Promise<S>): Promise<S> => {
    const service = await starting;
    running.push(service);
    return service;
  };
  try {
    return { ...(await startServices(options, started)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Started = <S extends { close(): Promise<void> }>(starting: Promise<S>) => Promise<S>;

async function startServices(options: AwsOptions, started: Started): Promise<Omit<LocalAws, "close">> {
  const { clock = localClock(), ports = {}, faults, onSwallowed } = options;
  const { missingPath, keepsEscapes, onDropped } = options;
  const shared = { clock, ...(faults && { faults }) };
  const logs = localLogs(clock);
  const sqs = await started(startSqs({ ...shared, port: ports.sqs ?? 0 }));
  const { conflicts, partialReads, backfill } = options;
  const hooks = { conflicts, partialReads, backfill };
  const dynamodb = await started(startDynamoDb({ ...shared, ...hooks, port: ports.dynamodb ?? 0 }));
  const { deliver, copies } = faultyDeliver(
    deliverToAny(sqs, logs, onSwallowed),
    options.deliveryFault ?? (() => undefined),
  );
  const events = await started(
    startEventBridge({
      ...shared,
      port: ports.events ?? 0,
      deliver,
      onDropped,
      missingPath,
      keepsEscapes,
    }),
  );
  return { events, sqs, dynamodb, logs, env: envOf({ events, sqs, dynamodb }), copiesDelivered: copies };
}

/** A rule's target is a log group or a queue, as its ARN says. */
function deliverToAny(sqs: LocalSqs, logs: LocalLogs, onSwallowed: AwsOptions["onSwallowed"]): Deliver {
  const toQueue = onSwallowed ? tellingSwallowed(deliverTo(sqs), sqs, onSwallowed) : deliverTo(sqs);
  return (targetArn, body, options) =>
    isLogGroup(targetArn)
      ? logs.deliver(targetArn, body, options.ruleArn)
      : toQueue(targetArn, body, options);
}

/** A rule's target is a queue, named by the end of its ARN. */
export function deliverTo(sqs: Pick<LocalSqs, "command" | "queueUrl">): Deliver {
  return (targetArn, MessageBody, { messageGroupId, attributes }) => {
    const QueueUrl = sqs.queueUrl(targetArn.split(":").at(-1) as string);
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes ?? {}).map(([name, StringValue]) => [
        name,
        { DataType: "String", StringValue },
      ]),
    );
    const group = messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId };
    return sqs.command("SendMessage", { QueueUrl, MessageBody, MessageAttributes, ...group });
  };
}

function envOf({ events, sqs, dynamodb }: Pick<LocalAws, "events" | "sqs" | "dynamodb">) {
  return {
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: events.url,
    AWS_ENDPOINT_URL_SQS: sqs.url,
  };
}
