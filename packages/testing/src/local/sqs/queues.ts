// The operations on queues themselves: create, find, list, configure, purge and delete.
import {
  checkAttributes,
  initialAttributes,
  normalise,
  type QueueAttributes,
  settingsOf,
  withAttributes,
} from "./attributes.ts";
import { rescheduleDelayed } from "./groups.ts";
import { type Input, optionalRecord, text } from "./input.ts";
import { openQueue } from "./open.ts";
import { checkRedriveAllowPolicy, checkRedrivePolicy } from "./redrive.ts";
import {
  invalidParameter,
  purgeQueueInProgress,
  queueDeletedRecently,
  queueDoesNotExist,
  queueNameExists,
  wrongType,
} from "./refusals.ts";
import { newQueue, noMessages, type Queue, queueArn, type SqsState, type Turn } from "./state.ts";

const ONE_MINUTE = 60_000;
const NAME = /^[\w-]{1,80}$/;
const FIFO_NAME = /^(?=.{1,80}$)[\w-]+\.fifo$/;

/**
 * "CreateQueue": for a queue that is there with the same attributes, its URL. Throws QueueNameExists when they
 * differ, QueueDeletedRecently within 60 seconds.
 */
export function createQueue({ state, now }: Turn, input: Input): { QueueUrl: string } {
  const name = text(input, "QueueName");
  const given = readAttributes(input);
  const existing = state.queues.get(name);
  if (existing) return sameQueue(existing, given);
  const fifo = given.FifoQueue === "true";
  checkName(name, fifo);
  if (now - (state.deletedAt.get(name) ?? Number.NEGATIVE_INFINITY) < ONE_MINUTE)
    throw queueDeletedRecently();
  check(state, { arn: queueArn(name), fifo }, given);
  const attributes = withAttributes(initialAttributes(fifo), given);
  const queue = newQueue(state, { name, fifo, attributes }, now);
  state.queues.set(name, queue);
  return { QueueUrl: queue.url };
}

function sameQueue(queue: Queue, given: QueueAttributes): { QueueUrl: string } {
  checkAttributes(given, queue.fifo);
  const different = Object.keys(given).find((name) => queue.attributes[name] !== given[name]);
  if (different) throw queueNameExists(different);
  return { QueueUrl: queue.url };
}

function checkName(name: string, fifo: boolean): void {
  if ((fifo ? FIFO_NAME : NAME).test(name)) return;
  throw invalidParameter(
    fifo
      ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length"
      : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
  );
}

/** "DeleteQueue", with its messages, at once; AWS takes up to 60 seconds. Throws QueueDoesNotExist. */
export function deleteQueue(turn: Turn, input: Input): object {
  const { name, url } = openQueue(turn, input);
  turn.state.queues.delete(name);
  turn.state.deletedAt.set(name, turn.now);
  turn.effects.push({ kind: "queue-deleted", queue: url });
  return {};
}

/** "GetQueueUrl". Throws QueueDoesNotExist. */
export function getQueueUrl({ state }: Turn, input: Input): { QueueUrl: string } {
  const queue = state.queues.get(text(input, "QueueName"));
  if (!queue) throw queueDoesNotExist();
  return { QueueUrl: queue.url };
}

/**
 * "SetQueueAttributes", in effect at once; AWS takes up to 60 seconds. Throws InvalidAttributeName and
 * InvalidAttributeValue.
 */
export function setQueueAttributes(turn: Turn, input: Input): object {
  const queue = openQueue(turn, input);
  const given = readAttributes(input);
  check(turn.state, queue, given);
  queue.attributes = withAttributes(queue.attributes, given);
  queue.settings = settingsOf(queue.attributes);
  queue.modifiedAt = turn.now;
  if (queue.fifo && given.DelaySeconds !== undefined) rescheduleDelayed(turn, queue);
  return {};
}

/**
 * "PurgeQueue", at once; AWS takes up to 60 seconds. Throws PurgeQueueInProgress when the last was less than 60
 * seconds ago.
 */
export function purgeQueue(turn: Turn, input: Input): object {
  const queue = openQueue(turn, input);
  const { purgedAt = Number.NEGATIVE_INFINITY } = queue;
  if (turn.now - purgedAt < ONE_MINUTE) throw purgeQueueInProgress(queue.name);
  Object.assign(queue, noMessages(), { purgedAt: turn.now });
  return {};
}

function check(state: SqsState, queue: Pick<Queue, "arn" | "fifo">, given: QueueAttributes): void {
  checkAttributes(given, queue.fifo);
  checkRedrivePolicy(state, queue, given.RedrivePolicy ?? "");
  checkRedriveAllowPolicy(given.RedriveAllowPolicy ?? "");
}

function readAttributes(input: Input): QueueAttributes {
  const given: QueueAttributes = {};
  for (const [name, value] of Object.entries(optionalRecord(input, "Attributes") ?? {})) {
    if (typeof value !== "string") throw wrongType(name);
    given[name] = value;
  }
  return normalise(given);
}
