// From a queue's record to a message: what a lane brings, and what parking and moving wrote beside it.
import type { Message } from "./ports.ts";

/** What is read of a record, as Lambda hands it over from SQS. */
export type QueueRecord = {
  messageId: string;
  body: string;
  attributes: { MessageGroupId?: string | undefined; ApproximateReceiveCount: string };
  messageAttributes: { [name: string]: { stringValue?: string | undefined } | undefined };
};

export function messageOf({ messageId, body, attributes, messageAttributes }: QueueRecord): Message {
  const group = attributes.MessageGroupId ?? "";
  return {
    id: messageId,
    origin: messageAttributes.origin?.stringValue ?? messageId,
    body,
    group,
    lane: messageAttributes.lane?.stringValue ?? group,
    receives: Number(attributes.ApproximateReceiveCount),
    attempts: Number(messageAttributes.attempt?.stringValue ?? 0),
  };
}
