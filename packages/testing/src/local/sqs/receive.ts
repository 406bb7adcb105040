// ReceiveMessage: as many messages of a group as fit, then of the next group, each only in its sequence.
import { recallAttempt, rememberAttempt } from "./attempts.ts";
import { announce, hide, visiblePrefix, yieldTurn } from "./groups.ts";
import { type Input, optionalText, optionalWhole, texts } from "./input.ts";
import { openQueue } from "./open.ts";
import { checkSystemAttributeNames, present, type ReceivedMessage, type Wanted } from "./present.ts";
import { receiptHandle } from "./receipt.ts";
import { giveUp, redriveOf } from "./redrive.ts";
import { notForThisQueueType } from "./refusals.ts";
import type { Delivery, Place, Queue, Turn } from "./state.ts";

type Request = Wanted & {
  most: number;
  /** Milliseconds. */
  visibilityTimeout: number;
  attemptId: string | undefined;
};

/** As SQS, a receive that finds nothing has no `Messages`. */
export type ReceiveReply = { Messages?: ReceivedMessage[] };

/** Answers at once, whatever `WaitTimeSeconds` says: waiting is the shell's work. */
export function receiveMessage(turn: Turn, input: Input): ReceiveReply {
  const queue = openQueue(turn, input);
  const request = readRequest(queue, input);
  const places = repeatAttempt(turn, queue, request) ?? receive(turn, queue, request);
  if (places.length === 0) return {};
  return { Messages: places.map((place) => present(place, request)) };
}

function readRequest(queue: Queue, input: Input): Request {
  const most = optionalWhole(input, "MaxNumberOfMessages", [1, 10], "Must be between 1 and 10, if provided.");
  const seconds = optionalWhole(input, "VisibilityTimeout", [0, 43_200]);
  optionalWhole(input, "WaitTimeSeconds", [0, 20]);
  const systemAttributes = [
    ...texts(input, "MessageSystemAttributeNames"),
    ...texts(input, "AttributeNames"),
  ];
  checkSystemAttributeNames(systemAttributes);
  return {
    most: most ?? 1,
    visibilityTimeout: seconds === undefined ? queue.settings.visibilityTimeout : 1000 * seconds,
    attemptId: readAttemptId(queue, input),
    systemAttributes,
    messageAttributes: texts(input, "MessageAttributeNames"),
  };
}

function readAttemptId(queue: Queue, input: Input): string | undefined {
  const id = optionalText(input, "ReceiveRequestAttemptId");
  if (id === undefined || queue.fifo) return id;
  throw notForThisQueueType("ReceiveRequestAttemptId", id);
}

/** A retry with the id of an attempt gives the same messages and handles, hidden anew. */
function repeatAttempt(turn: Turn, queue: Queue, request: Request): Place[] | undefined {
  const places = recallAttempt(queue, request.attemptId, turn.now);
  if (places) handOut(turn, queue, places, request);
  return places;
}

function receive(turn: Turn, queue: Queue, request: Request): Place[] {
  const places = take(turn, queue, request.most);
  for (const place of places) {
    place.message.receiveCount++;
    place.message.firstReceivedAt ??= turn.now;
    place.receivedAt = turn.now;
    place.receiptHandle = receiptHandle(queue, place.message);
  }
  handOut(turn, queue, places, request);
  return places;
}

function take(turn: Turn, queue: Queue, most: number): Place[] {
  const redrive = redriveOf(turn.state, queue);
  const taken: Place[] = [];
  let group = queue.ready.first;
  while (group && taken.length < most) {
    const next = group.next;
    for (const place of visiblePrefix(group)) {
      if (taken.length === most) break;
      const exhausted = redrive !== undefined && place.message.receiveCount >= redrive.maxReceiveCount;
      if (exhausted) giveUp(turn, queue, redrive, place);
      else taken.push(place);
    }
    group = next;
  }
  return taken;
}

function handOut(turn: Turn, queue: Queue, places: Place[], request: Request): void {
  if (places.length === 0) return;
  const visibleAt = turn.now + request.visibilityTimeout;
  for (const place of places) hide(turn, queue, place, "inFlight", visibleAt);
  for (const { group } of places) yieldTurn(queue, group);
  announce(turn, queue, visibleAt);
  const deliveries: Delivery[] = places.map((place) => ({
    place,
    receiptHandle: place.receiptHandle,
    visibleAt,
  }));
  rememberAttempt(queue, request.attemptId, deliveries, turn.now);
}
