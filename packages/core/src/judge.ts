// What one event means for the rows it touches: a pure step of `decide`.
import { type Doubt, withStripe } from "./doubt.ts";
import { customerOf, idOf, type Snapshot, type StripeEvent, type StripeObject } from "./event.ts";
import { type Evidence, merge, NO_EVIDENCE } from "./evidence.ts";
import type { Failure, FetchRequest } from "./fetch.ts";
import { type Answer, joinedKeys, spread, withEvidence } from "./joins.ts";
import { type Key, type RowIdentity, rowKey } from "./keys.ts";
import type { Outcome, SettledReason } from "./ledger.ts";
import type { Noun } from "./noun.ts";
import { type Ordered, order } from "./order.ts";
import type { Part, Telling } from "./part.ts";
import { nounNamed, nounOfObject } from "./registry.ts";
import { type CounterDelta, partOf, type Row, rowOf } from "./row.ts";
import type { Search, Sight } from "./sight.ts";
import { tell, tellFetched } from "./tell.ts";

export type Settled = {
  outcome: Outcome;
  reason: SettledReason;
  rows: Row[];
  moves: CounterDelta[];
  /** What it was applied without, where Stripe did not say it. */
  doubt?: Doubt;
};

/** An end, or what must be read or fetched before there is one. */
export type Verdict =
  | { settled: Settled }
  | { wants: Key[] }
  | { search: Search }
  | { fetch: FetchRequest }
  | { failure: Failure };

/** The row that an object tells of, and which of its parts. */
export type Subject = { noun: Noun; identity: RowIdentity; part: string; key: Key };

/** An object without a row leaves its ledger row only (D10). */
export const WITHOUT_ROW: Verdict = withoutRow("no-row");

export function withoutRow(reason: SettledReason, outcome: Outcome = "applied"): Verdict {
  return { settled: { outcome, reason, rows: [], moves: [] } };
}

export function judgeSnapshot(event: Snapshot, tenant: string, sight: Sight): Verdict {
  const subject = subjectOf(event.object, tenant);
  if (subject === null) return WITHOUT_ROW;
  const seen = sight.row(subject.key);
  if (seen === undefined) return { wants: keysOf(subject, () => tell(subject.noun, event, sight)) };
  const part = partOf(seen.row, subject.part);
  const telling = tell(subject.noun, event, sight);
  const ordered = order(part, telling);
  const known = { row: seen.row, telling };
  if (ordered.part === part) return change(subject, known, ordered, event, sight);
  const asked = withStripe(subject, event, { before: part, ordered }, sight);
  if (!("part" in asked)) return asked;
  const evidence = merge(telling.evidence ?? NO_EVIDENCE, asked.evidence ?? NO_EVIDENCE);
  const answered = { row: seen.row, telling: { ...telling, evidence } };
  return inDoubt(change(subject, answered, { ...ordered, part: asked.part }, event, sight), asked.doubt);
}

/** The same end, with what it is without. */
export function inDoubt(verdict: Verdict, doubt: Doubt | undefined): Verdict {
  return doubt && "settled" in verdict ? { settled: { ...verdict.settled, doubt } } : verdict;
}

/** What the event is sure to need, so that it is read with the first request: those it contributes to as well. */
export function keysOf({ noun, identity, part: id, key }: Subject, told: () => Telling): Key[] {
  if (noun.joins === undefined && noun.proofs === undefined) return [key];
  const telling = told();
  const { part } = order(undefined, telling);
  const row = rowOf(noun, identity, { [id]: part }, 0, [], telling.evidence);
  return [key, ...joinedKeys(row, telling.proofs)];
}

export function subjectOf(object: StripeObject, tenant: string): Subject | null {
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
  // A row of one object has one part, also where Stripe gives an id to what had none, such as the balance.
  const part = noun.hasParts ? (idOf(object) ?? rowId) : rowId;
  return { noun, identity, part, key: rowKey(noun.home, identity) };
}

/** A row as it was read, and what is proved beside what comes to stand. */
type Known = { row: Row | undefined; telling?: Pick<Telling, "evidence" | "proofs"> };

/** What becomes of the row, and of those that it contributes to or that the event proves something of. */
export function change(
  subject: Subject,
  { row: before, telling = {} }: Known,
  ordered: Omit<Ordered, "reason"> & { reason: SettledReason },
  event: StripeEvent,
  sight: Sight,
): Verdict {
  const settled = { outcome: ordered.stands ? "applied" : "superseded", reason: ordered.reason } as const;
  const after = changedRow(subject, before, ordered.part, telling.evidence ?? NO_EVIDENCE);
  const changes = spread(before, after, sight.row, telling.proofs);
  if ("wants" in changes) return changes;
  const asked = answersFor(changes.rows, event, sight);
  if ("fetch" in asked) return asked;
  const certain = asked.length === 0 ? changes : spread(before, after, sight.row, telling.proofs, asked);
  return "wants" in certain ? certain : { settled: { ...settled, ...certain } };
}

/** What Stripe says of the parts of rows that their events leave in doubt; nothing where it does not say (D21). */
function answersFor(
  rows: readonly Row[],
  event: StripeEvent,
  sight: Sight,
): Answer[] | { fetch: FetchRequest } {
  const answers: Answer[] = [];
  for (const { identity, state } of sight.canFetch ? rows : []) {
    const noun = nounNamed(identity.noun);
    for (const { object: objectType, id } of noun.asks?.(state) ?? []) {
      const request = { account: event.account, objectType, id, url: null };
      const answer = sight.fetched(request);
      if (answer === undefined) return { fetch: request };
      if ("failure" in answer || answer.object === null) continue;
      const { object } = answer;
      const telling = tellFetched(noun, event, { ...answer, object }, object, sight);
      answers.push({ target: identity, part: id, telling });
    }
  }
  return answers;
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
