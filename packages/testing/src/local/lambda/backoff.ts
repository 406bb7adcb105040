// What a poller does after a throttle or a failed receive: it waits, ever longer, and invokes what was throttled again.
import type { ReceivedMessage } from "./records.ts";

/** Messages of one receive; times in milliseconds. */
export type Batch = { readonly messages: ReceivedMessage[]; readonly receivedAt: number };

export type Backoff = {
  /** Throttles and failed receives since the last answer. */
  setbacks: number;
  /** Nothing is received or invoked again before this time. */
  resumeAt: number;
  /** Throttled batches, each with its slot, and when its messages become visible again. */
  waiting: { readonly batch: Batch; readonly visibleAt: number }[];
};

const FIRST_BACKOFF = 1_000;
const LONGEST_BACKOFF = 30_000;

/** As after an answer: what is received next is invoked at once. */
export function noBackoff(): Backoff {
  return { setbacks: 0, resumeAt: Number.NEGATIVE_INFINITY, waiting: [] };
}

/** Several setbacks at one time are one: only a setback after the wait makes the next wait longer. */
export function backOff(backoff: Backoff, now: number): void {
  if (now < backoff.resumeAt) return;
  backoff.resumeAt = now + Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** backoff.setbacks);
  backoff.setbacks += 1;
}

/**
 * A throttled batch is invoked again until the visibility of its messages ends: then it is dropped, and they come
 * again ("Handling errors for an SQS event source" of AWS's Lambda operator guide).
 */
export function retryLater({ waiting, resumeAt }: Backoff, batch: Batch, visibleAt: number): void {
  if (resumeAt < visibleAt) waiting.push({ batch, visibleAt });
}

/** Takes out the batches to invoke again now. */
export function batchesDue(backoff: Backoff, now: number): Batch[] {
  if (now < backoff.resumeAt) return [];
  return backoff.waiting
    .splice(0)
    .filter(({ visibleAt }) => now < visibleAt)
    .map(({ batch }) => batch);
}
