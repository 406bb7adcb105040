// Order is decided here, never by arrival (D4): what a part remembers is a function of the set of its
// object's events, so that any permutation of them, with any duplicates, ends in the same state.
import { hash } from "node:crypto";
import type { Evidence, Proof } from "./evidence.ts";
import { canonical, type JsonObject } from "./json.ts";
import { type Raw, withRawOnce } from "./raw.ts";
import { walkOf } from "./walk.ts";

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

/** Why a telling did or did not become the state; the ledger keeps it. */
export type Reason =
  | "first"
  | "later-second"
  | "earlier-second"
  | "further-in-lifecycle"
  | "earlier-in-lifecycle"
  | "terminal"
  | "after-terminal"
  | "tombstone"
  | "after-tombstone"
  | "same-state"
  | "end-of-walk"
  | "inside-walk"
  | "tie-won"
  | "tie-lost"
  | "remembered";

export type Ordered = {
  part: Part;
  reason: Reason;
  /** Whether the part's state is the one that this telling left. */
  stands: boolean;
};

/** More than these in one second at one rank are a crowd: which was last is not worked out. */
export const MOST_REMEMBERED = 8;

/** Characters of their states, beyond which they are a crowd as well: a row has to fit into 400 KB. */
const MOST_CHARACTERS = 100_000;

/** A state that is not there: what a deletion leaves, and what the creation of a reusable id finds. */
export const ABSENT = "absent";

const FINALITIES: readonly Finality[] = ["open", "terminal", "tombstone"];

/** The state as a short text that is the same for the same state. */
export function digest(state: State): string {
  return hash("sha256", canonical(state), "base64url").slice(0, 16);
}

/** Folds one telling into what a part remembers. Pure, and the same for every order of arrival. */
export function order(part: Part | undefined, telling: Telling): Ordered {
  if (part === undefined) return { part: alone(telling), reason: "first", stands: true };
  const level = compare(telling, part);
  if (level.newer === true) return { part: alone(telling), reason: level.reason, stands: true };
  if (level.newer === false) return { part, reason: level.reason, stands: false };
  return competing(part, telling);
}

type Level = { newer: boolean; reason: Reason } | { newer: null };

/** Finality first, whatever the seconds say; then the second; then, within it, the lifecycle. */
function compare(telling: Telling, part: Part): Level {
  const finality = FINALITIES.indexOf(telling.finality) - FINALITIES.indexOf(part.finality);
  if (finality > 0)
    return { newer: true, reason: telling.finality === "tombstone" ? "tombstone" : "terminal" };
  if (finality < 0) {
    return { newer: false, reason: part.finality === "tombstone" ? "after-tombstone" : "after-terminal" };
  }
  if (telling.second > part.second) return { newer: true, reason: "later-second" };
  if (telling.second < part.second) return { newer: false, reason: "earlier-second" };
  if (telling.rank > part.rank) return { newer: true, reason: "further-in-lifecycle" };
  if (telling.rank < part.rank) return { newer: false, reason: "earlier-in-lifecycle" };
  return telling.via === "fetch" ? compareFetched(telling, part) : { newer: null };
}

/** Of two answers for one second, the one that was given later; of one moment, that of the greater event id. */
function compareFetched({ event, until = 0 }: Telling, part: Part): Level {
  const known = part.until ?? 0;
  const isOlder = until === known ? event < (part.remembered[0]?.event ?? "") : until < known;
  return isOlder ? { newer: false, reason: "earlier-second" } : { newer: true, reason: "later-second" };
}

function alone({ event, found, raw, evidence: _, proofs: __, ...telling }: Telling): Part {
  const { state, deleted } = telling;
  return { ...telling, remembered: [{ event, found, state, deleted, ...(raw && { raw }) }], tie: false };
}

/** Two or more events of one second and one rank: which of them was last? */
function competing(part: Part, telling: Telling): Ordered {
  const known = part.remembered.find(({ event }) => event === telling.event);
  if (known) return { part, reason: "remembered", stands: leftBy(known) === leftBy(part) };
  const newcomer = rememberedOf(part, telling);
  const remembered = [...part.remembered, newcomer].sort((a, b) => (a.event < b.event ? -1 : 1));
  const isCrowd = part.crowd !== undefined || !fitsARow(remembered);
  const ordered = isCrowd ? crowded(part, remembered, newcomer) : laidOut(part, remembered);
  const stands = leftBy(ordered) === leftBy(newcomer);
  return { part: ordered, reason: reasonOf(ordered, stands), stands };
}

function fitsARow(remembered: Remembered[]): boolean {
  const states = new Set(remembered.map(({ state }) => state));
  const characters = states.values().reduce((sum, state) => sum + canonical(state).length, 0);
  return remembered.length <= MOST_REMEMBERED && (states.size === 1 || characters <= MOST_CHARACTERS);
}

/** Equal states are one value, so that a row holds it once. */
function rememberedOf(part: Part, { event, found, state, deleted, raw }: Telling): Remembered {
  const left = leftBy({ state, deleted });
  const alike = deleted ? undefined : part.remembered.find((known) => leftBy(known) === left);
  return { event, found, state: alike?.state ?? state, deleted, ...(raw && { raw }) };
}

function laidOut(part: Part, remembered: Remembered[]): Part {
  const walk = walkOf(remembered.map((known) => ({ found: known.found, left: leftBy(known) })));
  const last = remembered.findLast((known) => walk === null || leftBy(known) === walk.end) as Remembered;
  return {
    ...part,
    state: last.state,
    deleted: last.deleted,
    remembered: withRawOnce(remembered, leftBy),
    tie: walk === null || walk.returns,
  };
}

/** Of a crowd only the greatest event id is kept, and whether all left the same state. */
function crowded(part: Part, remembered: Remembered[], newcomer: Remembered): Part {
  const last = remembered.at(-1) as Remembered;
  const known = part.crowd ?? (allAlike(part.remembered) ? "alike" : "unlike");
  const alike = known === "alike" && allAlike([newcomer, part.remembered[0] as Remembered]);
  const { state, deleted } = last;
  return { ...part, state, deleted, remembered: [last], tie: !alike, crowd: alike ? "alike" : "unlike" };
}

function allAlike(remembered: Remembered[]): boolean {
  return new Set(remembered.map(leftBy)).size === 1;
}

/** The state that it left, as a short text; the same for whatever is gone. */
export function leftBy({ state, deleted }: Pick<Remembered, "state" | "deleted">): string {
  return deleted ? ABSENT : digest(state);
}

function reasonOf(part: Part, stands: boolean): Reason {
  if (part.tie) return stands ? "tie-won" : "tie-lost";
  if (allAlike(part.remembered)) return "same-state";
  return stands ? "end-of-walk" : "inside-walk";
}
