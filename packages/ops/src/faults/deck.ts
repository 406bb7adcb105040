// Faults dealt like cards: the seed shuffles them, and when all are dealt nothing goes wrong any more.
import type { Random } from "@stripe-lanes/testing/random";

export type Deck<Name extends string> = {
  /** The next that fits, or none: at its turn nothing may go wrong, and nothing does when the deck is empty. */
  deal(fits: (name: Name) => boolean): Name | undefined;
};

export type DeckOptions = {
  /** How often each name is in it. */
  each: number;
  /** The share of turns at which one is dealt. */
  share: number;
};

/** Every name comes once before any comes again, so that a short run sees them all. */
export function deckOf<Name extends string>(
  random: Random,
  names: readonly Name[],
  { each, share }: DeckOptions,
): Deck<Name> {
  const cards = Array.from({ length: each }, () => random.shuffle(names)).flat();
  return {
    deal(fits) {
      if (!random.chance(share)) return undefined;
      const next = cards.findIndex(fits);
      return next < 0 ? undefined : cards.splice(next, 1)[0];
    },
  };
}
