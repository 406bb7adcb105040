// What a batch needs of the world besides the store: the queue, Stripe, time and chance.
import type { ParkReason } from "./errors.ts";
import type { Fetched, FetchRequest } from "./fetch.ts";
import type { Pack } from "./raw.ts";
import type { Store } from "./store.ts";

/** A queue message, as it was received. */
export type Message = {
  id: string;
  /** The id it had in its lane: a message that is moved is sent again, under an id of its own. */
  origin: string;
  body: string;
  /** The message group: a lane, or the group of an aggregate that is being retried. */
  group: string;
  /** The lane it came by. */
  lane: string;
  /** How often it was received, this time included. */
  receives: number;
  /** Tries it had before it was moved into a group of its own; 0 in a lane. */
  attempts: number;
};

/** What goes into the dead-letter queue beside the body. */
export type ParkNote = {
  reason: ParkReason;
  error: string;
  eventId?: string;
  eventType?: string;
};

/** Every method throws `Unavailable` when the queue cannot be reached. */
export interface Queue {
  /** Sends a message to the dead-letter queue; it is not acknowledged by that. */
  park(message: Message, note: ParkNote): Promise<void>;
  /** Sends messages again, in order, into a group of their own; gives the ids of those that were taken. */
  moveTo(group: string, messages: Message[], attempts: number): Promise<Set<string>>;
  /** Hides messages for that many seconds from now. */
  hide(messages: Message[], seconds: number): Promise<void>;
}

/** Asks Stripe's API, within the account's budget (D12). */
export interface Stripe {
  /**
   * Gives null for an object that Stripe does not find: with a key of another account it finds none (D23).
   * @throws Unavailable when Stripe does not answer or the budget is spent; `Unauthorized` when it rejects the key.
   * @throws Malformed when it never will with this key, or nothing is known of how to fetch such an object.
   */
  fetch(request: FetchRequest): Promise<Fetched>;
}

export type Ports = {
  store: Store;
  queue: Queue;
  /** Missing where no key is linked: thin events are parked, ties stay marked. */
  stripe?: Stripe | undefined;
  /** Missing where the whole objects are not kept. */
  pack?: Pack | undefined;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number from 0 up to 1. */
  random(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds until the function is stopped. */
  remaining(): number;
  /** Told of a failure that changes no message's outcome, which nobody would see otherwise. */
  trouble?(what: string, error: Error): void;
};
