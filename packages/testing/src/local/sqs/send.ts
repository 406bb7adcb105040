// SendMessage and SendMessageBatch: a message enters its queue, or is swallowed as a duplicate.
import { type BatchReply, forEachEntry, readEntries } from "./batch.ts";
import { enqueue } from "./groups.ts";
import { type Input, optionalRecord, optionalText } from "./input.ts";
import { md5 } from "./md5.ts";
import { recall, remember } from "./memory.ts";
import { byteLength, md5OfAttributes, sizeOfAttributes } from "./message-attributes.ts";
import { openQueue } from "./open.ts";
import { batchTooLong } from "./refusals.ts";
import { nextId, nextSequenceNumber, type Queue, type Sent, type Turn } from "./state.ts";
import { checkBatchIds, readSubmission, type Submission } from "./submission.ts";

const LARGEST_BATCH = 1_048_576;

type SendReply = {
  MessageId: string;
  MD5OfMessageBody: string;
  MD5OfMessageAttributes?: string;
  MD5OfMessageSystemAttributes?: string;
  SequenceNumber?: string;
};

/**
 * "SendMessage". Within five minutes a deduplication id that comes again gets the first one's ids, and enqueues
 * nothing ("Exactly-once processing in Amazon SQS"). Throws AwsError.
 */
export function sendMessage(turn: Turn, input: Input): SendReply {
  const queue = openQueue(turn, input);
  return send(turn, queue, readSubmission(queue, input));
}

/**
 * "SendMessageBatch": up to ten entries and 1 MiB; each succeeds or fails by itself, but a FIFO queue's missing ids
 * refuse them all.
 */
export function sendMessageBatch(turn: Turn, input: Input): BatchReply<SendReply> {
  const queue = openQueue(turn, input);
  const entries = readEntries(input);
  const inputs = entries.map((entry) => entry.input);
  checkBatchIds(queue, inputs);
  checkBatchSize(inputs);
  return forEachEntry(entries, (entry) => send(turn, queue, readSubmission(queue, entry)));
}

function checkBatchSize(inputs: Input[]): void {
  const bytes = inputs.reduce((sum, input) => sum + submittedBytes(input), 0);
  if (bytes > LARGEST_BATCH) throw batchTooLong(bytes);
}

function submittedBytes(input: Input): number {
  const body = optionalText(input, "MessageBody") ?? "";
  return byteLength(body) + sizeOfAttributes(optionalRecord(input, "MessageAttributes"));
}

function send(turn: Turn, queue: Queue, submission: Submission): SendReply {
  const { messageId, sequenceNumber } =
    findOriginal(turn, queue, submission) ?? accept(turn, queue, submission);
  const ofAttributes = md5OfAttributes(submission.attributes);
  const ofSystemAttributes = md5OfAttributes(submission.systemAttributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(submission.body),
    ...(ofAttributes && { MD5OfMessageAttributes: ofAttributes }),
    ...(ofSystemAttributes && { MD5OfMessageSystemAttributes: ofSystemAttributes }),
    ...(sequenceNumber && { SequenceNumber: sequenceNumber }),
  };
}

function findOriginal({ now }: Turn, queue: Queue, submission: Submission): Sent | undefined {
  const original = queue.fifo ? recall(queue.sends, deduplicationKey(queue, submission), now) : undefined;
  if (original && submission.isHashed) queue.swallowed++;
  return original;
}

function accept(turn: Turn, queue: Queue, submission: Submission): Sent {
  const { state, now } = turn;
  const sent = {
    messageId: nextId(state),
    sequenceNumber: queue.fifo ? nextSequenceNumber(state) : undefined,
  };
  const { body, attributes, groupId, deduplicationId } = submission;
  const message = {
    id: sent.messageId,
    body,
    attributes,
    traceHeader: submission.systemAttributes?.AWSTraceHeader?.StringValue,
    groupId,
    deduplicationId,
    sequenceNumber: sent.sequenceNumber,
    sentAt: now,
    receiveCount: 0,
    firstReceivedAt: undefined,
    deadLetterSource: undefined,
  };
  enqueue(turn, queue, message, now + submission.delay);
  if (queue.fifo) remember(queue.sends, deduplicationKey(queue, submission), sent, now);
  return sent;
}

/** Neither id can hold a space. */
function deduplicationKey({ settings }: Queue, { groupId, deduplicationId }: Submission): string {
  return settings.deduplicationScope === "messageGroup"
    ? `${groupId} ${deduplicationId}`
    : `${deduplicationId}`;
}
