// What one event means for one row: a pure step of `decide`.
import type { Defect, Unavailable } from "./errors.ts";
import { customerOf, idOf, type Snapshot, type StripeObject, type Thin } from "./event.ts";
import { type Key, type RowIdentity, rowKey } from "./keys.ts";
import type { Outcome, SettledReason } from "./ledger.ts";
import { type Move, movesBetween } from "./levels.ts";
import type { Noun } from "./noun.ts";
import { order, type Part, type Telling } from "./order.ts";
import { nounOf } from "./registry.ts";
import { type Row, rowOf } from "./row.ts";
import { type Fetched, tell, tellFetched } from "./tell.ts";

/** An object that Stripe has to be asked for, with the Connect account it belongs to. */
export type FetchRequest = { account: string | null; objectType: string; id: string; url: string | null };

/** Stripe's answer, or why there is none. */
export type FetchAnswer = Fetched | { failure: Unavailable | Defect };

/** What a judgement may look at; each answers undefined for what nobody has read yet. */
export type Sight = {
  row(key: Key): { row: Row | undefined } | undefined;
  fetched(request: FetchRequest): FetchAnswer | undefined;
  /** Whether Stripe can be asked at all. */
  canFetch: boolean;
};

export type Settled = { outcome: Outcome; reason: SettledReason; row?: Row; moves?: Move[] };

/** An end, or what must be read or fetched before there is one. */
export type Verdict =
  | { settled: Settled }
  | { wants: Key }
  | { fetch: FetchRequest }
  | { failure: Unavailable | Defect };

type Subject = { noun: Noun; identity: RowIdentity; key: Key };

/** An object without an id, or gone from Stripe with the customer it lived with, leaves its ledger row only (D10). */
const WITHOUT_ROW: Verdict = { settled: { outcome: "applied", reason: "no-row" } };

export function judgeSnapshot(event: Snapshot, tenant: string, sight: Sight): Verdict {
  const id = idOf(event.object);
  if (id === null) return WITHOUT_ROW;
  const subject = subjectOf(event.object.object, id, customerOf(event.object), tenant);
  const seen = sight.row(subject.key);
  if (seen === undefined) return { wants: subject.key };
  const part = seen.row?.parts[id];
  const ordered = order(part, tell(subject.noun, event));
  const settled = { outcome: ordered.stands ? "applied" : "superseded", reason: ordered.reason } as const;
  const isDoubtful = ordered.part !== part && (ordered.part.tie || isInDoubt(part, event));
  const asked = isDoubtful ? withStripe(subject, event, ordered.part, sight) : ordered.part;
  return "fetch" in asked ? asked : { settled: { ...settled, ...changeOf(subject, seen.row, asked) } };
}

/** An event of the seconds that the fetched state before it may or may not have seen (D12). */
function isInDoubt(before: Part | undefined, { created }: Snapshot): boolean {
  return before?.via === "fetch" && created > before.second && created <= (before.until ?? 0);
}

/** Doubt is settled by what Stripe says; where it cannot be asked, the event stands and is marked (D12). */
function withStripe(
  { noun, identity }: Subject,
  event: Snapshot,
  part: Part,
  sight: Sight,
): Part | { fetch: FetchRequest } {
  const marked = { ...part, tie: true };
  if (!sight.canFetch) return marked;
  const request = { account: event.account, objectType: event.object.object, id: identity.id, url: null };
  const answer = sight.fetched(request);
  if (answer === undefined) return { fetch: request };
  if ("failure" in answer) return marked;
  const told = order(part, tellFetched(noun, event, answer, event.object)).part;
  return told.via === "fetch" ? told : marked;
}

export function judgeThin(event: Thin, tenant: string, sight: Sight): Verdict {
  if (event.related === null) return WITHOUT_ROW;
  const { id, type: objectType, url } = event.related;
  const request = { account: event.account, objectType, id, url };
  const answer = sight.fetched(request);
  if (answer === undefined) return { fetch: request };
  if ("failure" in answer) return answer;
  const object = answer.object ?? ({ object: objectType, id } as StripeObject);
  const subject = subjectOf(object.object, id, customerOf(object), tenant);
  if (subject.noun.home === "customer" && subject.identity.customer === null) return WITHOUT_ROW;
  const seen = sight.row(subject.key);
  return seen === undefined ? { wants: subject.key } : judgeFetched(event, object, answer, subject, seen.row);
}

function judgeFetched(
  event: Thin,
  object: StripeObject,
  answer: Fetched,
  subject: Subject,
  row: Row | undefined,
): Verdict {
  const part = row?.parts[subject.identity.id];
  if (part?.remembered.some((known) => known.event === event.snapshotEvent)) {
    return { settled: { outcome: "duplicate", reason: "told-by-snapshot" } };
  }
  const telling: Telling = tellFetched(subject.noun, event, answer, object);
  const { part: next, reason, stands } = order(part, telling);
  return { settled: { outcome: stands ? "applied" : "superseded", reason, ...changeOf(subject, row, next) } };
}

function subjectOf(objectType: string, id: string, customer: string | null, tenant: string): Subject {
  const noun = nounOf(objectType);
  const identity: RowIdentity = {
    tenant,
    noun: noun.name,
    ...(noun.keyedByType ? { object: objectType } : {}),
    id,
    customer,
  };
  return { noun, identity, key: rowKey(noun.home, identity) };
}

function changeOf(
  { noun, identity }: Subject,
  before: Row | undefined,
  part: Part,
): Pick<Settled, "row" | "moves"> {
  if (before?.parts[identity.id] === part) return {};
  const parts = { ...before?.parts, [identity.id]: part };
  const row = rowOf(noun, identity, parts, before?.revision ?? 0);
  return { row, moves: movesBetween(before, row) };
}
