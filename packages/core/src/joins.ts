// What a row contributes to other rows: a refund to its payment, a subscription to its customer's profile. Both
// are written in one transaction, conditional on what was read of each, so that what is joined is never stale.
import { canonical } from "./json.ts";
import { type Key, type RowIdentity, rowKey } from "./keys.ts";
import { type Move, movesBetween, summed } from "./levels.ts";
import type { Join, Joined } from "./noun.ts";
import { nounNamed } from "./registry.ts";
import { type Row, rowOf } from "./row.ts";

/** What changes with one row: the row itself, those it contributes to, and the counters that all of them move. */
export type Spread = { rows: Row[]; moves: Move[] };

/** What was read under a key; undefined where nobody has looked yet. */
export type Look = (key: Key) => { row: Row | undefined } | undefined;

/** A contribution as it was and as it is; null where there is none. */
type Change = { join: Join; joined: Joined | null };

/** The rows that `after` contributes to: read with it, so that it takes no second request. */
export function joinedKeys(after: Row): Key[] {
  return joinsOf(after).map((join) => keyOf(identityOf(join, after)));
}

/** Gives the change of a row with all that follows from it, or the keys that have to be read first. */
export function spread(before: Row | undefined, after: Row, look: Look): Spread | { wants: Key[] } {
  const changes = changesBetween(before, after);
  const targets = changes.map((change) => ({ ...change, identity: identityOf(change.join, after) }));
  const wants = targets.map(({ identity }) => keyOf(identity)).filter((key) => look(key) === undefined);
  if (wants.length > 0) return { wants };
  const pairs: [Row | undefined, Row][] = targets.map(({ identity, joined }) => {
    const found = look(keyOf(identity))?.row;
    return [found, withJoined(found, identity, sourceOf(after), joined)];
  });
  const all = [[before, after] as const, ...pairs];
  return { rows: all.map(([, row]) => row), moves: summed(all.flatMap((pair) => movesBetween(...pair))) };
}

function changesBetween(before: Row | undefined, after: Row): Change[] {
  const gone = new Map(joinsOf(before).map((join) => [targetOf(join), join]));
  const changes = joinsOf(after).flatMap((join): Change[] => {
    const was = gone.get(targetOf(join));
    gone.delete(targetOf(join));
    const isSame = was !== undefined && canonical(was.state) === canonical(join.state);
    return isSame ? [] : [{ join, joined: { ...sourceOf(after), state: join.state } }];
  });
  return [...[...gone.values()].map((join) => ({ join, joined: null })), ...changes];
}

function joinsOf(row: Row | undefined): Join[] {
  if (row === undefined) return [];
  const { noun, id } = row.identity;
  return nounNamed(noun).joins?.({ id, state: row.state, deleted: row.deleted }) ?? [];
}

function targetOf({ noun, id }: Join): string {
  return `${noun}\n${id}`;
}

function identityOf({ noun, id, customer }: Join, { identity: { tenant } }: Row): RowIdentity {
  return { tenant, noun, id, customer };
}

function keyOf(identity: RowIdentity): Key {
  return rowKey(nounNamed(identity.noun).home, identity);
}

type Source = Pick<Joined, "noun" | "id">;

function sourceOf({ identity: { noun, id } }: Row): Source {
  return { noun, id };
}

function withJoined(row: Row | undefined, identity: RowIdentity, source: Source, joined: Joined | null): Row {
  const others = (row?.joined ?? []).filter((one) => one.noun !== source.noun || one.id !== source.id);
  const all = joined === null ? others : [...others, joined];
  return rowOf(
    nounNamed(identity.noun),
    row?.identity ?? identity,
    row?.parts ?? {},
    row?.revision ?? 0,
    all.sort(byNounAndId),
  );
}

function byNounAndId(one: Source, other: Source): number {
  if (one.noun !== other.noun) return one.noun < other.noun ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
