// The dead-letter queue on SQS: a message that is received is held, for a short while, until it is put back or removed.
import type { SQS } from "@aws-sdk/client-sqs";
import { type Parked, parkedOf } from "./parked.ts";

/** Seconds: what is held when the process is killed is back after them. */
const HELD_FOR = 30;
/** SQS's most for one request. */
const MOST_ENTRIES = 10;

const DEPTHS = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
] as const;

/** `wait`: seconds that SQS may wait for a message; without waiting AWS asks only some of its servers. */
type Place = { sqs: SQS; parkedUrl: string; wait: number };

export type DeadLetters = {
  /** As many as SQS gives at once; none where every message is held, or stands behind one that is. */
  receive(): Promise<Parked[]>;
  held(): Parked[];
  isHeld(parked: Parked): boolean;
  /** Makes held messages visible again, at once. */
  putBack(parked: Parked[]): Promise<void>;
  remove(parked: Parked): Promise<void>;
  /** Sends a held message again behind its group, then removes it; gives the id that it has from then on. */
  putBehind(parked: Parked): Promise<string>;
  /** About how many there are, the held ones included. */
  count(): Promise<number>;
};

export function deadLetters({ sqs, parkedUrl: QueueUrl, wait }: Place): DeadLetters {
  const held = new Map<string, Parked>();
  const remove = async ({ id, receiptHandle }: Parked) => {
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: receiptHandle });
    held.delete(id);
  };
  return {
    async receive() {
      const found = await receiveSome(sqs, QueueUrl, wait);
      for (const parked of found) held.set(parked.id, parked);
      return found;
    },
    held: () => [...held.values()],
    isHeld: ({ id }) => held.has(id),
    async putBack(some) {
      for (const { id } of some) held.delete(id);
      await release(sqs, QueueUrl, some);
    },
    remove,
    async putBehind(parked) {
      const id = await sendBehind(sqs, QueueUrl, parked);
      await remove(parked);
      return id;
    },
    count: () => countOf(sqs, QueueUrl),
  };
}

async function receiveSome(sqs: SQS, QueueUrl: string, wait: number): Promise<Parked[]> {
  const { Messages = [] } = await sqs.receiveMessage({
    QueueUrl,
    MaxNumberOfMessages: MOST_ENTRIES,
    VisibilityTimeout: HELD_FOR,
    WaitTimeSeconds: wait,
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["All"],
  });
  return Messages.map(parkedOf);
}

/** What SQS refuses is visible again already, or is in a moment. */
async function release(sqs: SQS, QueueUrl: string, parked: Parked[]): Promise<void> {
  for (let start = 0; start < parked.length; start += MOST_ENTRIES) {
    const Entries = parked.slice(start, start + MOST_ENTRIES).map(({ receiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: 0,
    }));
    await sqs.changeMessageVisibilityBatch({ QueueUrl, Entries });
  }
}

/**
 * Its deduplication id is its own: sent again by a retry, it is one message still. When it was parked, and how often
 * it had been received, SQS would tell anew: it takes that along.
 */
async function sendBehind(sqs: SQS, QueueUrl: string, parked: Parked): Promise<string> {
  const { id, group, body, attributes } = parked;
  const history = { parkedAt: parked.parkedAt, receiveCount: String(parked.receives) };
  const { MessageId = "" } = await sqs.sendMessage({
    QueueUrl,
    MessageBody: body,
    MessageGroupId: group,
    MessageDeduplicationId: `behind-${id}`,
    MessageAttributes: { ...textAttributes(history), ...attributes },
  });
  return MessageId;
}

function textAttributes(texts: Record<string, string>): Parked["attributes"] {
  return Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );
}

async function countOf(sqs: SQS, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: [...DEPTHS] });
  return DEPTHS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}
