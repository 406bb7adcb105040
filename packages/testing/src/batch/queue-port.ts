// The queue port of core on simulated queues, as the product's worker has it on SQS.
import { Unavailable } from "@stripe-lanes/core/errors";
import type { Message, ParkNote, Queue } from "@stripe-lanes/core/ports";
import type { SQSRecord } from "aws-lambda";
import type { SimulatedQueues } from "./queues.ts";

/** Characters of an error's text that a parked message carries. */
const LONGEST_ERROR = 1_000;

/** The queues, for as long as these records are in flight. */
export function queueOn(queues: SimulatedQueues, records: readonly SQSRecord[]): Queue {
  const handles = new Map(records.map(({ messageId, receiptHandle }) => [messageId, receiptHandle]));
  const { queueUrl, deadLetterUrl } = queues;
  return {
    async park(message, note) {
      send(queues, deadLetterUrl, message.group, message, parkedAttributes(message, note, queues));
    },
    async moveTo(group, messages, attempts) {
      for (const message of messages) {
        const { lane, origin } = message;
        send(queues, queueUrl, group, message, { attempt: String(attempts), lane, origin });
      }
      return new Set(messages.map(({ id }) => id));
    },
    async hide(messages, seconds) {
      const Entries = messages.map(({ id }, index) => ({
        Id: String(index),
        ReceiptHandle: handles.get(id),
        VisibilityTimeout: seconds,
      }));
      reached(() => queues.command("ChangeMessageVisibilityBatch", { QueueUrl: queueUrl, Entries }));
    },
  };
}

function parkedAttributes(
  { lane, origin, receives }: Message,
  { reason, error, eventId, eventType }: ParkNote,
  { now }: SimulatedQueues,
) {
  const parkedAt = new Date(now()).toISOString();
  const told = { reason, eventId, eventType, lane, origin, receiveCount: String(receives), parkedAt };
  return { ...told, error: error.slice(0, LONGEST_ERROR) };
}

/** The deduplication id is the message's, as the product has it: what is sent again within five minutes is there once. */
function send(
  queues: SimulatedQueues,
  QueueUrl: string,
  MessageGroupId: string,
  { id, body }: Message,
  attributes: Record<string, string | undefined>,
): void {
  const texts = Object.entries(attributes).filter(([, value]) => value);
  reached(() =>
    queues.command("SendMessage", {
      QueueUrl,
      MessageBody: body,
      MessageGroupId,
      MessageDeduplicationId: id,
      MessageAttributes: Object.fromEntries(
        texts.map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
      ),
    }),
  );
}

function reached<T>(command: () => T): T {
  try {
    return command();
  } catch (cause) {
    throw new Unavailable("SQS does not answer as it should.", { cause });
  }
}
