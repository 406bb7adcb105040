import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seeded } from "./random.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe("a seeded generator", () => {
  it("gives the same numbers for the same seed", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [one, other] = [seeded(seed), seeded(seed)];
        for (let i = 0; i < 20; i++) expect(one.next()).toBe(other.next());
      }),
    );
  });

  it("gives other numbers for another seed", () => {
    expect(seeded(1).id(20)).not.toBe(seeded(2).id(20));
  });

  it("stays at or above 0 and below 1, and spreads evenly", () => {
    const random = seeded(7);
    const numbers = Array.from({ length: 20_000 }, () => random.next());
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = numbers.filter((number) => Math.floor(number * 10) === tenth).length / numbers.length;
      expect(share).toBeCloseTo(0.1, 1);
    }
  });

  it("gives whole numbers below the limit", () => {
    const random = seeded(3);
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(5)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it("shuffles into a new list of the same items", () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer()), (seed, list) => {
        const before = [...list];
        const shuffled = seeded(seed).shuffle(list);
        expect(list).toEqual(before);
        expect(shuffled.toSorted()).toEqual(list.toSorted());
      }),
    );
  });

  it("writes ids in base62", () => {
    expect(seeded(9).id(400)).toMatch(/^[0-9A-Za-z]{400}$/);
  });

  it("decides by chance, never at 0 and always at 1", () => {
    const random = seeded(4);
    expect(Array.from({ length: 100 }, () => random.chance(0))).not.toContain(true);
    expect(Array.from({ length: 100 }, () => random.chance(1))).not.toContain(false);
  });

  it("refuses to pick from nothing", () => {
    expect(() => seeded(1).pick([])).toThrow(RangeError);
    expect(["a", "b"]).toContain(seeded(1).pick(["a", "b"]));
  });
});
