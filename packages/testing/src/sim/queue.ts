// The queue port on the simulated SQS: parks, moves and hides as the worker's own adapter does, and fails like it.
import { Unavailable } from "@stripe-lanes/core/errors";
import type { Message, ParkNote, Queue } from "@stripe-lanes/core/ports";
import type { Cloud } from "./cloud.ts";
import { travel, type World } from "./world.ts";

/** Milliseconds of a request to SQS and back. */
const REQUEST = 15;

export type QueueListener = { parked(message: Message, note: ParkNote): void };

/** @param handles by message id, as one receive gave them */
export function queueOn(
  world: World,
  cloud: Cloud,
  handles: ReadonlyMap<string, string>,
  listener: QueueListener,
): Queue {
  const { queueUrl, parkedUrl } = cloud;
  return {
    async park(message, note) {
      const { lane, origin, group } = message;
      await send(world, cloud, { url: parkedUrl, group }, message, { lane, origin, reason: note.reason });
      listener.parked(message, note);
    },
    async moveTo(group, messages, attempts) {
      const moved = new Set<string>();
      for (const message of messages) {
        const { lane, origin } = message;
        try {
          await send(world, cloud, { url: queueUrl, group }, message, {
            lane,
            origin,
            attempt: String(attempts),
          });
          moved.add(message.id);
        } catch (error) {
          if (moved.size === 0) throw error;
          break;
        }
      }
      return moved;
    },
    hide: (messages, seconds) => hide(world, cloud, handles, messages, seconds),
  };
}

/** What is sent again within five minutes, as after a lost answer, is there once. */
async function send(
  world: World,
  { sqs }: Cloud,
  { url: QueueUrl, group: MessageGroupId }: { url: string; group: string },
  { id: MessageDeduplicationId, body: MessageBody }: Message,
  attributes: Record<string, string>,
): Promise<void> {
  await travel(world, REQUEST);
  if (world.chance.strikes("send-failed")) throw new Unavailable("SQS answers 503.");
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );
  const letter = { QueueUrl, MessageGroupId, MessageBody, MessageAttributes, MessageDeduplicationId };
  await sqs.command("SendMessage", letter);
  await travel(world, REQUEST);
  if (world.chance.strikes("send-answer-lost")) throw new Unavailable("SQS answers 503.");
}

async function hide(
  world: World,
  { sqs, queueUrl: QueueUrl }: Cloud,
  handles: ReadonlyMap<string, string>,
  messages: Message[],
  VisibilityTimeout: number,
): Promise<void> {
  await travel(world, REQUEST);
  if (world.chance.strikes("visibility-failed")) throw new Unavailable("SQS answers 503.");
  const Entries = messages.map(({ id }, index) => ({
    Id: String(index),
    ReceiptHandle: handles.get(id) ?? "",
    VisibilityTimeout,
  }));
  const { Failed = [] } = await sqs.command("ChangeMessageVisibilityBatch", { QueueUrl, Entries });
  await travel(world, REQUEST);
  if (Failed.length > 0) throw new Unavailable("SQS did not hide every message.");
}
