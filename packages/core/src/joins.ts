// What a row contributes to other rows: a refund to its payment, a subscription to its customer's profile. Both
// are written in one transaction, conditional on what was read of each, so that what is joined is never stale.

import { byNounAndId } from "./bounds.ts";
import { type Evidence, isSame, merge, NO_EVIDENCE, type Proof } from "./evidence.ts";
import { canonical } from "./json.ts";
import { type Key, keyText, type RowIdentity, rowKey } from "./keys.ts";
import { movesBetween, summed } from "./levels.ts";
import type { Join, Joined } from "./noun.ts";
import { order } from "./order.ts";
import type { State, Telling } from "./part.ts";
import { nounNamed } from "./registry.ts";
import { type CounterDelta, partOf, type Row, rowOf } from "./row.ts";

/** What changes with one row: the row itself, those it contributes to, and the counters that all of them move. */
export type Spread = { rows: Row[]; moves: CounterDelta[] };

/** What was read under a key; undefined where nobody has looked yet. */
export type Look = (key: Key) => { row: Row | undefined } | undefined;

/**
 * A contribution as it is, null where there is none any more; or evidence, which is never taken back; or what Stripe
 * answered of one of the row's parts.
 */
type Change =
  | { target: Target; joined: Joined | null; was: State | undefined }
  | { target: Target; evidence: Evidence }
  | Answer;

/** What Stripe answered of a part, by its id, of a row that is in doubt. */
export type Answer = { target: RowIdentity; part: string; telling: Telling };

type Target = Pick<Join, "noun" | "id" | "customer">;

/** The rows that `after` contributes to, and those that its event proves something of: read with it, in one request. */
export function joinedKeys(after: Row, proofs: readonly Proof[] = []): Key[] {
  return [...joinsOf(after), ...proofs].map((target) => keyOf(identityOf(target, after)));
}

/** Rows as they were and as they come to be, by the text of their keys. */
type Draft = Map<string, { before: Row | undefined; after: Row }>;

/**
 * Gives the change of a row with all that follows from it, or the keys that have to be read first. What a row
 * contributes may change one that contributes in turn: a refund changes its payment, and that its order.
 */
export function spread(
  before: Row | undefined,
  after: Row,
  look: Look,
  proofs: readonly Proof[] = [],
  answers: readonly Answer[] = [],
): Spread | { wants: Key[] } {
  const draft: Draft = new Map();
  const wants: Key[] = [];
  const given: Change[] = proofs.map(({ evidence, ...target }) => ({ target, evidence }));
  const pending: { source: Row; change: Change }[] = given.map((change) => ({ source: after, change }));
  const put = (was: Row | undefined, is: Row) => {
    const text = keyText(is.key);
    draft.set(text, { before: draft.has(text) ? draft.get(text)?.before : was, after: is });
    pending.push(...changesBetween(was, is).map((change) => ({ source: is, change })));
  };
  put(before, after);
  pending.push(...answers.map((change) => ({ source: after, change })));
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const identity = identityOf(next.change.target, next.source);
    const key = keyOf(identity);
    const seen = draft.get(keyText(key)) ?? look(key);
    if (seen === undefined) wants.push(key);
    else {
      const was = "after" in seen ? seen.after : seen.row;
      const is = changed(was, identity, next.source, next.change);
      if (is !== undefined) put(was, is);
    }
  }
  if (wants.length > 0) return { wants };
  const rows = [...draft.values()];
  return {
    rows: rows.flatMap((row) => (row.before === row.after ? [] : [row.after])),
    moves: summed(rows.flatMap((row) => movesBetween(row.before, row.after))),
  };
}

/** What one change makes of the row that it is for; undefined where that knew as much. */
function changed(row: Row | undefined, identity: RowIdentity, source: Row, change: Change): Row | undefined {
  if ("joined" in change) return withJoined(row, identity, sourceOf(source), change);
  return "evidence" in change ? withEvidence(row, identity, change.evidence) : row && withAnswer(row, change);
}

/** A row with what Stripe answered of one of its parts. */
function withAnswer(row: Row, { part: id, telling }: Answer): Row | undefined {
  const { part } = order(partOf(row, id), telling);
  const evidence = merge(row.evidence, telling.evidence ?? NO_EVIDENCE);
  if (part === partOf(row, id) && isSame(evidence, row.evidence)) return undefined;
  const noun = nounNamed(row.identity.noun);
  return rowOf(noun, row.identity, { ...row.parts, [id]: part }, row.revision, row.joined, evidence);
}

/** A row with more evidence: the same one, or none where there is none yet, as long as nothing is new. */
export function withEvidence(
  row: Row | undefined,
  identity: RowIdentity,
  evidence: Evidence,
): Row | undefined {
  const noun = nounNamed(identity.noun);
  const known = row?.evidence ?? NO_EVIDENCE;
  const merged = merge(known, evidence);
  if (isSame(known, noun.condense?.(merged) ?? merged)) return undefined;
  return rowOf(
    noun,
    row?.identity ?? identity,
    row?.parts ?? {},
    row?.revision ?? 0,
    row?.joined ?? [],
    merged,
  );
}

function changesBetween(before: Row | undefined, after: Row): Change[] {
  const gone = new Map(joinsOf(before).map((join) => [targetOf(join), join]));
  const changes = joinsOf(after).flatMap((join): Change[] => {
    const was = gone.get(targetOf(join));
    gone.delete(targetOf(join));
    const isAsBefore = was !== undefined && canonical(was.state) === canonical(join.state);
    return isAsBefore
      ? []
      : [{ target: join, joined: { ...sourceOf(after), state: join.state }, was: was?.state }];
  });
  const ended = [...gone.values()].map((target) => ({ target, joined: null, was: target.state }));
  return [...ended, ...changes];
}

function joinsOf(row: Row | undefined): Join[] {
  if (row === undefined) return [];
  const { noun, id } = row.identity;
  const { state, evidence, deleted } = row;
  const own = partOf(row, id)?.state;
  return nounNamed(noun).joins?.({ id, state, own, evidence, deleted }) ?? [];
}

function targetOf({ noun, id }: Join): string {
  return `${noun}\n${id}`;
}

function identityOf({ noun, id, customer }: Target, { identity: { tenant } }: Row): RowIdentity {
  return { tenant, noun, id, customer };
}

function keyOf(identity: RowIdentity): Key {
  return rowKey(nounNamed(identity.noun).home, identity);
}

type Source = Pick<Joined, "noun" | "id">;

function sourceOf({ identity: { noun, id } }: Row): Source {
  return { noun, id };
}

function withJoined(
  row: Row | undefined,
  identity: RowIdentity,
  source: Source,
  { joined, was }: Pick<Extract<Change, { was: unknown }>, "joined" | "was">,
): Row {
  const others = withoutSource(row, source, was);
  const all = joined === null ? others : [...others, joined];
  return rowOf(
    nounNamed(identity.noun),
    row?.identity ?? identity,
    row?.parts ?? {},
    row?.revision ?? 0,
    all.sort(byNounAndId),
    row?.evidence,
  );
}

/** What a source contributed before is there apart, or folded with others. */
function withoutSource(row: Row | undefined, source: Source, was: State | undefined): Joined[] {
  if (row === undefined) return [];
  const others = row.joined.filter((one) => one.noun !== source.noun || one.id !== source.id);
  if (others.length < row.joined.length || was === undefined) return others;
  return nounNamed(row.identity.noun).unfold?.(others, { ...source, state: was }) ?? others;
}
