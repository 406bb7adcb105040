// Receipt handles, and what is done with one: deleting a message and changing its visibility timeout.
import { type BatchReply, forEachEntry, readEntries } from "./batch.ts";
import { announce, drop, hide } from "./groups.ts";
import { type Input, optionalWhole, text } from "./input.ts";
import { openQueue } from "./open.ts";
import {
  invalidValue,
  missingParameter,
  notAvailableForVisibilityChange,
  receiptHandleExpired,
  receiptHandleIsInvalid,
} from "./refusals.ts";
import type { Message, Place, Queue, Turn } from "./state.ts";

const TWELVE_HOURS = 12 * 3_600_000;

/** Names the queue, the message and which of its receives this was. */
export function receiptHandle(queue: Queue, { id, receiveCount }: Message): string {
  return btoa(`${queue.name} ${id} ${receiveCount}`);
}

/**
 * "DeleteMessage". On a FIFO queue it throws InvalidParameterValue for a handle whose visibility timeout is over:
 * the message comes again.
 */
export function deleteMessage(turn: Turn, input: Input): object {
  return deleteOne(turn, openQueue(turn, input), input);
}

/** "DeleteMessageBatch": each of up to ten entries succeeds or fails by itself, as `deleteMessage`. */
export function deleteMessageBatch(turn: Turn, input: Input): BatchReply<object> {
  const queue = openQueue(turn, input);
  return forEachEntry(readEntries(input), (entry) => deleteOne(turn, queue, entry));
}

/**
 * "ChangeMessageVisibility": seconds from now, 12 hours at most since the receive. Throws InvalidParameterValue for
 * a message that is gone, on a FIFO queue also for one that is visible again.
 */
export function changeMessageVisibility(turn: Turn, input: Input): object {
  return changeOne(turn, openQueue(turn, input), input);
}

/** "ChangeMessageVisibilityBatch": each of up to ten entries succeeds or fails by itself. */
export function changeMessageVisibilityBatch(turn: Turn, input: Input): BatchReply<object> {
  const queue = openQueue(turn, input);
  return forEachEntry(readEntries(input), (entry) => changeOne(turn, queue, entry));
}

/** Deleting what is gone succeeds; so does, on a standard queue, an older handle, which deletes nothing. */
function deleteOne(turn: Turn, queue: Queue, input: Input): object {
  const handle = text(input, "ReceiptHandle");
  const place = findPlace(queue, handle);
  if (!place) return {};
  if (queue.fifo && !isInFlight(place, handle)) throw receiptHandleExpired(handle);
  if (place.receiptHandle !== handle) return {};
  drop(queue, place);
  if (place.group.ready) announce(turn, queue, turn.now);
  return {};
}

function changeOne(turn: Turn, queue: Queue, input: Input): object {
  const handle = text(input, "ReceiptHandle");
  const seconds = optionalWhole(input, "VisibilityTimeout", [0, 43_200]);
  if (seconds === undefined) throw missingParameter("VisibilityTimeout");
  const place = findPlace(queue, handle);
  if (!place) throw notAvailableForVisibilityChange(handle);
  if (!isInFlight(place, handle)) return refuseLateChange(queue, place, handle);
  const until = turn.now + 1000 * seconds;
  checkTotalTimeout(place, until, seconds);
  hide(turn, queue, place, "inFlight", until);
  announce(turn, queue, until);
  return {};
}

/** On a standard queue a handle whose timeout ran out is accepted and changes nothing. */
function refuseLateChange({ fifo }: Queue, place: Place, handle: string): object {
  if (fifo) throw receiptHandleExpired(handle);
  if (place.receiptHandle !== handle) throw notAvailableForVisibilityChange(handle);
  return {};
}

function checkTotalTimeout({ receivedAt }: Place, until: number, seconds: number): void {
  if (until - receivedAt <= TWELVE_HOURS) return;
  throw invalidValue(
    "VisibilityTimeout",
    seconds,
    "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
  );
}

function isInFlight(place: Place, handle: string): boolean {
  return place.receiptHandle === handle && place.phase === "inFlight";
}

/** The message of any handle this queue ever gave; none when it is gone. */
function findPlace(queue: Queue, handle: string): Place | undefined {
  const [name, id] = decode(handle).split(" ");
  if (name !== queue.name || !id) throw receiptHandleIsInvalid(handle);
  return queue.messages.get(id);
}

function decode(handle: string): string {
  try {
    return atob(handle);
  } catch {
    return "";
  }
}
