// What one event means for the rows it touches: a pure step of `decide`.
import { type Defect, Unavailable } from "./errors.ts";
import { customerOf, idOf, type Snapshot, type StripeObject, type Thin } from "./event.ts";
import { type Evidence, merge, NO_EVIDENCE } from "./evidence.ts";
import { joinedKeys, spread, withEvidence } from "./joins.ts";
import { type Key, type RowIdentity, rowKey } from "./keys.ts";
import type { Outcome, SettledReason } from "./ledger.ts";
import type { Move } from "./levels.ts";
import type { Noun } from "./noun.ts";
import { type Ordered, order, type Part, type Telling } from "./order.ts";
import { lastKnown } from "./raw-rows.ts";
import { nounOfObject } from "./registry.ts";
import { incompleteOf, partOf, type Row, rowOf } from "./row.ts";
import { completed, FETCHED_RANK, type Fetched, tell, tellFetched } from "./tell.ts";

/** An object that Stripe has to be asked for, with the Connect account it belongs to. */
export type FetchRequest = { account: string | null; objectType: string; id: string; url: string | null };

/** Stripe's answer, or why there is none. */
export type FetchAnswer = Fetched | { failure: Unavailable | Defect };

/** A row whose customer nobody names, so that only the index finds it. */
export type Search = { tenant: string; noun: string; id: string };

/** What a judgement may look at; each answers undefined for what nobody has read yet. */
export type Sight = {
  row(key: Key): { row: Row | undefined } | undefined;
  fetched(request: FetchRequest): FetchAnswer | undefined;
  /** The row that the index lists, or null where it lists none. */
  searched(search: Search): RowIdentity | null | undefined;
  /** Whether Stripe can be asked at all. */
  canFetch: boolean;
  /** Whether the whole objects are kept beside the states (D13): not, unless it is said. */
  keepsRaw?: boolean;
};

export type Settled = { outcome: Outcome; reason: SettledReason; rows: Row[]; moves: Move[] };

/** An end, or what must be read or fetched before there is one. */
export type Verdict =
  | { settled: Settled }
  | { wants: Key[] }
  | { search: Search }
  | { fetch: FetchRequest }
  | { failure: Unavailable | Defect };

/** The row that an object tells of, and which of its parts. */
type Subject = { noun: Noun; identity: RowIdentity; part: string; key: Key };

/** An object without a row, or gone from Stripe before anything was known of it, leaves its ledger row only (D10). */
const WITHOUT_ROW: Verdict = { settled: { outcome: "applied", reason: "no-row", rows: [], moves: [] } };

export function judgeSnapshot(event: Snapshot, tenant: string, sight: Sight): Verdict {
  const subject = subjectOf(event.object, tenant);
  if (subject === null) return WITHOUT_ROW;
  const seen = sight.row(subject.key);
  if (seen === undefined) return { wants: keysOf(subject, () => tell(subject.noun, event)) };
  const part = partOf(seen.row, subject.part);
  const telling = tell(subject.noun, event, sight.keepsRaw);
  const ordered = order(part, telling);
  const known = { row: seen.row, telling };
  if (ordered.part === part) return change(subject, known, ordered, sight);
  const asked = withStripe(subject, event, { before: part, ordered }, sight);
  return "fetch" in asked ? asked : change(subject, known, { ...ordered, part: asked }, sight);
}

/** What the event is sure to need, so that it is read with the first request: those it contributes to as well. */
function keysOf({ noun, identity, part: id, key }: Subject, told: () => Telling): Key[] {
  if (noun.joins === undefined && noun.proofs === undefined) return [key];
  const telling = told();
  const { part } = order(undefined, telling);
  const row = rowOf(noun, identity, { [id]: part }, 0, [], telling.evidence);
  return [key, ...joinedKeys(row, telling.proofs)];
}

type Told = { before: Part | undefined; ordered: Ordered };

/** What the events do not tell is asked for, once: which of them was last, or the rest of a list that was cut (D12). */
function withStripe(
  { noun, part: id }: Subject,
  event: Snapshot,
  { before, ordered }: Told,
  sight: Sight,
): Part | { fetch: FetchRequest } {
  const { part } = ordered;
  const isDoubtful = part.tie || isInDoubt(before, event);
  const isCut = ordered.stands && incompleteOf(part).length > 0;
  if (!isDoubtful && !isCut) return part;
  const unasked = isDoubtful ? { ...part, tie: true } : part;
  if (!sight.canFetch) return unasked;
  const request = { account: event.account, objectType: event.object.object, id, url: null };
  const answer = sight.fetched(request);
  if (answer === undefined) return { fetch: request };
  if ("failure" in answer) return unasked;
  const fetched = order(part, tellFetched(noun, event, answer, event.object, sight.keepsRaw)).part;
  if (fetched.via === "fetch") return fetched;
  return isDoubtful ? unasked : order(before, completed(noun, event, answer, sight.keepsRaw)).part;
}

/** An event of the seconds that the fetched state before it may or may not have seen (D12). */
function isInDoubt(before: Part | undefined, { created }: Snapshot): boolean {
  return before?.via === "fetch" && created > before.second && created <= (before.until ?? 0);
}

