// The queue port on SQS. The client is loaded when first needed: an ordinary batch parks and moves nothing.
import { randomUUID } from "node:crypto";
import type { MessageAttributeValue, SendMessageCommandInput, SQS } from "@aws-sdk/client-sqs";
import { Unavailable } from "@stripe-lanes/core/errors";
import type { Message, ParkNote, Queue } from "@stripe-lanes/core/ports";

export type SqsOptions = {
  queueUrl: string;
  parkedUrl: string;
  /** For the local run: with a queue URL alone the client goes to that URL's host. */
  endpoint: string | undefined;
  /** By which SQS knows a message that was received. */
  receiptHandleOf(message: Message): string;
  /** Milliseconds since the epoch. */
  now(): number;
};

/** Characters of an error's text that a parked message carries. */
const LONGEST_ERROR = 1_000;

export function sqsQueue(options: SqsOptions): Queue {
  const sqs = once(() => load(options.endpoint));
  return {
    async park(message, note) {
      await reached(async () => (await sqs()).sendMessage(letterOf(options, message, note)));
    },
    async moveTo(group, messages, attempts) {
      const Entries = messages.map((message, index) => ({
        Id: String(index),
        ...moved(message, group, attempts),
      }));
      const request = { QueueUrl: options.queueUrl, Entries };
      const { Successful = [] } = await reached(async () => (await sqs()).sendMessageBatch(request));
      return new Set(Successful.map(({ Id }) => messages[Number(Id)]?.id ?? ""));
    },
    async hide(messages, seconds) {
      const Entries = messages.map((message, index) => ({
        Id: String(index),
        ReceiptHandle: options.receiptHandleOf(message),
        VisibilityTimeout: seconds,
      }));
      await reached(async () =>
        (await sqs()).changeMessageVisibilityBatch({ QueueUrl: options.queueUrl, Entries }),
      );
    },
  };
}

/** A deduplication id of its own each time: one that is seen again would be swallowed, and the message lost (D8). */
function letterOf(options: SqsOptions, message: Message, note: ParkNote): SendMessageCommandInput {
  return {
    QueueUrl: options.parkedUrl,
    MessageBody: message.body,
    MessageGroupId: message.group,
    MessageDeduplicationId: randomUUID(),
    MessageAttributes: texts({
      reason: note.reason,
      error: note.error.slice(0, LONGEST_ERROR),
      eventId: note.eventId,
      eventType: note.eventType,
      lane: message.lane,
      receiveCount: String(message.receives),
      parkedAt: new Date(options.now()).toISOString(),
    }),
  };
}

function moved(message: Message, group: string, attempts: number) {
  return {
    MessageBody: message.body,
    MessageGroupId: group,
    MessageDeduplicationId: randomUUID(),
    MessageAttributes: texts({ attempt: String(attempts), lane: message.lane }),
  };
}

/** SQS takes no empty attribute. */
function texts(values: Record<string, string | undefined>): Record<string, MessageAttributeValue> {
  const told = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(told.map(([name, StringValue]) => [name, { DataType: "String", StringValue }]));
}

async function load(endpoint: string | undefined): Promise<SQS> {
  const { SQS } = await import("@aws-sdk/client-sqs");
  return new SQS({ ...(endpoint && { endpoint }), maxAttempts: 3 });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function reached<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw new Unavailable("SQS does not answer as it should.", { cause });
  }
}
