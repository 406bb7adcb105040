// All that the local SQS knows: queues, their messages in groups, and the counters that ids come from.
import { type QueueAttributes, type Settings, settingsOf } from "./attributes.ts";
import { type Linked, linked } from "./linked.ts";
import { type Memory, memory } from "./memory.ts";
import type { MessageAttributes } from "./message-attributes.ts";
import { type Entry, type Schedule, schedule } from "./schedule.ts";

const ACCOUNT = "000000000000";
const REGION = "us-east-1";

export type SqsState = {
  /** What queue URLs start with; it takes no part in finding a queue. */
  endpoint: string;
  queues: Map<string, Queue>;
  deletedAt: Map<string, number>;
  moveTasks: MoveTask[];
  counter: number;
};

export type Queue = {
  name: string;
  url: string;
  arn: string;
  fifo: boolean;
  createdAt: number;
  modifiedAt: number;
  purgedAt: number | undefined;
  attributes: QueueAttributes;
  /** The attributes, parsed once. */
  settings: Settings;
  messages: Map<string, Place>;
  counts: Record<Phase, number>;
  groups: Map<string, Group>;
  /** The groups whose first message is visible, the one served longest ago first. */
  ready: Linked<Group>;
  hidden: Schedule<Place>;
  ages: Schedule<Place>;
  sends: Memory<Sent>;
  attempts: Memory<Delivery[]>;
  /** Sends of a body that was there already; an id that comes again is a producer's retry of one send. */
  swallowed: number;
};

/** In a standard queue each message is a group of its own, so one rule of delivery serves both types. */
export type Group = {
  key: string;
  places: Linked<Place>;
  ready: boolean;
  previous: Group | undefined;
  next: Group | undefined;
};

export type Phase = "visible" | "inFlight" | "delayed";

/** A message's standing in one queue. */
export type Place = {
  message: Message;
  group: Group;
  phase: Phase;
  hiding: Entry<Place> | undefined;
  ageing: Entry<Place> | undefined;
  receiptHandle: string;
  receivedAt: number;
  previous: Place | undefined;
  next: Place | undefined;
};

export type Message = {
  id: string;
  body: string;
  attributes: MessageAttributes | undefined;
  traceHeader: string | undefined;
  groupId: string | undefined;
  deduplicationId: string | undefined;
  sequenceNumber: string | undefined;
  sentAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** ARN of the queue that gave it up; only a redrive sets it. */
  deadLetterSource: string | undefined;
};

export type Sent = { messageId: string; sequenceNumber: string | undefined };

/** A message as one receive handed it out. */
export type Delivery = { place: Place; receiptHandle: string; visibleAt: number };

export type MoveTask = {
  id: string;
  sourceArn: string;
  destinationArn: string | undefined;
  perSecond: number | undefined;
  status: "RUNNING" | "CANCELLING" | "CANCELLED" | "COMPLETED" | "FAILED";
  failureReason: string | undefined;
  startedAt: number;
  nextMoveAt: number;
  toMove: number;
  moved: number;
};

export type Effect =
  /** From `at` on (often at once) the queue may have something to receive that it had not before. */
  | { kind: "messages-available"; queue: string; at: number }
  | { kind: "queue-deleted"; queue: string }
  /** A message move task has work at `at`: call `advance` then. */
  | { kind: "wake"; at: number };

/** One command being carried out. */
export type Turn = { state: SqsState; now: number; effects: Effect[] };

/** @param endpoint what queue URLs start with, such as `http://127.0.0.1:9324` */
export function createSqsState(endpoint = "http://sqs.local"): SqsState {
  return { endpoint, queues: new Map(), deletedAt: new Map(), moveTasks: [], counter: 0 };
}

type QueueDefinition = Pick<Queue, "name" | "fifo" | "attributes">;

/** An empty queue that is not yet in the state; `now` in milliseconds since the epoch. */
export function newQueue(state: SqsState, definition: QueueDefinition, now: number): Queue {
  return {
    ...definition,
    url: queueUrl(state, definition.name),
    arn: queueArn(definition.name),
    settings: settingsOf(definition.attributes),
    createdAt: now,
    modifiedAt: now,
    purgedAt: undefined,
    ...noMessages(),
    swallowed: 0,
  };
}

/**
 * What a purge leaves: nothing that was sent, and no memory of it either. AWS's pages do not say so; LocalStack's test
 * that is marked as validated on AWS does (localstack/localstack pull request 8218).
 */
export function noMessages() {
  return {
    messages: new Map<string, Place>(),
    counts: { visible: 0, inFlight: 0, delayed: 0 },
    groups: new Map<string, Group>(),
    ready: linked<Group>(),
    hidden: schedule<Place>(),
    ages: schedule<Place>(),
    sends: memory<Sent>(),
    attempts: memory<Delivery[]>(),
  };
}

/** For queues that do not exist, too. */
export function queueUrl({ endpoint }: SqsState, name: string): string {
  return `${endpoint}/${ACCOUNT}/${name}`;
}

/** For queues that do not exist, too. */
export function queueArn(name: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
}

/** Of a URL or the bare name: SQS takes either as `QueueUrl`. */
export function queueName(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

/** By a URL, of which only the name counts, or by the bare name. */
export function findQueue({ queues }: SqsState, url: string): Queue | undefined {
  return queues.get(queueName(url));
}

/** None for an ARN of another region or account. */
export function findQueueByArn({ queues }: SqsState, arn: string): Queue | undefined {
  const queue = queues.get(arn.slice(arn.lastIndexOf(":") + 1));
  return queue?.arn === arn ? queue : undefined;
}

/** A UUID in shape; unique within the state and the same in every run. */
export function nextId(state: SqsState): string {
  return `00000000-0000-4000-8000-${(++state.counter).toString(16).padStart(12, "0")}`;
}

/** Twenty digits, so that comparing the texts compares the numbers. */
export function nextSequenceNumber(state: SqsState): string {
  return `18${String(++state.counter).padStart(18, "0")}`;
}
