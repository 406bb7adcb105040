// What a noun is: our kind for a Stripe object. One file each in nouns/, listed in registry.ts.
import type { StripeObject } from "./event.ts";
import type { Evidence, Proof } from "./evidence.ts";
import type { JsonObject } from "./json.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { Naming } from "./naming.ts";
import type { Part, State } from "./part.ts";

/** Where a noun's rows live: with their customer, where that can never change, or on their own. */
export type Home = "customer" | "own";

/** `P` is the state of a part, where a row's state is more than what one Stripe object tells. */
export type Noun<S extends State = State, P extends State = S> = {
  /** Its file's name, and its kind in keys, indexes and dumps. */
  name: string;
  home: Home;
  /** One noun that keeps several Stripe object types, whose ids may collide, has the type in its keys. */
  keyedByType?: true;
  /** Its `*.deleted` event is a status like others: the object can still be fetched. */
  outlivesDeletion?: true;
  /** The id of the row that an object tells of, where that is not the object's own; null where there is none. */
  rowIdOf?(object: StripeObject): string | null;
  /**
   * The normalised state, from any API version (D14). Money is integer minor units with its currency. `naming` says what
   * metadata a team gives a meaning of its own.
   */
  project(object: StripeObject, eventType: string, naming?: Naming): P;
  /** Its row is made of several Stripe objects, each a part of it. */
  hasParts?: true;
  /** What an event proves of its row for good, whether or not its state stands: see `Evidence`. */
  evidence?(seen: Seen<P>): Evidence;
  /** What an event proves of another row for good. */
  proofs?(seen: Seen<P>): Proof[];
  /** The same evidence in fewer words, once more of a kind can change nothing. */
  condense?(evidence: Evidence): Evidence;
  /** Keeps the row small: the same contents, with what is too many dropped or folded; the same in any order (D4). */
  bound?(contents: Contents): Contents;
  /** What other rows contribute without a contribution that was folded: what it was. */
  unfold?(joined: Joined[], gone: Joined): Joined[];
  /** The row's state, where it is not just the one part's: made of its parts, of what other rows contribute, of evidence. */
  derive?(sources: Sources<P>): S;
  /** The customer a state belongs to; null where it names none. */
  customerOf(state: S, id: string): string | null;
  /** What the rows of a noun can be listed by; null where it has no status. Of a part, what its lifecycle goes by. */
  statusOf(state: S | P): string | null;
  lifecycleOf(object: StripeObject): Lifecycle;
  /** Whether a list that the state lacks moves stock or money: the event then waits for Stripe (D12). */
  needsList?(state: P): boolean;
  /** The Stripe objects, each a part of the row, that would settle what its events leave in doubt. */
  asks?(state: S): { object: string; id: string }[];
  /** What a row holds of counters, as levels: the difference between two moves them (D15). */
  levels?(state: S, id: string): Level[];
  /** What a row contributes to other rows as it stands: they change with it, in its transaction. */
  joins?(row: Standing<S, P>): Join[];
};

/** What a row's state is made of: parts and contributions by id, in ascending order. */
export type Sources<P extends State = State> = {
  /** `second` is the newest one that was told of the part, since the epoch. */
  parts: readonly { id: string; state: P; deleted: boolean; second: number }[];
  /** The state of the part that has the row's own id, where one does. */
  own: P | undefined;
  joined: readonly Joined[];
  evidence: Evidence;
};

/** One event, or one fetch, as evidence is taken of it. */
export type Seen<P extends State = State> = {
  /** Of the Stripe object. */
  id: string;
  object: StripeObject;
  state: P;
  /** The event's, such as `charge.refunded`: of a thin event without its `v1.`. */
  type: string;
  /** Seconds since the epoch: when the event was created, and what its state holds for (of a fetch, later). */
  at: number;
  second: number;
  /** What changed, as it was before, where the event tells. */
  previous: JsonObject | null;
};

/** What another row contributes, as it stands. */
export type Joined = { noun: string; id: string; state: State };

/** What a row is made of. */
export type Contents = { parts: Record<string, Part>; joined: Joined[]; evidence: Evidence };

/** A row as it stands; `own` is what its own object tells, without what others contribute. */
export type Standing<S extends State = State, P extends State = S> = {
  id: string;
  state: S;
  own: P | undefined;
  evidence: Evidence;
  deleted: boolean;
};

/** A row that this one contributes to, and what: the row need not be there yet. */
export type Join = { noun: string; id: string; customer: string | null; state: State };

/** A counted quantity that a row holds of another, such as tickets of a price. */
export type Level = {
  noun: string;
  id: string;
  /** In whose partition it is counted, where that is not its own: several of one owner are read together. */
  owner?: string;
  amounts: Record<string, number>;
};
