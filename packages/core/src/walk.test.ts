import { describe, expect, it } from "vitest";
import { type Step, walkOf } from "./walk.ts";

/** Steps written as "a>b": found a, left b; "?" is what an event does not tell. */
function steps(...all: string[]): Step[] {
  return all.map((step) => ({
    found: step[0] === "?" ? null : (step[0] as string),
    left: step[2] as string,
  }));
}

/** Every walk from `a` over four states, of so many steps, each to another state than before. */
function walksFromA(length: number): string[][] {
  if (length === 0) return [["a"]];
  return walksFromA(length - 1).flatMap((walk) =>
    [..."abcd"].filter((next) => next !== walk.at(-1)).map((next) => [...walk, next]),
  );
}

function shown(walk: string[]): string[] {
  return walk.slice(1).map((left, index) => `${walk[index]}>${left}`);
}

/** Of every subset of the steps: what they found is not told. */
function withHidden(walk: string[]): string[][] {
  return shown(walk).reduce<string[][]>(
    (all, step) =>
      all.flatMap((sofar) => [
        [...sofar, step],
        [...sofar, `?${step.slice(1)}`],
      ]),
    [[]],
  );
}

const WALKS = [1, 2, 3, 4].flatMap(walksFromA);

/** Whether the steps are sure to end where the walk that they were told of did not. */
function isSurelyWrong(walk: string[], told: string[]): boolean {
  const found = walkOf(steps(...told));
  return found !== null && !found.returns && found.end !== walk.at(-1);
}

const returning = (walk: string[]) => new Set(walk).size < walk.length;

describe("events of one second laid out as a walk", () => {
  it("end where the last of them left, in whatever order they are given", () => {
    const chain = steps("a>b", "b>c", "c>d");
    expect(walkOf(chain)).toEqual({ end: "d", returns: false });
    expect(walkOf(chain.toReversed())).toEqual({ end: "d", returns: false });
  });

  it("end alike where they all left the same state, whatever they found", () => {
    expect(walkOf(steps("?>b", "a>b", "c>b"))).toEqual({ end: "b", returns: false });
    expect(walkOf(steps("?>b"))).toEqual({ end: "b", returns: false });
  });

  it("have no end where links are missing, or two ends", () => {
    expect(walkOf(steps("a>b", "c>d"))).toBeNull();
    expect(walkOf(steps("a>b", "a>c"))).toBeNull();
    expect(walkOf(steps("?>b", "?>c"))).toBeNull();
  });

  it("may have one that does not tell what it found, where there is but one place for it", () => {
    expect(walkOf(steps("a>b", "?>c", "c>d"))).toEqual({ end: "d", returns: false });
    expect(walkOf(steps("?>b", "b>c"))).toBeNull();
  });

  it("take two events for one change as one step, and steps in place as none", () => {
    expect(walkOf(steps("a>b", "a>b", "b>c"))).toEqual({ end: "c", returns: false });
    expect(walkOf(steps("a>b", "b>b", "b>c", "c>c"))).toEqual({ end: "c", returns: false });
  });

  it("are known to return where a state is left twice, or the first is found again", () => {
    expect(walkOf(steps("a>b", "b>a", "a>c"))).toEqual({ end: "c", returns: true });
    expect(walkOf(steps("x>a", "a>b", "b>a"))).toEqual({ end: "a", returns: true });
  });

  it("are not said to return for a step in place, nor for one that does not tell what it found", () => {
    expect(walkOf(steps("?>a", "b>b"))).toEqual({ end: "a", returns: false });
    expect(walkOf(steps("?>a", "b>a", "b>b"))).toEqual({ end: "a", returns: false });
  });

  it("have no end where a step may have been told twice or taken twice, and the ends differ", () => {
    expect(walkOf(steps("a>b", "b>a", "a>b"))).toBeNull();
    expect(walkOf(steps("a>b", "a>b", "?>a"))).toBeNull();
    expect(walkOf(steps("a>b", "?>c", "c>d", "?>c"))).toBeNull();
    expect(walkOf(steps("a>b", "?>c", "c>d", "d>c", "c>d", "a>b"))).toBeNull();
  });

  it("have no end in a round, which could begin anywhere", () => {
    expect(walkOf(steps("a>b", "b>a"))).toBeNull();
    expect(walkOf(steps("a>b", "b>c", "c>a"))).toBeNull();
  });
});

describe("every walk of up to four steps over four states", () => {
  it("is found, and has the right end, where every step tells what it found and none returns", () => {
    const straight = WALKS.filter((walk) => !returning(walk));
    expect(straight.length).toBe(3 + 6 + 6);
    for (const walk of straight) {
      expect(walkOf(steps(...shown(walk))), walk.join("")).toEqual({ end: walk.at(-1), returns: false });
    }
  });

  it("is never taken for sure where it returns to a state and every step tells what it found", () => {
    const sure = WALKS.filter(returning).filter((walk) => walkOf(steps(...shown(walk)))?.returns === false);
    expect(sure).toEqual([]);
  });

  it("is never sure of a wrong end, whichever steps do not tell what they found", () => {
    const wrong = WALKS.flatMap((walk) => withHidden(walk).filter((hidden) => isSurelyWrong(walk, hidden)));
    expect(wrong).toEqual([]);
  });

  it("is never sure of a wrong end where a step was told twice, whichever do not tell what they found", () => {
    const wrong = WALKS.flatMap((walk) =>
      withHidden(walk)
        .flatMap((hidden) => hidden.map((twice) => [...hidden, twice]))
        .filter((told) => isSurelyWrong(walk, told)),
    );
    expect(wrong).toEqual([]);
  });
});
