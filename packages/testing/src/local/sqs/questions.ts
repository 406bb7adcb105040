// What one may ask of the state between commands. The answers hold for `now`; asking changes nothing that shows.
import { settle } from "./groups.ts";
import { type Input, optionalWhole } from "./input.ts";
import { openQueue } from "./open.ts";
import { earliest } from "./schedule.ts";
import { findQueue, type SqsState } from "./state.ts";

type Depth = { visible: number; inFlight: number; delayed: number };

/** Messages by phase; as in SQS, one behind a message in flight counts as visible. */
export function depth(state: SqsState, queueUrl: string, now: number): Depth {
  return { ...openQueue(turnAt(state, now), { QueueUrl: queueUrl }).counts };
}

/**
 * The earliest time at which a receive could get something: `now` when it would at once, undefined when
 * nothing that is in the queue ever comes back by itself.
 */
export function nextVisibleAt(state: SqsState, queueUrl: string, now: number): number | undefined {
  const queue = findQueue(state, queueUrl);
  if (!queue) return undefined;
  settle(queue, now);
  return queue.ready.first ? now : earliest(queue.hidden)?.at;
}

/** The highest receive count among the messages in flight; 0 where there are none. */
export function mostReceives(state: SqsState, queueUrl: string, now: number): number {
  const { messages } = openQueue(turnAt(state, now), { QueueUrl: queueUrl });
  const inFlight = [...messages.values()].filter(({ phase }) => phase === "inFlight");
  return Math.max(0, ...inFlight.map(({ message }) => message.receiveCount));
}

/** When the next message that is delayed or in flight now becomes visible by itself. */
export function nextReturnAt(state: SqsState, queueUrl: string, now: number): number | undefined {
  const queue = findQueue(state, queueUrl);
  if (!queue) return undefined;
  settle(queue, now);
  return earliest(queue.hidden)?.at;
}

/**
 * How many sends the queue accepted without keeping, for a body it knew. One that names a deduplication id again
 * is not counted: it is its producer's retry, and no delivery of its own.
 */
export function swallowedSends(state: SqsState, queueUrl: string): number {
  return findQueue(state, queueUrl)?.swallowed ?? 0;
}

/** Milliseconds that a ReceiveMessage with this input waits for a first message. */
export function waitTime(state: SqsState, input: Input, now: number): number {
  const { settings } = openQueue(turnAt(state, now), input);
  const seconds = optionalWhole(input, "WaitTimeSeconds", [0, 20]);
  return seconds === undefined ? settings.waitTime : 1000 * seconds;
}

function turnAt(state: SqsState, now: number) {
  return { state, now, effects: [] };
}
