// When and where a delivery that failed is tried again, so that one aggregate's trouble stops no lane (D9).
import { createHash } from "node:crypto";
import type { Message } from "./ports.ts";

/** A message group of an aggregate's own starts with this. */
const RETRY_GROUP = "retry-";

/** SQS's most for a message group id. */
const LONGEST_GROUP = 128;

/** Seconds that the first and the second failure in a lane wait in place. */
const IN_PLACE = [1, 2] as const;
const LONGEST_OUTAGE_WAIT = 60;
const LONGEST_GROUP_WAIT = 15 * 60;

export type Failure = {
  message: Message;
  aggregate: string;
  /** False where there was no time left for it: that counts as no failure of its own. */
  begun: boolean;
};

export type RetryPlan = {
  /** Hidden together, for that many seconds: a follower left visible later than its head would hold the lane up. */
  inPlace: { messages: Message[]; seconds: number }[];
  /** Moved into a group of their own, in order. */
  moves: { group: string; messages: Message[]; attempts: number }[];
};

/** Whether a failure is to be told from an outage: it has had its waits in place. */
export function isPersistent(failures: readonly Failure[]): boolean {
  return failures.some(hasWaitedInPlace);
}

/** `storeAnswers` tells a failing aggregate from an outage: something else was committed or refused beside it. */
export function planRetries(failures: Failure[], storeAnswers: boolean, random: () => number): RetryPlan {
  const byAggregate = grouped(failures, ({ aggregate, message }) => `${message.group}\n${aggregate}`);
  const moving = byAggregate.filter((set) => storeAnswers && set.some(hasWaitedInPlace));
  const waiting = byAggregate.filter((set) => !moving.includes(set)).flat();
  return {
    moves: moving.map((set) => moveOf(set)),
    inPlace: grouped(waiting, ({ message }) => message.group).map((set) => ({
      messages: set.map(({ message }) => message),
      seconds: secondsFor(set, storeAnswers, random),
    })),
  };
}

function hasWaitedInPlace({ message, begun }: Failure): boolean {
  return begun && !isRetryGroup(message.group) && message.receives > IN_PLACE.length;
}

function moveOf(set: Failure[]): RetryPlan["moves"][number] {
  const messages = set.map(({ message }) => message);
  return { group: retryGroup(set[0]?.aggregate ?? ""), messages, attempts: mostTries(set) };
}

/** In a group of its own an aggregate holds nobody up, so it backs off further there than an outage waits. */
function secondsFor(set: Failure[], storeAnswers: boolean, random: () => number): number {
  if (set.every(({ begun }) => !begun)) return IN_PLACE[0];
  const tries = mostTries(set);
  if (isRetryGroup(set[0]?.message.group ?? "")) return backoff(tries, LONGEST_GROUP_WAIT, random);
  return storeAnswers ? (IN_PLACE[tries - 1] ?? IN_PLACE[1]) : backoff(tries, LONGEST_OUTAGE_WAIT, random);
}

/** 1, 2, 4, … seconds, jittered. */
function backoff(tries: number, longest: number, random: () => number): number {
  return jittered(Math.min(longest, 2 ** (tries - 1)), random);
}

/** Tries in a lane and in the group after it. */
function mostTries(set: Failure[]): number {
  return Math.max(...set.map(({ message }) => message.attempts + message.receives));
}

/** Whole seconds, from half of `seconds` to all of it, so that many that failed together do not come back together. */
function jittered(seconds: number, random: () => number): number {
  return Math.max(1, Math.ceil(seconds * (0.5 + random() / 2)));
}

export function isRetryGroup(group: string): boolean {
  return group.startsWith(RETRY_GROUP);
}

/** SQS takes letters, digits and ASCII punctuation only: an aggregate that has others goes by its hash. */
export function retryGroup(aggregate: string): string {
  const group = `${RETRY_GROUP}${aggregate}`;
  if (group.length <= LONGEST_GROUP && /^[\x21-\x7e]+$/.test(group)) return group;
  return `${RETRY_GROUP}${createHash("sha256").update(aggregate).digest("hex")}`;
}

function grouped<T>(list: T[], nameOf: (one: T) => string): T[][] {
  return [...Map.groupBy(list, nameOf).values()];
}
