// Gives a batch to a Lambda handler as SQS FIFO and Lambda's poller would, with the faults that a test names,
// in virtual time: nothing waits, and the same arguments give the same run.
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { createPoller } from "../local/lambda/poller.ts";
import { NOW } from "../ports.ts";
import { type BatchHandler, type Connect, runtimeOf } from "./environments.ts";
import { type BatchFault, planFaults, unstruck } from "./faults.ts";
import type { SimulatedInvocation } from "./invocation.ts";
import { expectRedriven, lineageOf } from "./lineage.ts";
import { drain } from "./poll.ts";
import { moveDeadLetters, type QueueSettings, simulatedQueues } from "./queues.ts";
import { letterOfRecord } from "./records.ts";
import type { Polling } from "./state.ts";
import { type DeadLetter, deadLettersOf, type MessageStory, type Sent, storiesOf } from "./stories.ts";

/** A worker that uses the queues, or keeps state that environments do not share; it may have settings of its own. */
export type ConnectedWorker = { connect: Connect; settings?: Partial<BatchSettings> };

export type Worker = BatchHandler | ConnectedWorker;

export type BatchSettings = QueueSettings & {
  /** Messages an invocation gets at most: 1 to 10. */
  batchSize: number;
  /** Invocations at one time at most: 2 or more. */
  maximumConcurrency: number;
  /** Whether the mapping has `ReportBatchItemFailures`: without it no answer is read, and all is deleted. */
  reportBatchItemFailures: boolean;
  /** After which a run, or a redrive, is given up. */
  maxInvocations: number;
};

/** 30 seconds is SQS's own; AWS advises a function to have at least 5 receives, so that throttling parks nothing. */
const SETTINGS: BatchSettings = {
  visibilityTimeout: 30,
  maxReceiveCount: 5,
  batchSize: 10,
  maximumConcurrency: 10,
  reportBatchItemFailures: true,
  maxInvocations: 1_000,
};

export type BatchOptions = Partial<BatchSettings> & {
  /** What goes wrong. Of several that are meant for one invocation the first strikes. */
  fail?: readonly BatchFault[];
};

/** What became of a batch. */
export type BatchRun = {
  /** A story for each message, in the order of the batch. */
  messages: MessageStory[];
  invocations: SimulatedInvocation[];
  deadLetters: DeadLetter[];
  /** Faults that have not struck: their invocation never came. */
  unstruck: BatchFault[];
  /** Seconds of virtual time since the batch was sent. */
  seconds: number;
  /** @throws RangeError for a message that is not in the batch */
  story(messageId: string): MessageStory;
  /**
   * Moves the dead letters back to the queue and goes on, with another worker where one is given. The run that
   * it gives tells all from the start; the one that it is called on stays as it is.
   * @throws as `simulateBatch` does
   */
  redrive(worker?: Worker): Promise<BatchRun>;
};

/**
 * Sends the batch to a FIFO queue and runs the handler on it until no message is left there: each is deleted, or
 * in the dead-letter queue. A batch may have more records than one invocation gets. A function runs for one
 * invocation at a time, as in one execution environment; `connect` is asked for a handler for each environment.
 * @throws Error when that takes more invocations than `maxInvocations`; RangeError for a fault that is meant for
 * no message and for two records of one id; RangeError or AwsError for settings that AWS refuses
 */
export async function simulateBatch(
  worker: Worker,
  batch: readonly SQSRecord[] | SQSEvent,
  options: BatchOptions = {},
): Promise<BatchRun> {
  const records = "Records" in batch ? batch.Records : batch;
  const own = typeof worker === "function" ? {} : worker.settings;
  const polling = startPolling(worker, records, { ...SETTINGS, ...own, ...options });
  return settle(polling, records.map(sentOf), worker);
}

function sentOf({ messageId, body, attributes }: SQSRecord): Sent {
  return { messageId, body, group: attributes.MessageGroupId ?? "" };
}

function startPolling(
  worker: Worker,
  records: readonly SQSRecord[],
  { fail = [], maxInvocations, ...settings }: BatchSettings & BatchOptions,
): Polling {
  const ids = new Set(records.map(({ messageId }) => messageId));
  if (ids.size < records.length) throw new RangeError("Two records of the batch have one messageId.");
  const queues = simulatedQueues(settings);
  for (const record of records) queues.put(letterOfRecord(record));
  return {
    queues,
    poller: createPoller(settings),
    plan: planFaults(fail, ids),
    lineage: lineageOf(ids),
    runtime: runtimeOf(worker, queues),
    invocations: [],
    deleted: new Map(),
    running: new Set(),
    maxInvocations,
  };
}

async function settle(polling: Polling, sent: readonly Sent[], worker: Worker): Promise<BatchRun> {
  await drain(polling);
  const messages = storiesOf(polling, sent);
  return {
    messages,
    invocations: [...polling.invocations],
    deadLetters: deadLettersOf(polling),
    unstruck: unstruck(polling.plan),
    seconds: (polling.queues.now() - NOW) / 1000,
    story: (messageId) => storyOf(messages, messageId),
    redrive(other = worker) {
      redriveAll(polling);
      polling.runtime = runtimeOf(other, polling.queues);
      return settle(polling, sent, other);
    },
  };
}

function storyOf(messages: readonly MessageStory[], messageId: string): MessageStory {
  const story = messages.find((one) => one.messageId === messageId);
  if (story === undefined) throw new RangeError(`No message of the batch is ${messageId}.`);
  return story;
}

function redriveAll({ queues, lineage }: Polling): void {
  expectRedriven(lineage, queues.messages("deadLetters"));
  moveDeadLetters(queues);
}
