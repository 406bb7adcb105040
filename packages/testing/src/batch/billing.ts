// The product's worker over a store in memory, whose queue port works on simulated queues: for tests of one's own
// nouns under faults.
import { type BatchOptions, handleBatch, type Result } from "@stripe-lanes/core/batch";
import { parseEvent } from "@stripe-lanes/core/event";
import { entriesOf } from "@stripe-lanes/core/item";
import type { LedgerEntry } from "@stripe-lanes/core/ledger";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import { messageOf } from "@stripe-lanes/core/message";
import type { Ports, Stripe } from "@stripe-lanes/core/ports";
import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import type { StoreCall, StoreFault, StoreFaults } from "../faults.ts";
import { killed } from "../local/lambda/errors.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import type { Effects } from "./effects.ts";
import { queueOn } from "./queue-port.ts";
import type { ConnectedWorker } from "./simulate.ts";

export type BillingOptions = Partial<BatchOptions> & {
  /** The one another worker had, where a test goes on with what it left. */
  store?: MemoryStore;
  /** What goes wrong with the store; calls are counted over all invocations. A crash ends the invocation. */
  faults?: StoreFaults;
  stripe?: Stripe;
};

export type BillingWorker = ConnectedWorker &
  Effects & {
    store: MemoryStore;
    /** What became of each record, batch after batch. */
    results: Result[];
  };

/** As the product deploys its queue: six times the function's 15 seconds, and SQS's most receives (D8). */
const SETTINGS = { visibilityTimeout: 90, maxReceiveCount: 1000, reportBatchItemFailures: true };

/**
 * Gives a worker for `simulateBatch` that handles Stripe events as the product's does: of the tenant `main` in
 * test mode where the options say nothing else. An effect is a committed outcome of an event, named by its id.
 */
export function billingWorker(options: BillingOptions = {}): BillingWorker {
  const store = options.store ?? memoryStore();
  const committed = endedIn(entriesOf(store.items()));
  const results: Result[] = [];
  const faults = counted(options.faults);
  const world = { ...options, store: noting(store, committed), faults };
  return {
    store,
    results,
    settings: SETTINGS,
    effects: () => committed,
    effectOf: ({ body }) => eventIdOf(body),
    connect: (queues) => async (event, context) => {
      const queue = queueOn(queues, event.Records);
      const remaining = () => context.getRemainingTimeInMillis();
      const ports = testPorts({ ...world, queue, now: queues.now, remaining });
      const handled = await untilCrash(event.Records, ports, { ...TEST_OPTIONS, ...options });
      results.push(...handled);
      return answerOf(handled);
    },
  };
}

/** @throws FunctionError when a fault of the store ended the process */
function untilCrash(
  records: SQSRecord[],
  ports: Ports & { crashed: Promise<void> },
  options: BatchOptions,
): Promise<Result[]> {
  const crash = ports.crashed.then(() => Promise.reject(killed()));
  return Promise.race([handleBatch(records.map(messageOf), ports, options), crash]);
}

function answerOf(results: Result[]): SQSBatchResponse {
  const failed = results.filter(({ kind }) => kind === "retry");
  return { batchItemFailures: failed.map(({ message }) => ({ itemIdentifier: message.id })) };
}

/** The store, with a note of each event whose outcome is committed. */
function noting(store: MemoryStore, committed: string[]): MemoryStore {
  return {
    ...store,
    async commit(changes, now) {
      await store.commit(changes, now);
      committed.push(...endedIn(changes.ledger));
    },
  };
}

/** The events of ledger entries with an outcome that stays (D6). */
function endedIn(entries: readonly LedgerEntry[]): string[] {
  const ended = entries.filter(({ outcome }) => outcome !== undefined && outcome !== "parked");
  return ended.map(({ event }) => event);
}

/** Each invocation has ports of its own, which would count their calls from 1. */
function counted(faults: StoreFaults = () => undefined): StoreFaults {
  const counts: Partial<Record<StoreCall["operation"], number>> = {};
  return (call): StoreFault | undefined => {
    const nth = (counts[call.operation] ?? 0) + 1;
    counts[call.operation] = nth;
    return faults({ ...call, nth });
  };
}

/** Undefined for a body that is no event. */
function eventIdOf(body: string): string | undefined {
  try {
    return parseEvent(body).id;
  } catch {
    return undefined;
  }
}
