// Which of two versions of one object stands: a strict total order, whichever comes first (D4).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permutations } from "./fixtures/permutations.ts";
import { order } from "./order.ts";
import type { Finality, Part, Telling } from "./part.ts";

type Source = Pick<Telling, "via" | "rank"> & { until?: number };

/** Few of each, so that they meet at every level. */
const finalities = fc.constantFrom<Finality>("open", "open", "terminal", "tombstone");
const seconds = fc.integer({ min: 1, max: 3 });
const told: fc.Arbitrary<Source> = fc.record({
  via: fc.constant("event"),
  rank: fc.integer({ min: -1, max: 1 }),
});
const fetched: fc.Arbitrary<Source> = fc.record({
  via: fc.constant("fetch"),
  rank: fc.constant(1000),
  until: fc.integer({ min: 3, max: 4 }),
});
const levels = fc.record({ finality: finalities, second: seconds, source: fc.oneof(told, fetched) });

/** So many versions, each by an event of its own, which left another state and does not tell what it found. */
function versions(count: number): fc.Arbitrary<Telling[]> {
  const size = { minLength: count, maxLength: count };
  const ids = fc.uniqueArray(fc.stringMatching(/^[0-9A-Za-z]{1,3}$/), size);
  return fc.tuple(ids, fc.array(levels, size)).map(([names, all]) =>
    all.map(({ source, ...level }, index) => {
      const event = `evt_${names[index]}`;
      return { event, state: { of: event }, found: null, deleted: false, ...level, ...source };
    }),
  );
}

function fold(tellings: readonly Telling[]): Part | undefined {
  return tellings.reduce<Part | undefined>((part, one) => order(part, one).part, undefined);
}

/** Whether a version stands when it comes after another one. */
function standsOver(one: Telling, other: Telling): boolean {
  return order(fold([other]), one).stands;
}

/** How many of the others each one stands over: 0, 1, 2, … where they are in a line. */
function winsOf(all: Telling[]): number[] {
  return all.map((one) => all.filter((other) => other !== one && standsOver(one, other)).length);
}

describe("the versions of one object", () => {
  it("are never level: of any two, one stands over the other, and that one alone", () => {
    fc.assert(
      fc.property(versions(2), ([one, other]) => {
        const [a, b] = [one as Telling, other as Telling];
        expect(standsOver(a, b)).toBe(!standsOver(b, a));
      }),
      { numRuns: 1000 },
    );
  });

  it("are in one line: what stands over another stands over all that the other stands over", () => {
    fc.assert(
      fc.property(versions(5), (all) => {
        expect(winsOf(all).toSorted()).toEqual([0, 1, 2, 3, 4]);
      }),
      { numRuns: 500 },
    );
  });

  it("end in the last of that line, in every order of arrival", () => {
    fc.assert(
      fc.property(versions(4), (all) => {
        const last = all[winsOf(all).indexOf(3)];
        for (const arrival of permutations(all)) expect(fold(arrival)?.state).toEqual(last?.state);
      }),
      { numRuns: 200 },
    );
  });
});
