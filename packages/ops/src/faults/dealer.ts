// Deals the faults of every occasion, and keeps count of them.
import { type Random, seeded } from "@stripe-lanes/testing/random";
import { type FaultAt, type FaultCounts, OCCASIONS, type Occasion } from "./catalogue.ts";
import { type Deck, deckOf } from "./deck.ts";

export type Deal = <O extends Occasion>(
  occasion: O,
  fits?: (name: FaultAt<O>) => boolean,
) => FaultAt<O> | undefined;

export type Dealer = {
  deal: Deal;
  /** From now on nothing goes wrong. */
  stop(): void;
};

export type DealerOptions = {
  random: Random;
  /** How often each fault is dealt at the most. */
  each: number;
  counts: FaultCounts;
};

/** Of the turns at which something could go wrong; what is seldom asked for goes wrong as long as it may. */
const SHARE = 0.3;
const SHARES: Partial<Record<Occasion, number>> = { send: 1, hide: 1, note: 0.5 };

/** Each occasion has a randomness of its own: what is dealt at one does not hang on how often another comes. */
export function dealerOf({ random, each, counts }: DealerOptions): Dealer {
  const decks = new Map<Occasion, Deck<string>>();
  for (const [occasion, names] of Object.entries(OCCASIONS) as [Occasion, readonly string[]][]) {
    const own = seeded(random.integer(2 ** 32));
    decks.set(occasion, deckOf(own, names, { each, share: SHARES[occasion] ?? SHARE }));
  }
  const deal = <O extends Occasion>(occasion: O, fits: (name: FaultAt<O>) => boolean = () => true) => {
    const deck = decks.get(occasion) as Deck<FaultAt<O>> | undefined;
    const name = deck?.deal(fits);
    if (name !== undefined) counts[name] += 1;
    return name;
  };
  return { deal, stop: () => decks.clear() };
}
