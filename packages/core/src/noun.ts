// What a noun is: our kind for a Stripe object. One file each in nouns/, listed in registry.ts.
import type { StripeObject } from "./event.ts";
import type { Home } from "./keys.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { State } from "./order.ts";

export type Noun<S extends State = State> = {
  /** Its file's name, and its kind in keys, indexes and dumps. */
  name: string;
  home: Home;
  /** One noun that keeps several Stripe object types, whose ids may collide, has the type in its keys. */
  keyedByType?: true;
  /** Its `*.deleted` event is a status like others: the object can still be fetched. */
  outlivesDeletion?: true;
  /** The normalised state, from any API version (D14). Money is integer minor units with its currency. */
  project(object: StripeObject, eventType: string): S;
  /** The customer a state belongs to; null where it names none. */
  customerOf(state: S, id: string): string | null;
  /** What the rows of a noun can be listed by; null where it has no status. */
  statusOf(state: S): string | null;
  lifecycleOf(object: StripeObject): Lifecycle;
  /** What a state holds of other rows, as levels: the difference between two moves them (D15). */
  levels?(state: S): Level[];
};

/** A counted quantity that a row holds of another, such as tickets of a price. */
export type Level = { noun: string; id: string; amounts: Record<string, number> };
