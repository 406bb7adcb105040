// Message groups: where a message stands in its queue, and which group may be served next.
import { append, linked, unlink } from "./linked.ts";
import { add, due, remove } from "./schedule.ts";
import type { Effect, Group, Message, Phase, Place, Queue, Turn } from "./state.ts";

/** Does what time alone does: hidden messages come back, and those past the retention period go. */
export function settle(queue: Queue, now: number): void {
  for (const place of due(queue.hidden, now)) show(queue, place);
  for (const place of due(queue.ages, now - queue.settings.retention)) drop(queue, place);
}

/** Puts a message at the end of its group. */
export function enqueue(turn: Turn, queue: Queue, message: Message, visibleAt = turn.now): void {
  const group = groupOf(queue, message);
  const place: Place = {
    message,
    group,
    phase: "visible",
    hiding: undefined,
    ageing: undefined,
    receiptHandle: "",
    receivedAt: 0,
    previous: undefined,
    next: undefined,
  };
  place.ageing = add(queue.ages, message.sentAt, place);
  append(group.places, place);
  queue.messages.set(message.id, place);
  queue.counts.visible++;
  hide(turn, queue, place, "delayed", visibleAt);
  announce(turn, queue, visibleAt);
}

function groupOf(queue: Queue, message: Message): Group {
  const key = queue.fifo ? (message.groupId ?? "") : message.id;
  const known = queue.groups.get(key);
  if (known) return known;
  const group: Group = { key, places: linked(), ready: false, previous: undefined, next: undefined };
  queue.groups.set(key, group);
  return group;
}

/** Takes a message out of sight until `until`; a moment that has come already makes it visible. */
export function hide(
  { now }: Turn,
  queue: Queue,
  place: Place,
  phase: "inFlight" | "delayed",
  until: number,
): void {
  show(queue, place);
  if (until <= now) return;
  place.hiding = add(queue.hidden, until, place);
  enterPhase(queue, place, phase);
}

function show(queue: Queue, place: Place): void {
  if (place.hiding) remove(queue.hidden, place.hiding);
  place.hiding = undefined;
  enterPhase(queue, place, "visible");
}

function enterPhase(queue: Queue, place: Place, phase: Phase): void {
  queue.counts[place.phase]--;
  queue.counts[phase]++;
  place.phase = phase;
  refresh(queue, place.group);
}

/** Removes a message for good, which may bring its followers to the front. */
export function drop(queue: Queue, place: Place): void {
  if (place.hiding) remove(queue.hidden, place.hiding);
  if (place.ageing) remove(queue.ages, place.ageing);
  unlink(place.group.places, place);
  queue.messages.delete(place.message.id);
  queue.counts[place.phase]--;
  refresh(queue, place.group);
}

/** A group is ready when its first message is visible: nothing may overtake a message in flight. */
function refresh(queue: Queue, group: Group): void {
  const head = group.places.first;
  if (!head) queue.groups.delete(group.key);
  const ready = head?.phase === "visible";
  if (ready === group.ready) return;
  group.ready = ready;
  if (ready) append(queue.ready, group);
  else unlink(queue.ready, group);
}

/** Sends a group that was served behind the others that wait. */
export function yieldTurn(queue: Queue, group: Group): void {
  if (!group.ready) return;
  unlink(queue.ready, group);
  append(queue.ready, group);
}

/** A group's messages in sequence up to the first that is not visible; each may be dropped while at it. */
export function* visiblePrefix(group: Group): Generator<Place> {
  let place = group.places.first;
  while (place?.phase === "visible") {
    const next = place.next;
    yield place;
    place = next;
  }
}

/** On a FIFO queue a new delay also holds for the messages that are already waiting. */
export function rescheduleDelayed(turn: Turn, queue: Queue): void {
  for (const place of [...queue.messages.values()].filter(({ phase }) => phase === "delayed")) {
    const visibleAt = place.message.sentAt + queue.settings.delay;
    hide(turn, queue, place, "delayed", visibleAt);
    announce(turn, queue, visibleAt);
  }
}

/** Tells, once in a row, that the queue may have something to receive from `at` on. */
export function announce({ effects, now }: Turn, { url }: Queue, at: number): void {
  const effect: Effect = { kind: "messages-available", queue: url, at: Math.max(at, now) };
  const last = effects.at(-1);
  if (last?.kind === effect.kind && last.queue === url && last.at === effect.at) return;
  effects.push(effect);
}
