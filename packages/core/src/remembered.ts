// What a part remembers of the events of its newest second: one of each step that still may be the last (D4).
import { hash } from "node:crypto";
import { canonical } from "./json.ts";
import type { Part, Remembered, State, Telling } from "./part.ts";

/** More than these in one second at one rank are a crowd: which was last is not worked out. */
export const MOST_REMEMBERED = 8;

/** Characters of their states, beyond which they are a crowd as well: a row has to fit into 400 KB. */
const MOST_CHARACTERS = 100_000;

/** A state that is not there: what a deletion leaves, and what the creation of a reusable id finds. */
export const ABSENT = "absent";

/** The state as a short text that is the same for the same state. */
export function digest(state: State): string {
  const known = digests.get(state) ?? hash("sha256", canonical(state), "base64url").slice(0, 16);
  digests.set(state, known);
  return known;
}

/** A state never changes, and is asked for its digest each time that an event competes with it. */
const digests = new WeakMap<State, string>();

/**
 * Stripe may send several events for one change ("Handle duplicate events", docs.stripe.com/webhooks), and each costs a
 * write if it is remembered. So an event that does not tell what it found is remembered only where no other tells how
 * the state that it left was come to, and one of several such, the greatest id. With more events there are never fewer
 * of them, so that whether they are a crowd depends on the set alone.
 */
export function stepsIn(all: Remembered[]): Remembered[] {
  const inOrder = all.toSorted(byEvent);
  const led = new Set(inOrder.filter(({ found }) => found !== null).map(leftBy));
  const lastOf = new Map(inOrder.map((known) => [leftBy(known), known]));
  const steps = inOrder.filter((known) => {
    return known.found !== null || (!led.has(leftBy(known)) && lastOf.get(leftBy(known)) === known);
  });
  return steps.map((known) => withRawOf(known, steps, inOrder));
}

/** The object of one that is forgotten is that of those which left the same state, where these have none. */
function withRawOf(known: Remembered, steps: Remembered[], all: Remembered[]): Remembered {
  const alike = (other: Remembered) => leftBy(other) === leftBy(known);
  if (steps.findLast(alike) !== known || steps.some((other) => other.raw && alike(other))) return known;
  const raw = all.findLast((other) => other.raw && alike(other))?.raw;
  return raw === undefined ? known : { ...known, raw };
}

export function byEvent({ event: one }: Remembered, { event: other }: Remembered): number {
  return one < other ? -1 : 1;
}

/** Equal states are one value, so that a row holds it once. */
export function rememberedOf(part: Part, { event, found, state, deleted, raw }: Telling): Remembered {
  const left = leftBy({ state, deleted });
  const alike = deleted ? undefined : part.remembered.find((known) => leftBy(known) === left);
  return { event, found, state: alike?.state ?? state, deleted, ...(raw && { raw }) };
}

export function fitsARow(remembered: Remembered[]): boolean {
  const states = new Set(remembered.map(({ state }) => state));
  const characters = states.values().reduce((sum, state) => sum + canonical(state).length, 0);
  return remembered.length <= MOST_REMEMBERED && (states.size === 1 || characters <= MOST_CHARACTERS);
}

export function allAlike(remembered: Remembered[]): boolean {
  return new Set(remembered.map(leftBy)).size === 1;
}

/** The state that it left, as a short text; the same for whatever is gone. */
export function leftBy({ state, deleted }: Pick<Remembered, "state" | "deleted">): string {
  return deleted ? ABSENT : digest(state);
}

/** Of those that left the same state only the last can stand: no other's object is ever shown. */
export function withRawOnce(remembered: Remembered[]): Remembered[] {
  const holding = remembered.filter(({ raw }) => raw);
  if (holding.length < 2) return remembered;
  const last = new Map(holding.map((known) => [leftBy(known), known]));
  return remembered.map((known) => (last.get(leftBy(known)) === known ? known : withoutRaw(known)));
}

export function withoutRaw({ raw: _, ...remembered }: Remembered): Remembered {
  return remembered;
}
