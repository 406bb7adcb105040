// What keeps a row far below DynamoDB's 400 KB, whatever comes: each list that only grows has a rule for what it keeps.
import { integer } from "./fields.ts";
import type { Joined } from "./noun.ts";
import type { State } from "./part.ts";

/** How the contributions of one entity beyond a number are folded: into one for each group, which has their sum. */
export type Folding = {
  noun: string;
  /** That many stay apart, those with the greatest ids. */
  most: number;
  /** What those of a group have in common; `amount` is what is added up. */
  shareOf(state: State): State & { amount: number | null };
};

/** A folded contribution's id begins so: Stripe's begin with a letter. */
const FOLDED = "*";

/** Whether a contribution stands for several. */
export function isFolded({ count }: { count?: unknown }): boolean {
  return typeof count === "number";
}

/** The contributions with those beyond the bound folded: of the same ones the same, in whatever order they came. */
export function folded(joined: Joined[], folding: Folding): Joined[] {
  const own = joined.filter(({ noun, state }) => noun === folding.noun && !isFolded(state));
  if (own.length <= folding.most) return joined;
  const beyond = new Set(own.toSorted(byId).slice(0, own.length - folding.most));
  const others = joined.filter((one) => !beyond.has(one));
  return [...beyond].reduce((all, one) => withShare(all, one, folding, 1), others).sort(byNounAndId);
}

/** The contributions without one that was folded, as it was: a level is moved by its difference (D15). */
export function unfolded(joined: Joined[], gone: Joined, folding: Folding): Joined[] {
  return gone.noun === folding.noun ? withShare(joined, gone, folding, -1) : joined;
}

function withShare(joined: Joined[], { noun, state }: Joined, { shareOf }: Folding, sign: 1 | -1): Joined[] {
  const { amount, failedAt, ...share } = shareOf(state);
  const id = FOLDED + Object.values(share).join(" ");
  const known = joined.find((one) => one.noun === noun && one.id === id)?.state;
  const count = (integer(known?.count) ?? 0) + sign;
  const others = joined.filter((one) => one.noun !== noun || one.id !== id);
  if (count <= 0) return others;
  const latest = Math.max(integer(known?.failedAt) ?? 0, integer(failedAt) ?? 0);
  const sum = (integer(known?.amount) ?? 0) + sign * (amount ?? 0);
  return [
    ...others,
    { noun, id, state: { ...share, amount: sum, ...(latest > 0 ? { failedAt: latest } : {}), count } },
  ];
}

/** The first ones of those that `isMeant`, in the order of `compare`, and all others. */
export function firstOf<T>(
  all: readonly T[],
  isMeant: (one: T) => boolean,
  most: number,
  compare: (one: T, other: T) => number,
): T[] {
  const meant = all.filter(isMeant);
  if (meant.length <= most) return [...all];
  const kept = new Set(meant.toSorted(compare).slice(0, most));
  return all.filter((one) => kept.has(one) || !isMeant(one));
}

type Named = { id: string };

export function byId({ id: one }: Named, { id: other }: Named): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The greatest id first. */
export function byIdDown(one: Named, other: Named): number {
  return byId(other, one);
}

export function byNounAndId(one: Named & { noun: string }, other: Named & { noun: string }): number {
  if (one.noun !== other.noun) return one.noun < other.noun ? -1 : 1;
  return byId(one, other);
}
