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
const FIRST_GROUP_WAIT = 4;
const LONGEST_GROUP_WAIT = 15 * 60;

export type Failure = { message: Message; aggregate: string };

export type RetryPlan = {
  /** Hidden together, for that many seconds: a follower left visible later than its head would hold the lane up. */
  inPlace: { messages: Message[]; seconds: number }[];
  /** Moved into a group of their own, in order. */
  moves: { group: string; messages: Message[]; attempts: number }[];
};

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

function hasWaitedInPlace({ message }: Failure): boolean {
  return !isRetryGroup(message.group) && message.receives > IN_PLACE.length;
}

function moveOf(set: Failure[]): RetryPlan["moves"][number] {
  const messages = set.map(({ message }) => message);
  return { group: retryGroup(set[0]?.aggregate ?? ""), messages, attempts: mostReceives(set) };
}

function secondsFor(set: Failure[], storeAnswers: boolean, random: () => number): number {
  const receives = mostReceives(set);
  if (!storeAnswers) return jittered(Math.min(LONGEST_OUTAGE_WAIT, 2 ** (receives - 1)), random);
  if (isRetryGroup(set[0]?.message.group ?? "")) {
    return jittered(Math.min(LONGEST_GROUP_WAIT, FIRST_GROUP_WAIT * 2 ** (receives - 1)), random);
  }
  return IN_PLACE[receives - 1] ?? IN_PLACE[IN_PLACE.length - 1] ?? 1;
}

/** Whole seconds, from half of `seconds` to all of it, so that many that failed together do not come back together. */
function jittered(seconds: number, random: () => number): number {
  return Math.max(1, Math.ceil(seconds * (0.5 + random() / 2)));
}

function mostReceives(set: Failure[]): number {
  return Math.max(...set.map(({ message }) => message.receives));
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
