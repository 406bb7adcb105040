import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permutations } from "./fixtures/permutations.ts";
import { canonical, type Json } from "./json.ts";
import { order } from "./order.ts";
import type { Finality, Part, Telling } from "./part.ts";
import { digest, leftBy, MOST_REMEMBERED } from "./remembered.ts";

function telling(event: string, found: Json | undefined, left: Json): Telling {
  const told = found === undefined ? null : digest({ quantity: found });
  const level = { finality: "open", second: 1, rank: 1 } as const;
  return { event, via: "event", ...level, state: { quantity: left }, deleted: false, found: told };
}

/** Events of one second that each tell what they found, through the values in turn. */
function chain(values: Json[], ids: string): Telling[] {
  return values.slice(1).map((left, index) => telling(`evt_${ids[index]}`, values[index], left));
}

function letters(count: number): string[] {
  return [..."abcdefghijklmnop"].slice(0, count);
}

/** Ids in the order of the steps, against it, and neither. */
const NAMINGS = ["abcde", "edcba", "cebad"];

function subsets<T>([first, ...rest]: readonly T[]): T[][] {
  if (first === undefined) return [[]];
  return subsets(rest).flatMap((some) => [some, [first, ...some]]);
}

function fold(tellings: readonly Telling[]): Part | undefined {
  return tellings.reduce<Part | undefined>((part, one) => order(part, one).part, undefined);
}

/** The one part that all arrivals end in. */
function onlyEnd(arrivals: Telling[][]): Part {
  const ends = new Map(arrivals.map(fold).map((part) => [canonical(part as unknown as Json), part]));
  const [end] = ends.values();
  if (ends.size !== 1 || !end) throw new Error(`${ends.size} ends: ${[...ends.keys()].join(" ")}`);
  return end;
}

const LENGTHS = [1, 2, 3, 4, 5];
/** Quantity 1 → 2 → … in one second, with event ids that help, mislead and confuse. */
const CHAINS = LENGTHS.flatMap((length) =>
  NAMINGS.map((ids) => chain([1, 2, 3, 4, 5, 6].slice(0, length + 1), ids)),
);

describe("a chain of changes within one second", () => {
  it("ends in its last state from every order of arrival, without a tie", () => {
    for (const steps of CHAINS) {
      const part = onlyEnd(permutations(steps));
      expect(part).toMatchObject({ state: { quantity: steps.length + 1 }, tie: false, deleted: false });
      expect(part.remembered.map(({ event }) => event)).toEqual(steps.map(({ event }) => event).sort());
    }
  });

  it("ends alike whatever is delivered again, and when", () => {
    for (const steps of CHAINS) {
      const again = permutations(steps).flatMap((arrival) =>
        arrival.map((_, index) => [...arrival.slice(0, index + 1), ...arrival.toReversed()]),
      );
      expect(onlyEnd(again)).toEqual(fold(steps));
    }
  });

  it("ends alike from every order of the same part of it", () => {
    for (const some of CHAINS.flatMap(subsets).filter(({ length }) => length > 0)) {
      expect(onlyEnd(permutations(some)).remembered).toHaveLength(some.length);
    }
  });

  it("is walked in one step where two events tell of one change", () => {
    const [one, two, three] = chain([1, 2, 3, 4], "abc") as [Telling, Telling, Telling];
    for (const twice of [one, two, three]) {
      const part = onlyEnd(permutations([one, two, three, { ...twice, event: "evt_0" }]));
      expect(part).toMatchObject({ state: { quantity: 4 }, tie: false });
    }
  });
});

describe("a change that goes back to an earlier value", () => {
  it.each([[[1, 2, 1]], [[1, 2, 1, 3]], [[1, 2, 3, 1]], [[1, 2, 1, 2, 3]]])(
    "ends in one state, marked as a tie, from every order of %j",
    (values) => {
      for (const ids of NAMINGS) {
        expect(onlyEnd(permutations(chain(values, ids))).tie).toBe(true);
      }
    },
  );
});

describe("events that do not tell what they found", () => {
  it("end alike and without a tie where they left the same", () => {
    const alike = ["a", "b", "c", "d"].map((id) => telling(id, undefined, 7));
    expect(onlyEnd(permutations(alike))).toMatchObject({ state: { quantity: 7 }, tie: false });
  });

  it("end in the greatest id's state, marked as a tie, where they did not", () => {
    const unlike = ["a", "b", "c", "d"].map((id, index) => telling(id, undefined, index % 3));
    expect(onlyEnd(permutations(unlike))).toMatchObject({ state: { quantity: 0 }, tie: true });
  });
});

