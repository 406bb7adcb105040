// What Stripe is asked, and what it answers or why it does not: what judges an event and what sends the request agree
// on this.
import type { Defect, Malformed, Unavailable } from "./errors.ts";
import type { StripeObject } from "./event.ts";

/** An object that Stripe has to be asked for, with the Connect account it belongs to. */
export type FetchRequest = { account: string | null; objectType: string; id: string; url: string | null };

/** An object as Stripe's API gave it when asked, or null where it said that there is none. */
export type Fetched = {
  object: StripeObject | null;
  /** The last second that the answer is surely newer than, and the one it was given in (D12). */
  second: number;
  until: number;
};

/** An answer with an object. */
export type FetchedObject = Fetched & { object: StripeObject };

/** Why there is no answer: it may come later, it never will with this key, or our own code threw. */
export type Failure = Unavailable | Malformed | Defect;

/** Stripe's answer, or why there is none. */
export type FetchAnswer = Fetched | { failure: Failure };
