// What one event tells of its object: the state it left, the one it found, and how final that is.
import { idOf, type Snapshot, type StripeEvent, type StripeObject, type Thin } from "./event.ts";
import type { FetchedObject } from "./fetch.ts";
import { member } from "./fields.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { isTerminal, type Lifecycle, rankOf } from "./lifecycle.ts";
import type { Naming } from "./naming.ts";
import type { Noun, Seen } from "./noun.ts";
import type { Finality, State, Telling } from "./part.ts";
import { ABSENT, digest } from "./remembered.ts";

/** Below every status: what else happened in an object's first second came after its creation. */
const BIRTH_RANK = -1;

/** Below that: of two deletions of one second, the one that brings the object stands. */
const BARE_RANK = -2;

/** Less than from one status to the next. */
const ENTRY = 0.5;

/** Above every status: what was fetched is newer than all events of its second. */
export const FETCHED_RANK = 1000;

/** An event is told twice: for the keys that it needs, and to be judged. It tells the same both times. */
const told = new WeakMap<Snapshot, { noun: Noun; naming: Naming | undefined; telling: Telling }>();

export type TellOptions = {
  /** Whether the whole objects are kept beside the states (D13): not, unless it is said. */
  keepsRaw?: boolean | undefined;
  /** The metadata that a team gives a meaning of its own. */
  naming?: Naming | undefined;
};

export function tell(noun: Noun, event: Snapshot, { keepsRaw, naming }: TellOptions = {}): Telling {
  const known = told.get(event);
  const isKnown = known?.noun === noun && known.naming === naming;
  const telling = isKnown ? known.telling : tellAnew(noun, event, naming);
  if (!isKnown) told.set(event, { noun, naming, telling });
  return keepsRaw ? { ...telling, raw: event.object } : telling;
}

function tellAnew(noun: Noun, event: Snapshot, naming: Naming | undefined): Telling {
  const state = noun.project(event.object, event.type, naming);
  const lifecycle = noun.lifecycleOf(event.object);
  const deleted = isDeletion(noun, event);
  const born = event.type.endsWith(".created");
  return {
    event: event.id,
    via: "event",
    finality: finalityOf(lifecycle, noun.statusOf(state), deleted),
    second: event.created,
    rank: born && !lifecycle.reusable ? BIRTH_RANK : rankOfEvent(lifecycle, event.type, noun.statusOf(state)),
    state,
    deleted,
    found: born && lifecycle.reusable ? ABSENT : foundBy(noun, event, naming),
    ...provedBy(noun, observed(event, state)),
  };
}

function observed({ object, type, created, previous }: Snapshot, state: State): Omit<Seen, "id"> {
  return { object, state, type, at: created, second: created, previous };
}

/** What an event proves for good, whether or not its state comes to stand. */
function provedBy(noun: Noun, seen: Omit<Seen, "id">): Pick<Telling, "evidence" | "proofs"> {
  const about = { ...seen, id: idOf(seen.object) ?? "" };
  return {
    ...(noun.evidence && { evidence: noun.evidence(about) }),
    ...(noun.proofs && { proofs: noun.proofs(about) }),
  };
}

function rankOfEvent(lifecycle: Lifecycle, type: string, status: string | null): number {
  return rankOf(lifecycle, status) - (lifecycle.entries?.includes(type) ? ENTRY : 0);
}

/** Thin events of v1 objects are named as the snapshot events are, behind this. */
const THIN_PREFIX = /^v1\./;

/**
 * What Stripe gave when asked because of an event. Only `deleted: true` says that the object is gone (D23), and then
 * says nothing more: the state is that of what was `known`.
 */
export function tellFetched(
  noun: Noun,
  { id, type: named, created }: Pick<StripeEvent, "id" | "type" | "created">,
  fetched: FetchedObject,
  known: StripeObject,
  { keepsRaw, naming }: TellOptions = {},
): Telling {
  const deleted = fetched.object.deleted === true;
  const raw = deleted ? known : fetched.object;
  const object = deleted ? { ...known, deleted } : raw;
  const type = named.replace(THIN_PREFIX, "");
  const state = noun.project(object, type, naming);
  const lifecycle = noun.lifecycleOf(object);
  return {
    event: id,
    via: "fetch",
    finality: finalityOf(lifecycle, noun.statusOf(state), deleted),
    second: fetched.second,
    rank: FETCHED_RANK,
    state,
    deleted,
    found: null,
    until: fetched.until,
    ...(keepsRaw && { raw }),
    ...provedBy(noun, { object, state, type, at: created, second: fetched.second, previous: null }),
  };
}

/** Whether a thin event says by its type that its object is gone for good. */
export function isThinDeletion(noun: Noun, { type }: Pick<Thin, "type">): boolean {
  return type.endsWith(".deleted") && !noun.outlivesDeletion;
}

/** What a thin event tells that is proof of a deletion by itself; `object` is all that it names. */
export function tellDeleted(noun: Noun, { id, type, created }: Thin, object: StripeObject): Telling {
  const gone = { ...object, deleted: true };
  const name = type.replace(THIN_PREFIX, "");
  const state = noun.project(gone, name);
  const lifecycle = noun.lifecycleOf(gone);
  return {
    event: id,
    via: "event",
    finality: finalityOf(lifecycle, noun.statusOf(state), true),
    second: created,
    rank: lifecycle.reusable ? rankOfEvent(lifecycle, name, noun.statusOf(state)) : BARE_RANK,
    state,
    deleted: true,
    found: null,
  };
}

/**
 * What an event tells of its object, with the lists that it cut as Stripe gave them when asked: too soon after the
 * event for the answer to be newer than all of its second.
 */
export function completed(
  noun: Noun,
  event: Snapshot,
  { object, until }: FetchedObject,
  { keepsRaw, naming }: TellOptions = {},
): Telling {
  const telling = tell(noun, event, { keepsRaw, naming });
  const state = noun.project(object, event.type, naming);
  return { ...telling, via: "fetch", state, until, ...(keepsRaw && { raw: object }) };
}

function isDeletion(noun: Noun, { type, object }: Snapshot): boolean {
  return object.deleted === true || (type.endsWith(".deleted") && !noun.outlivesDeletion);
}

function finalityOf(lifecycle: Lifecycle, status: string | null, deleted: boolean): Finality {
  if (deleted) return lifecycle.reusable ? "open" : "tombstone";
  return isTerminal(lifecycle, status) ? "terminal" : "open";
}

function foundBy(
  noun: Noun,
  { object, previous, type }: Snapshot,
  naming: Naming | undefined,
): string | null {
  if (previous === null) return null;
  return digest(noun.project(overlay(object, previous) as StripeObject, type, naming));
}

/**
 * The object as it was before: `previous_attributes` names what changed, nested objects by their changed
 * members, arrays whole, and a metadata key that was not there as null ("The Event object", docs.stripe.com/api/events).
 */
export function overlay(object: JsonObject, previous: JsonObject): JsonObject {
  const before = Object.entries(previous).map(([name, was]) => {
    const is = member(object, name);
    return [name, name === "metadata" ? overlayMetadata(is, was) : overlayMember(is, was)] as const;
  });
  return { ...object, ...Object.fromEntries(before) };
}

function overlayMember(is: Json | undefined, was: Json): Json {
  return isObject(is) && isObject(was) ? overlay(is, was) : was;
}

function overlayMetadata(is: Json | undefined, was: Json): Json {
  if (!isObject(is) || !isObject(was)) return was;
  const keys = Object.entries({ ...is, ...was }).filter(([, value]) => value !== null);
  return Object.fromEntries(keys);
}
