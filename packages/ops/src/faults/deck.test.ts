import { seeded } from "@stripe-lanes/testing/random";
import { describe, expect, it } from "vitest";
import { deckOf } from "./deck.ts";

const NAMES = ["a", "b", "c", "d"] as const;

const dealt = (seed: number, turns: number, share: number, fits = (_: string) => true) => {
  const deck = deckOf(seeded(seed), NAMES, { each: 2, share });
  return Array.from({ length: turns }, () => deck.deal(fits));
};

describe("a deck of faults", () => {
  it("deals each name once before any comes again, and nothing when all are dealt", () => {
    const all = dealt(1, 10, 1);
    expect(all.slice(0, 4).sort()).toEqual([...NAMES]);
    expect(all.slice(4, 8).sort()).toEqual([...NAMES]);
    expect(all.slice(8)).toEqual([undefined, undefined]);
  });

  it("deals at a share of its turns", () => {
    const turns = dealt(1, 20, 0.3);
    expect(turns.filter((name) => name !== undefined).length).toBeGreaterThan(2);
    expect(turns.filter((name) => name === undefined).length).toBeGreaterThan(9);
  });

  it("keeps what does not fit for a turn at which it does", () => {
    const deck = deckOf(seeded(1), ["a"], { each: 1, share: 1 });
    expect(deck.deal(() => false)).toBeUndefined();
    expect(deck.deal(() => true)).toBe("a");
  });

  it("is shuffled by its seed alone", () => {
    expect(dealt(7, 30, 0.5)).toEqual(dealt(7, 30, 0.5));
    expect(dealt(7, 30, 0.5)).not.toEqual(dealt(8, 30, 0.5));
  });
});
