// What a producer submits: one message as SendMessage or an entry of SendMessageBatch holds it, checked.
import { createHash } from "node:crypto";
import { type Input, optionalText, optionalWhole } from "./input.ts";
import {
  byteLength,
  type MessageAttributes,
  readMessageAttributes,
  sizeOfAttributes,
} from "./message-attributes.ts";
import {
  invalidMessageContents,
  invalidParameter,
  invalidValue,
  missingParameter,
  notForThisQueueType,
} from "./refusals.ts";
import type { Queue } from "./state.ts";

export type Submission = {
  body: string;
  attributes: MessageAttributes | undefined;
  systemAttributes: MessageAttributes | undefined;
  groupId: string | undefined;
  deduplicationId: string | undefined;
  /** Whether the deduplication id is the hash of the body, rather than the producer's own. */
  isHashed: boolean;
  /** Milliseconds. */
  delay: number;
};

const PRINTABLE = /^[!-~]{1,128}$/;
const VALID_CHARACTERS = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
const NO_DEDUPLICATION_ID =
  "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly";

/**
 * The message as it would be enqueued, nothing stored. Throws MissingParameter, InvalidParameterValue for its size
 * or ids, and InvalidMessageContents.
 */
export function readSubmission(queue: Queue, input: Input): Submission {
  const body = optionalText(input, "MessageBody");
  if (!body) throw missingParameter("MessageBody");
  const attributes = readMessageAttributes(input, "MessageAttributes");
  checkSize(queue, body, attributes);
  if (!VALID_CHARACTERS.test(body)) {
    throw invalidMessageContents("The message holds characters that SQS does not allow.");
  }
  const systemAttributes = readMessageAttributes(input, "MessageSystemAttributes");
  const delay = readDelay(queue, input);
  return { body, attributes, systemAttributes, delay, ...readIds(queue, input, body) };
}

function checkSize({ settings }: Queue, body: string, attributes: MessageAttributes | undefined): void {
  if (byteLength(body) + sizeOfAttributes(attributes) <= settings.maximumMessageSize) return;
  throw invalidParameter(
    `One or more parameters are invalid. Reason: Message must be shorter than ${settings.maximumMessageSize} bytes.`,
  );
}

/** A FIFO queue delays all messages alike: a delay of one's own is refused, 0 changes nothing. */
function readDelay({ fifo, settings }: Queue, input: Input): number {
  const seconds = optionalWhole(input, "DelaySeconds", [0, 900]);
  if (fifo && seconds) throw notForThisQueueType("DelaySeconds", seconds);
  if (fifo || seconds === undefined) return settings.delay;
  return 1000 * seconds;
}

function readIds(queue: Queue, input: Input, body: string) {
  const groupId = readId(input, "MessageGroupId");
  const given = readId(input, "MessageDeduplicationId");
  if (!queue.fifo) {
    if (given !== undefined) throw notForThisQueueType("MessageDeduplicationId", given);
    return { groupId, deduplicationId: undefined, isHashed: false };
  }
  if (groupId === undefined) throw missingParameter("MessageGroupId");
  const deduplicationId = given ?? contentHash(queue, body);
  if (deduplicationId === undefined) throw invalidParameter(NO_DEDUPLICATION_ID);
  return { groupId, deduplicationId, isHashed: given === undefined };
}

function readId(input: Input, name: string): string | undefined {
  const id = optionalText(input, name);
  if (id === undefined || PRINTABLE.test(id)) return id;
  throw invalidValue(
    name,
    id,
    `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function contentHash({ settings }: Queue, body: string): string | undefined {
  return settings.contentBasedDeduplication ? createHash("sha256").update(body).digest("hex") : undefined;
}

/** In a batch, unlike elsewhere, a FIFO queue's missing ids refuse the whole request. */
export function checkBatchIds({ fifo, settings }: Queue, inputs: Input[]): void {
  if (!fifo) return;
  for (const { MessageGroupId, MessageDeduplicationId } of inputs) {
    if (!MessageDeduplicationId && !settings.contentBasedDeduplication) {
      throw invalidParameter(NO_DEDUPLICATION_ID);
    }
    if (!MessageGroupId) throw invalidParameter("The request must contain the parameter MessageGroupId.");
  }
}
