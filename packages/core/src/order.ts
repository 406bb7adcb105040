// Order is decided here, never by arrival (D4): what a part remembers is a function of the set of its
// object's events, so that any permutation of them, with any duplicates, ends in the same state.
import type { Finality, Part, Remembered, Telling } from "./part.ts";
import { allAlike, byEvent, fitsARow, leftBy, rememberedOf, stepsIn, withRawOnce } from "./remembered.ts";
import { walkOf } from "./walk.ts";

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

const FINALITIES: readonly Finality[] = ["open", "terminal", "tombstone"];

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
  const remembered = stepsIn([...part.remembered, newcomer]);
  const isCrowd = part.crowd !== undefined || !fitsARow(remembered);
  const ordered = isCrowd ? crowded(part, newcomer) : laidOut(part, remembered);
  const stands = leftBy(ordered) === leftBy(newcomer);
  return { part: ordered, reason: reasonOf(ordered, stands), stands };
}

/** The very part that was there, where all that is remembered is what was. */
function laidOut(part: Part, remembered: Remembered[]): Part {
  if (
    remembered.length === part.remembered.length &&
    remembered.every((known) => part.remembered.includes(known))
  )
    return part;
  const walk = walkOf(remembered.map((known) => ({ found: known.found, left: leftBy(known) })));
  const last = remembered.findLast((known) => walk === null || leftBy(known) === walk.end) as Remembered;
  return {
    ...part,
    state: last.state,
    deleted: last.deleted,
    remembered: withRawOnce(remembered),
    tie: walk === null || walk.returns,
  };
}

/**
 * Of a crowd only the greatest event id is kept, of those that tell what they found if any does, and whether all left
 * the same state.
 */
function crowded(part: Part, newcomer: Remembered): Part {
  const all = [...part.remembered, newcomer].sort(byEvent);
  const last = (all.findLast(({ found }) => found !== null) ?? all.at(-1)) as Remembered;
  const known = part.crowd ?? (allAlike(part.remembered) ? "alike" : "unlike");
  const alike = known === "alike" && allAlike([newcomer, part.remembered[0] as Remembered]);
  const { state, deleted } = last;
  return { ...part, state, deleted, remembered: [last], tie: !alike, crowd: alike ? "alike" : "unlike" };
}

function reasonOf(part: Part, stands: boolean): Reason {
  if (part.tie) return stands ? "tie-won" : "tie-lost";
  if (allAlike(part.remembered)) return "same-state";
  return stands ? "end-of-walk" : "inside-walk";
}
