// What handling a batch needs of the world, for tests: a store that fails as told, a queue that remembers.
import type { BatchOptions } from "@stripe-lanes/core/batch";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import type { Message, ParkNote, Ports, Queue, Stripe } from "@stripe-lanes/core/ports";
import { FIRST_SECOND } from "./events.ts";
import { faultyStore, type StoreCall, type StoreFaults } from "./faults.ts";

/** What was done with the queue, in order. */
export type QueueLog = {
  parked: { message: Message; note: ParkNote }[];
  moved: { group: string; messages: Message[]; attempts: number }[];
  hidden: { messages: Message[]; seconds: number }[];
};

export type TestPorts = Ports &
  QueueLog & {
    /** What is behind `store` and its faults. */
    memory: MemoryStore;
    calls: StoreCall[];
    /** Settles when a fault has ended the process. */
    crashed: Promise<void>;
    /** Milliseconds of each sleep; none of them took any time. */
    slept: number[];
  };

export type TestPortsOptions = {
  /** The one that other ports had, where a test goes on with what they left. */
  store?: MemoryStore;
  faults?: StoreFaults;
  /** Takes the place of the methods it names. */
  queue?: Partial<Queue>;
  stripe?: Stripe;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Milliseconds until the function is stopped. */
  remaining?: () => number;
};

export const TEST_OPTIONS: BatchOptions = {
  tenant: "main",
  mode: "test",
  ledgerSeconds: 90 * 24 * 60 * 60,
  reserve: 1_000,
};

/** An hour after the first event, in milliseconds since the epoch. */
export const NOW = (FIRST_SECOND + 3_600) * 1_000;

/**
 * Ports whose clock stands at `NOW`, whose sleeps take no time and whose random number is 0.5, so that a test
 * repeats.
 */
export function testPorts(options: TestPortsOptions = {}): TestPorts {
  const { store: memory = memoryStore(), faults = () => undefined, stripe } = options;
  const slept: number[] = [];
  return {
    ...recordingQueue(options.queue),
    ...faultyStore(memory, faults),
    memory,
    ...(stripe && { stripe }),
    slept,
    now: options.now ?? (() => NOW),
    remaining: options.remaining ?? (() => Number.POSITIVE_INFINITY),
    random: () => 0.5,
    sleep: async (milliseconds) => void slept.push(milliseconds),
  };
}

/** A queue that only remembers what was asked of it. */
function recordingQueue(instead: Partial<Queue> = {}): QueueLog & { queue: Queue } {
  const log: QueueLog = { parked: [], moved: [], hidden: [] };
  const queue: Queue = {
    park: async (message, note) => void log.parked.push({ message, note }),
    async moveTo(group, messages, attempts) {
      log.moved.push({ group, messages, attempts });
      return new Set(messages.map(({ id }) => id));
    },
    hide: async (messages, seconds) => void log.hidden.push({ messages, seconds }),
  };
  return { ...log, queue: { ...queue, ...instead } };
}
