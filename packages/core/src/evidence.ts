// Evidence: what a rule needs of all events of a row, also of those that a newer one superseded (D4). Each member is
// merged by a rule of its own that knows no order, so that the whole is a function of the set of events.
import { canonical, type JsonObject } from "./json.ts";

export type Evidence = {
  /** By name, the greatest value that any event gave. */
  greatest?: Readonly<Record<string, number>>;
  /** By name, the least. */
  least?: Readonly<Record<string, number>>;
  /** By name, a second and the value that was told in it: of the latest second, and within that the greatest. */
  latest?: Readonly<Record<string, Latest>>;
  /** By name, ascending: all values that are not below the `greatest` of the same name; at most the first 64. */
  since?: Readonly<Record<string, readonly number[]>>;
  /** What events listed, once by its id, in ascending order; at most the last 100. */
  every?: readonly Listed[];
};

export type Latest = readonly [second: number, value: number];

/** Something that an event lists and that never changes, such as a balance transaction. */
export type Listed = JsonObject & { id: string };

/** What an event proves of another row, which need not be there yet. */
export type Proof = { noun: string; id: string; customer: string | null; evidence: Evidence };

export const NO_EVIDENCE: Evidence = {};

/** More than a dunning period has: what is beyond is further from the moment that is asked for. */
const MOST_SINCE = 64;

/** Far more than Stripe lists of one object: whoever adds them up is to doubt the sum at this number. */
export const MOST_LISTED = 100;

/** Evidence of both sets of events together: associative, commutative and idempotent. */
export function merge(one: Evidence, other: Evidence): Evidence {
  if (isNone(other)) return one;
  if (isNone(one)) return other;
  const greatest = mergeBy(Math.max, one.greatest, other.greatest);
  const least = mergeBy(Math.min, one.least, other.least);
  const latest = mergeBy(later, one.latest, other.latest);
  const since = mergeSince(one.since, other.since, greatest);
  const every = mergeListed(one.every, other.every);
  return {
    ...(greatest && { greatest }),
    ...(least && { least }),
    ...(latest && { latest }),
    ...(since && { since }),
    ...(every && { every }),
  };
}

export function isNone(evidence: Evidence): boolean {
  return Object.keys(evidence).length === 0;
}

/** Whether both say the same. */
export function isSame(one: Evidence, other: Evidence): boolean {
  return one === other || canonical(one as JsonObject) === canonical(other as JsonObject);
}

/** Without the values that are null: what an event does not say is no evidence. */
export function evidenceOf(given: {
  greatest?: Record<string, number | null>;
  least?: Record<string, number | null>;
  latest?: Record<string, Latest | null>;
  since?: Record<string, number | null>;
  every?: Listed[];
}): Evidence {
  const greatest = known(given.greatest);
  const least = known(given.least);
  const latest = known(given.latest);
  const since = mergeSince(undefined, listsOf(known(given.since)), greatest);
  return {
    ...(greatest && { greatest }),
    ...(least && { least }),
    ...(latest && { latest }),
    ...(since && { since }),
    ...(given.every && given.every.length > 0 && { every: given.every.toSorted(byId).slice(-MOST_LISTED) }),
  };
}

function listsOf(values: Record<string, number> | undefined): Record<string, number[]> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, [value]]));
}

function known<T>(values: Record<string, T | null> | undefined): Record<string, T> | undefined {
  const entries = Object.entries(values ?? {}).filter((entry): entry is [string, T] => entry[1] !== null);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.sort(byName));
}

type Numbers = Evidence["greatest"];

type ByName<T> = Readonly<Record<string, T>> | undefined;

function mergeBy<T>(choose: (one: T, other: T) => T, one: ByName<T>, other: ByName<T>): ByName<T> {
  if (one === undefined || other === undefined) return one ?? other;
  const both: Record<string, T> = { ...one };
  for (const [name, value] of Object.entries(other)) both[name] = choose(value, one[name] ?? value);
  return Object.fromEntries(Object.entries(both).sort(byName));
}

function later(one: Latest, other: Latest): Latest {
  if (one[0] !== other[0]) return one[0] > other[0] ? one : other;
  return one[1] > other[1] ? one : other;
}

function mergeSince(one: Evidence["since"], other: Evidence["since"], greatest: Numbers): Evidence["since"] {
  const names = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})]);
  const merged = [...names].flatMap((name) => {
    const all = new Set([...(one?.[name] ?? []), ...(other?.[name] ?? [])]);
    const kept = [...all].filter((value) => value >= (greatest?.[name] ?? value)).sort((a, b) => a - b);
    return kept.length === 0 ? [] : [[name, kept.slice(0, MOST_SINCE)] as const];
  });
  return merged.length === 0 ? undefined : Object.fromEntries(merged.sort(byName));
}

/** Written down the same, whatever came first. */
function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** An id that is listed with two contents has the greater one, whichever came first. */
function mergeListed(one: Evidence["every"], other: Evidence["every"]): Evidence["every"] {
  if (one === undefined || other === undefined) return one ?? other;
  const byIds = new Map(one.map((listed) => [listed.id, listed]));
  for (const listed of other) {
    const known = byIds.get(listed.id);
    if (known === undefined || canonical(known) < canonical(listed)) byIds.set(listed.id, listed);
  }
  return [...byIds.values()].sort(byId).slice(-MOST_LISTED);
}

function byId({ id: one }: Listed, { id: other }: Listed): number {
  return one < other ? -1 : 1;
}
