// The event source mapping: a thin shell that gives a poller its queue, its function and its time.
import type { SQSRecord } from "aws-lambda";
import type { Cancel, Clock } from "../clock.ts";
import { Throttled } from "./errors.ts";
import { type InvocationFault, invokeWith } from "./faults.ts";
import type { MappedQueue } from "./mapped-queue.ts";
import type { PollerMetrics } from "./metrics.ts";
import {
  createPoller,
  isIdle,
  type Poller,
  type PollerCommand,
  type PollerEffect,
  stepPoller,
  wakeAt,
} from "./poller.ts";
import { type ReceivedMessage, recordOf } from "./records.ts";
import type { Runtime } from "./runtime.ts";
import { makeVisible, visibilityOf } from "./visibility.ts";

export type MappingOptions = MappedQueue & {
  runtime: Pick<Runtime, "invoke" | "environments">;
  clock: Clock;
  /** 10 by default. */
  batchSize?: number;
  /** 10 by default, 2 at least. */
  maximumConcurrency?: number;
  /** False by default, as on AWS. */
  reportBatchItemFailures?: boolean;
  /** Asked once an invocation, which are numbered from 1; no answer means that nothing goes wrong. */
  invocationFault?(invocation: number, records: SQSRecord[]): InvocationFault | undefined;
  /** Runs something soon, but not at once: when this turn of the event loop is over, unless time is another. */
  soon?(run: () => void): void;
  /** Told why an invocation gave no answer: FunctionError or Throttled. */
  onInvocationError?(error: unknown, records: SQSRecord[]): void;
};

export type EventSourceMapping = {
  /** Nothing is being received, invoked or deleted. Messages may still be on the queue, invisible. */
  idle(): boolean;
  /** When the mapping receives next if nobody sends before, in milliseconds; none while it is at work. */
  nextWakeAt(): number | undefined;
  /** Receives no more, and waits for the invocations that run. */
  stop(): Promise<void>;
  metrics(): PollerMetrics;
};

type Mapping = {
  options: MappingOptions;
  poller: Poller;
  lostDeletes: Set<number>;
  wakeQueued: boolean;
  cancelTimer: Cancel;
  drained: PromiseWithResolvers<void>;
};

/**
 * Polls from now on, until `stop`. A message that an invocation leaves comes back when its visibility timeout ends.
 */
export function startEventSourceMapping(options: MappingOptions): EventSourceMapping {
  const { batchSize = 10, maximumConcurrency = 10, reportBatchItemFailures = false } = options;
  const mapping: Mapping = {
    options,
    poller: createPoller({ batchSize, maximumConcurrency, reportBatchItemFailures }),
    lostDeletes: new Set(),
    wakeQueued: false,
    cancelTimer: () => {},
    drained: Promise.withResolvers(),
  };
  const unsubscribe = options.sqs.onMessages(options.queueUrl, () => wakeSoon(mapping));
  wakeSoon(mapping);
  return {
    idle: () => !mapping.wakeQueued && isIdle(mapping.poller),
    nextWakeAt: () => nextWakeAt(mapping),
    metrics: () => ({ ...mapping.poller.metrics }),
    stop() {
      unsubscribe();
      give(mapping, { type: "stop" });
      return mapping.drained.promise;
    },
  };
}

/** What arrives in one turn of the event loop wakes the poller once, so that it fills a batch. */
function wakeSoon(mapping: Mapping) {
  if (mapping.wakeQueued) return;
  mapping.wakeQueued = true;
  const { soon = setImmediate } = mapping.options;
  soon(() => {
    mapping.wakeQueued = false;
    give(mapping, { type: "wake" });
  });
}

function give(mapping: Mapping, command: PollerCommand) {
  const { poller, options } = mapping;
  const { effects } = stepPoller(poller, command, options.clock.now());
  for (const effect of effects) void run(mapping, effect);
  setTimer(mapping);
  if (poller.stopped && isIdle(poller)) mapping.drained.resolve();
}

function nextWakeAt({ poller, options }: Mapping): number | undefined {
  return wakeAt(poller, options.clock.now(), () => options.sqs.nextVisibleAt(options.queueUrl));
}

function setTimer(mapping: Mapping) {
  const { clock } = mapping.options;
  mapping.cancelTimer();
  const at = nextWakeAt(mapping);
  if (at === undefined) return;
  mapping.cancelTimer = clock.after(Math.max(0, at - clock.now()), () => give(mapping, { type: "wake" }));
}

async function run(mapping: Mapping, effect: PollerEffect): Promise<void> {
  if (effect.type === "receive") return give(mapping, await receive(mapping, effect.max));
  if (effect.type === "invoke")
    return give(mapping, await invoke(mapping, effect.invocation, effect.messages));
  give(mapping, await deleteMessages(mapping, effect.invocation, effect.receiptHandles));
}

async function receive({ options }: Mapping, max: number): Promise<PollerCommand> {
  try {
    const output = await options.sqs.command("ReceiveMessage", {
      QueueUrl: options.queueUrl,
      MaxNumberOfMessages: max,
      WaitTimeSeconds: 0,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    return { type: "received", messages: (output as { Messages?: ReceivedMessage[] }).Messages ?? [] };
  } catch {
    return { type: "receive-failed" };
  }
}

async function invoke(
  { options, lostDeletes }: Mapping,
  invocation: number,
  messages: ReceivedMessage[],
): Promise<PollerCommand> {
  const records = messages.map((message) => recordOf(message, options.queueArn));
  const fault = options.invocationFault?.(invocation, records);
  if (fault === "delete-lost") lostDeletes.add(invocation);
  try {
    const endVisibility = () => makeVisible(options, messages);
    const answer = await invokeWith(fault, options.runtime, { Records: records }, endVisibility);
    return { type: "invocation-succeeded", invocation, answer };
  } catch (error) {
    options.onInvocationError?.(error, records);
    if (!(error instanceof Throttled)) return { type: "invocation-failed", invocation };
    return { type: "invocation-throttled", invocation, visibility: await visibilityOf(options) };
  }
}

/** A delete that fails is not tried again: its message comes back, and the handler must bear that. */
async function deleteMessages(
  { options, lostDeletes }: Mapping,
  invocation: number,
  receiptHandles: string[],
): Promise<PollerCommand> {
  const count = receiptHandles.length;
  const lost: PollerCommand = { type: "deleted", invocation, deleted: 0, failed: count };
  if (lostDeletes.delete(invocation)) return lost;
  try {
    const output = await options.sqs.command("DeleteMessageBatch", {
      QueueUrl: options.queueUrl,
      Entries: receiptHandles.map((handle, index) => ({ Id: String(index), ReceiptHandle: handle })),
    });
    const { Failed = [] } = output as { Failed?: unknown[] };
    return { type: "deleted", invocation, deleted: count - Failed.length, failed: Failed.length };
  } catch {
    return lost;
  }
}
