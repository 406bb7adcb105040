// Randomness that a seed decides: the same seed gives the same run, on every machine.

export type Random = {
  /** At least 0, and less than 1. */
  next(): number;
  /** A whole number from 0 up to, but not including, `below`. */
  integer(below: number): number;
  /** True in a share `p` of the calls. */
  chance(p: number): boolean;
  /** @throws RangeError when the list is empty. */
  pick<T>(list: readonly T[]): T;
  /** A new list of the same items in another order. */
  shuffle<T>(list: readonly T[]): T[];
  /** So many characters of base62, as Stripe's ids end. */
  id(length: number): string;
};

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A generator of its own for each seed, of which the lower 32 bits count. */
export function seeded(seed: number): Random {
  const next = splitMix(seed);
  const integer = (below: number) => Math.floor(next() * below);
  return {
    next,
    integer,
    chance: (p) => next() < p,
    pick(list) {
      if (list.length === 0) throw new RangeError("There is nothing to pick from.");
      return list[integer(list.length)] as (typeof list)[number];
    },
    shuffle: (list) => shuffled(list, integer),
    id: (length) => Array.from({ length }, () => BASE62[integer(62)]).join(""),
  };
}

/** SplitMix32: one 32-bit counter and two multiplications, which is random enough to test with. */
function splitMix(seed: number): () => number {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Fisher and Yates: each place takes one of those that are left. */
function shuffled<T>(list: readonly T[], integer: (below: number) => number): T[] {
  const items = [...list];
  for (let last = items.length - 1; last > 0; last--) {
    const other = integer(last + 1);
    [items[last], items[other]] = [items[other] as T, items[last] as T];
  }
  return items;
}
