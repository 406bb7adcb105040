// What is told of one Stripe object, and what a row remembers of that: a part. Apart from the rule that folds the one
// into the other (order.ts), since whatever reads rows reads parts.
import type { Evidence, Proof } from "./evidence.ts";
import type { JsonObject } from "./json.ts";
import type { Raw } from "./raw.ts";

/** Normalised state of one Stripe object. */
export type State = JsonObject;

/** How much can still come after: nothing (deleted for good), terminal statuses only, anything. */
export type Finality = "tombstone" | "terminal" | "open";

/** What one event, or one fetch, tells of its object. */
export type Telling = {
  /** The event's id; of a fetch, the id of the event that asked for it. */
  event: string;
  via: "event" | "fetch";
  finality: Finality;
  /** The second it holds for, since the epoch. */
  second: number;
  /** How far along the lifecycle the state is; within one second, further wins. */
  rank: number;
  /** The state it left behind. */
  state: State;
  deleted: boolean;
  /** The state it found, as a digest: null where the event does not tell. */
  found: string | null;
  /** Of a fetch: the second of Stripe's clock after which an event is surely newer. */
  until?: number;
  /** The whole object, where rows keep it. */
  raw?: Raw;
  /** What it proves whether or not its state stands: of its own row, and of others. */
  evidence?: Evidence;
  proofs?: Proof[];
};

/** A telling that still competes: of the newest second, at the highest rank. */
export type Remembered = Pick<Telling, "event" | "found" | "state" | "deleted" | "raw">;

/** What one Stripe object contributes to a row, and the version that newcomers are compared with. */
export type Part = {
  via: Telling["via"];
  finality: Finality;
  second: number;
  rank: number;
  state: State;
  deleted: boolean;
  /** In ascending order of event id. */
  remembered: Remembered[];
  /** Which of the remembered is last cannot be told from the events alone, or Stripe does not find the object (D23). */
  tie: boolean;
  /** Set when more came than is remembered: whether they all left the same state. */
  crowd?: "alike" | "unlike";
  until?: number;
};
