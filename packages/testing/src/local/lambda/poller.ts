// Lambda's side of an event source mapping for SQS: when to receive, what to invoke, what to delete.
// Pure: receiving, invoking, deleting and waiting are the shell's (D18).
import { failedMessages } from "./answer.ts";
import { type Backoff, type Batch, backOff, batchesDue, noBackoff, retryLater } from "./backoff.ts";
import { noMetrics, type PollerMetrics } from "./metrics.ts";
import type { ReceivedMessage } from "./records.ts";

export type PollerSettings = {
  /** Messages an invocation gets at most: 1 to 10, since FIFO has no batching window. */
  batchSize: number;
  /** Invocations at one time at most: 2 or more. */
  maximumConcurrency: number;
  /** Without it no answer is read: only an invocation that fails keeps messages on the queue. */
  reportBatchItemFailures: boolean;
};

export type Poller = Backoff & {
  readonly settings: PollerSettings;
  readonly metrics: PollerMetrics;
  /** Each holds its slot until its messages are deleted: the next receive finds what followed them. */
  readonly running: Map<number, Batch>;
  receiving: boolean;
  /** Woken while a receive was under way, whose answer may be older than the wake. */
  wokenMeanwhile: boolean;
  stopped: boolean;
};

export type PollerCommand =
  | { type: "wake" }
  | { type: "received"; messages: ReceivedMessage[] }
  | { type: "receive-failed" }
  | { type: "invocation-succeeded"; invocation: number; answer: unknown }
  | { type: "invocation-failed"; invocation: number }
  /** `visibility` is the queue's visibility timeout, in milliseconds. */
  | { type: "invocation-throttled"; invocation: number; visibility: number }
  | { type: "deleted"; invocation: number; deleted: number; failed: number }
  | { type: "stop" };

export type PollerEffect =
  | { type: "receive"; max: number }
  | { type: "invoke"; invocation: number; messages: ReceivedMessage[] }
  | { type: "delete"; invocation: number; receiptHandles: string[] };

type Throttled = Extract<PollerCommand, { type: "invocation-throttled" }>;
type Deleted = Extract<PollerCommand, { type: "deleted" }>;

/** @throws RangeError for settings that AWS refuses. */
export function createPoller(settings: PollerSettings): Poller {
  const { batchSize, maximumConcurrency } = settings;
  if (!(batchSize >= 1 && batchSize <= 10)) throw new RangeError("batchSize of a FIFO queue is 1 to 10");
  if (!(maximumConcurrency >= 2)) throw new RangeError("maximumConcurrency is 2 or more");
  return {
    settings,
    metrics: noMetrics(),
    running: new Map(),
    receiving: false,
    wokenMeanwhile: false,
    ...noBackoff(),
    stopped: false,
  };
}

/** One step, at `now` in milliseconds; changes `poller` in place. Effects are run in their order. */
export function stepPoller(poller: Poller, command: PollerCommand, now: number): { effects: PollerEffect[] } {
  return { effects: effectsOf(poller, command, now) };
}

/** Nothing is being received, invoked or deleted. */
export function isIdle(poller: Poller): boolean {
  return !poller.receiving && poller.running.size === 0;
}

/**
 * When the next `wake` is due, in milliseconds: at the end of a backoff, else when the queue says that a
 * message becomes visible. Never while a receive or a full house leads to the next step by itself.
 */
export function wakeAt(
  poller: Poller,
  now: number,
  nextVisibleAt: () => number | undefined,
): number | undefined {
  if (now < poller.resumeAt)
    return hasRoom(poller) || poller.waiting.length > 0 ? poller.resumeAt : undefined;
  if (poller.waiting.length > 0) return now;
  return hasRoom(poller) ? nextVisibleAt() : undefined;
}

function effectsOf(poller: Poller, command: PollerCommand, now: number): PollerEffect[] {
  switch (command.type) {
    case "wake":
      return wake(poller, now);
    case "received":
      return received(poller, command.messages, now);
    case "receive-failed":
      poller.receiving = false;
      backOff(poller, now);
      return [];
    case "invocation-succeeded":
      return answered(poller, command.invocation, command.answer, now);
    case "invocation-failed":
      return failed(poller, command.invocation, now);
    case "invocation-throttled":
      return throttled(poller, command, now);
    case "deleted":
      return deleted(poller, command, now);
    case "stop":
      poller.stopped = true;
      poller.waiting = [];
      return [];
  }
}

function wake(poller: Poller, now: number): PollerEffect[] {
  poller.wokenMeanwhile = poller.receiving;
  const retries = batchesDue(poller, now).map((batch) => start(poller, batch));
  return [...retries, ...receive(poller, now)];
}

function hasRoom({ receiving, running, waiting, settings, stopped }: Poller): boolean {
  return !receiving && !stopped && running.size + waiting.length < settings.maximumConcurrency;
}

function receive(poller: Poller, now: number): PollerEffect[] {
  if (!hasRoom(poller) || now < poller.resumeAt) return [];
  poller.receiving = true;
  return [{ type: "receive", max: poller.settings.batchSize }];
}

function received(poller: Poller, messages: ReceivedMessage[], now: number): PollerEffect[] {
  const again = poller.wokenMeanwhile || messages.length > 0;
  poller.receiving = false;
  poller.wokenMeanwhile = false;
  poller.metrics.received += messages.length;
  const started = messages.length > 0 ? [start(poller, { messages, receivedAt: now })] : [];
  return again ? [...started, ...receive(poller, now)] : started;
}

function start({ running, metrics }: Poller, batch: Batch): PollerEffect {
  metrics.invocations += 1;
  running.set(metrics.invocations, batch);
  metrics.peakConcurrency = Math.max(metrics.peakConcurrency, running.size);
  return { type: "invoke", invocation: metrics.invocations, messages: batch.messages };
}

function answered(poller: Poller, invocation: number, answer: unknown, now: number): PollerEffect[] {
  const { messages = [] } = poller.running.get(invocation) ?? {};
  poller.setbacks = 0;
  const handled = handledOf(poller.settings, messages, answer);
  if (handled.length === 0) return failed(poller, invocation, now);
  poller.metrics[handled.length === messages.length ? "succeeded" : "partiallyFailed"] += 1;
  return [{ type: "delete", invocation, receiptHandles: handled.map((message) => message.ReceiptHandle) }];
}

function handledOf(
  settings: PollerSettings,
  messages: ReceivedMessage[],
  answer: unknown,
): ReceivedMessage[] {
  if (!settings.reportBatchItemFailures) return messages;
  const failures = failedMessages(answer, new Set(messages.map((message) => message.MessageId)));
  if (failures === "whole batch") return [];
  return messages.filter((message) => !failures.has(message.MessageId));
}

/** Failed messages are left alone: they come again when their visibility timeout ends. */
function failed(poller: Poller, invocation: number, now: number): PollerEffect[] {
  poller.metrics.failed += 1;
  poller.running.delete(invocation);
  return receive(poller, now);
}

function throttled(poller: Poller, { invocation, visibility }: Throttled, now: number): PollerEffect[] {
  const batch = poller.running.get(invocation);
  poller.metrics.throttled += 1;
  poller.running.delete(invocation);
  backOff(poller, now);
  if (batch && !poller.stopped) retryLater(poller, batch, batch.receivedAt + visibility);
  return [];
}

function deleted(poller: Poller, outcome: Deleted, now: number): PollerEffect[] {
  poller.metrics.deleted += outcome.deleted;
  poller.metrics.deletesFailed += outcome.failed;
  poller.running.delete(outcome.invocation);
  return receive(poller, now);
}