export function judgeThin(event: Thin, tenant: string, sight: Sight): Verdict {
  const request = requestFor(event);
  if (request === null) return WITHOUT_ROW;
  const { objectType, id } = request;
  const answer = sight.fetched(request);
  if (answer === undefined) return { fetch: request };
  if ("failure" in answer) return answer;
  const stub = event.related?.id ? { object: objectType, id } : { object: objectType };
  const object: StripeObject = answer.object ?? stub;
  const subject = subjectOf(object, tenant);
  if (subject === null) return WITHOUT_ROW;
  const found = answer.object === null ? sought(subject, event, answer, sight) : { subject };
  return "subject" in found ? judgeFetched(event, object, answer, found.subject, sight) : found;
}

/** What there is only one of has no id; its URL tells it apart as well. */
function requestFor({ related, account }: Thin): FetchRequest | null {
  const id = related?.id ?? related?.url ?? null;
  return related === null || id === null ? null : { account, objectType: related.type, id, url: related.url };
}

/** Seconds within which an index is sure to list what was committed. */
const INDEX_LAG = 60;

/**
 * What is gone from Stripe no longer names the customer it lived with: the index knows (D13). What a row is made of
 * together with others, as a charge, cannot be gone, and a missing one names no row.
 */
function sought(
  subject: Subject,
  { created }: Thin,
  { until }: Fetched,
  sight: Sight,
): { subject: Subject } | Verdict {
  const { tenant, noun, id, customer } = subject.identity;
  if (subject.noun.hasParts) return WITHOUT_ROW;
  if (subject.noun.home === "own" || customer !== null) return { subject };
  const search = { tenant, noun, id };
  const identity = sight.searched(search);
  if (identity === undefined) return { search };
  if (identity !== null) {
    return { subject: { ...subject, identity, key: rowKey(subject.noun.home, identity) } };
  }
  if (until - created >= INDEX_LAG) return WITHOUT_ROW;
  return { failure: new Unavailable("The index may not list the row yet.") };
}

function judgeFetched(
  event: Thin,
  object: StripeObject,
  answer: Fetched,
  subject: Subject,
  sight: Sight,
): Verdict {
  const told = tellFetched(subject.noun, event, answer, object, answer.object !== null && sight.keepsRaw);
  const seen = sight.row(subject.key);
  if (seen === undefined) return { wants: keysOf(subject, () => told) };
  const part = partOf(seen.row, subject.part);
  if (part?.remembered.some((known) => known.event === event.snapshotEvent)) {
    return { settled: { outcome: "duplicate", reason: "told-by-snapshot", rows: [], moves: [] } };
  }
  // Of what is gone, Stripe says nothing more: it stays as it was last known.
  const telling = answer.object === null && part ? { ...told, ...lastKnown(part) } : told;
  const ordered = order(part, telling);
  if (part && isTooOld(part, event, ordered)) {
    return { failure: new Unavailable("Stripe's answer may be older than what it was asked for.") };
  }
  return change(subject, { row: seen.row, telling }, ordered, sight);
}

/** What the event tells of may have happened after the answer, and nothing else will tell of it: to be asked again. */
function isTooOld(part: Part, { created }: Thin, { stands, reason }: Ordered): boolean {
  if (stands || reason !== "earlier-second") return false;
  return created > part.second || (created === part.second && part.rank < FETCHED_RANK);
}

function subjectOf(object: StripeObject, tenant: string): Subject | null {
  const noun = nounOfObject(object);
  const rowId = noun.rowIdOf ? noun.rowIdOf(object) : idOf(object);
  if (rowId === null) return null;
  const identity: RowIdentity = {
    tenant,
    noun: noun.name,
    ...(noun.keyedByType ? { object: object.object } : {}),
    id: rowId,
    customer: customerOf(object),
  };
  return { noun, identity, part: idOf(object) ?? rowId, key: rowKey(noun.home, identity) };
}

/** What becomes of the row, and of those that it contributes to or that the event proves something of. */
function change(
  subject: Subject,
  { row: before, telling }: { row: Row | undefined; telling: Telling },
  ordered: Ordered,
  sight: Sight,
): Verdict {
  const settled = { outcome: ordered.stands ? "applied" : "superseded", reason: ordered.reason } as const;
  const after = changedRow(subject, before, ordered.part, telling.evidence ?? NO_EVIDENCE);
  const changes = spread(before, after, sight.row, telling.proofs);
  return "wants" in changes ? changes : { settled: { ...settled, ...changes } };
}

/** The very row that was there, where the event brings neither a part nor evidence. */
function changedRow(
  { noun, identity, part: id }: Subject,
  before: Row | undefined,
  part: Part,
  evidence: Evidence,
): Row {
  const proved = merge(before?.evidence ?? NO_EVIDENCE, evidence);
  const isKnown = before !== undefined && partOf(before, id) === part;
  if (isKnown && withEvidence(before, identity, evidence) === undefined) return before;
  const parts = { ...before?.parts, [id]: part };
  return rowOf(noun, identity, parts, before?.revision ?? 0, before?.joined, proved);
}