/** Arrivals of all, in any order, some of them more than once. */
function arrivalsOf(tellings: fc.Arbitrary<Telling[]>): fc.Arbitrary<[Telling[], Telling[]]> {
  return tellings.chain((all) => {
    const again = fc.subarray(all);
    const shuffled = again.chain((twice) => {
      const deliveries = [...all, ...twice];
      return fc.shuffledSubarray(deliveries, { minLength: deliveries.length });
    });
    return fc.tuple(fc.constant(all), shuffled);
  });
}

describe("more events in one second than are remembered", () => {
  const CROWD = letters(MOST_REMEMBERED + 3);

  it.each([
    ["alike", CROWD.map((id, index) => telling(id, index, 7)), { quantity: 7 }],
    ["unlike", CROWD.map((id, index) => telling(id, undefined, index)), { quantity: CROWD.length - 1 }],
    ["unlike", chain([...CROWD, "end"], CROWD.join("")), { quantity: "end" }],
    ["unlike", CROWD.map((id, index) => telling(id, index, index === 4 ? 0 : 7)), { quantity: 7 }],
  ])("end alike, a tie unless they all left the same: %s", (crowd, tellings, state) => {
    fc.assert(
      fc.property(arrivalsOf(fc.constant(tellings)), ([all, arrival]) => {
        expect(fold(arrival)).toStrictEqual(fold(all));
        expect(fold(arrival)).toMatchObject({ crowd, state, tie: crowd === "unlike" });
        expect(fold(arrival)?.remembered).toHaveLength(1);
      }),
    );
  });
});

const FINALITIES: Finality[] = ["open", "terminal", "tombstone"];

/** Of few seconds, ranks and states, so that many of them compete. */
const few = fc.record({
  finality: fc.constantFrom<Finality>("open", "open", "open", "terminal", "tombstone"),
  second: fc.integer({ min: 1, max: 2 }),
  rank: fc.integer({ min: -1, max: 1 }),
  found: fc.constantFrom(undefined, 1, 2, 3),
  left: fc.constantFrom(1, 2, 3),
  deleted: fc.boolean(),
});
const competing = few.map((one) => ({ ...one, finality: "open" as const, second: 2, rank: 1 }));

function setsOf(one: typeof few, maxLength: number): fc.Arbitrary<Telling[]> {
  const all = fc.array(one, { minLength: 1, maxLength });
  return all.map((each) =>
    each.map(({ found, left, ...level }, index) => ({
      ...telling(letters(16)[(index * 7) % 16] as string, found, left),
      ...level,
    })),
  );
}

/** Two states that were fetched, among the events: no two were given in the same second. */
const withFetched = fc.tuple(setsOf(few, 8), few, few).map(([events, ...answers]) => {
  const fetched = answers.map(({ second, finality, left, deleted }, index): Telling => {
    const asked = telling(`z${index}`, undefined, left);
    return { ...asked, via: "fetch", rank: 1000, second, finality, deleted, until: 4 + index };
  });
  return [...events, ...fetched];
});

function levelOf({ finality, second, rank }: Telling): number {
  return (FINALITIES.indexOf(finality) * 10 + second) * 10 + rank;
}

describe("any set of events", () => {
  it.each([
    ["of several levels", setsOf(few, 16)],
    ["of one level", setsOf(competing, 12)],
    ["and two fetched states", withFetched],
  ])("%s makes one part, in whatever order and however often they come", (_, sets) => {
    fc.assert(
      fc.property(arrivalsOf(sets), ([all, arrival]) => {
        expect(fold(arrival)).toStrictEqual(fold(all));
      }),
      { numRuns: 400 },
    );
  });

  it("is remembered as its highest level, without what says nothing new, and its state is one that it left", () => {
    fc.assert(
      fc.property(setsOf(few, 12), (all) => {
        const highest = Math.max(...all.map(levelOf));
        const top = all.filter((one) => levelOf(one) === highest);
        const { remembered, state, deleted } = fold(all) as Part;
        const events = remembered.map(({ event }) => event);
        if (top.length <= MOST_REMEMBERED) {
          const told = top.filter(({ found }) => found !== null).map(({ event }) => event);
          expect(events).toEqual(expect.arrayContaining(told));
          expect(new Set(remembered.map(leftBy))).toEqual(new Set(top.map(leftBy)));
          const without = remembered.filter(({ found }) => found === null).map(leftBy);
          expect(new Set(without).size).toBe(without.length);
        }
        expect(remembered.some((one) => one.state === state && one.deleted === deleted)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
