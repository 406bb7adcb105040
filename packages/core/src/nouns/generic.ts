// Any Stripe object without a noun of its own (D10): its own plain members, under the same order rule.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { metadata, text } from "../fields.ts";
import type { Json } from "../json.ts";
import { lifecycleOfType } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";
import type { State } from "../order.ts";

/** The object's own members that are texts, numbers or flags, references by id, and its metadata. */
export type GenericState = State & { object: string; customer: string | null };

/** What lets someone pay or sign in as the customer has no place in a table. */
const SECRET = /(^|_)secret$/;

/** A status that only the event tells: of a Connect platform that an account lets in, or shuts out. */
const TOLD_BY_EVENT: ReadonlyMap<string, string> = new Map([
  ["account.application.authorized", "authorized"],
  ["account.application.deauthorized", "deauthorized"],
]);

function project(object: StripeObject, eventType: string): GenericState {
  const plain = Object.entries(object).filter(([name, value]) => isPlain(value) && !SECRET.test(name));
  const references = Object.entries(object).flatMap(([name, value]) => {
    const id = isPlain(value) ? null : referenceId(value);
    return id === null ? [] : [[name, id]];
  });
  const status = TOLD_BY_EVENT.get(eventType);
  return {
    ...Object.fromEntries([...plain, ...references]),
    ...(status === undefined ? {} : { status }),
    object: object.object,
    customer: customerOf(object),
    metadata: metadata(object.metadata),
  };
}

function isPlain(value: Json | undefined): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

export const generic: Noun<GenericState> = {
  name: "generic",
  home: "own",
  keyedByType: true,
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => text(state.status),
  lifecycleOf: (object) => lifecycleOfType(object.object),
};
