import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inPieces, interleaved } from "./stream.ts";

const side = fc.integer({ min: 1, max: 6 });

describe("interleaved lives", () => {
  it("are all there, each in its own order", () => {
    fc.assert(
      fc.property(side, fc.integer({ min: 0, max: 12 }), side, side, (people, long, customers, together) => {
        const lives = Array.from({ length: people }, (_, one) =>
          Array.from({ length: long }, (_, event) => `${one}/${event}`),
        );
        const stream = interleaved(lives, { customers, together });
        expect(stream).toHaveLength(people * long);
        for (const [one, life] of lives.entries()) {
          expect(stream.filter((event) => event.startsWith(`${one}/`))).toEqual(life);
        }
      }),
    );
  });

  it("take turns, so many events at a time", () => {
    const lives = [
      ["a1", "a2", "a3"],
      ["b1", "b2", "b3"],
      ["c1", "c2", "c3"],
    ];
    const stream = interleaved(lives, { customers: 2, together: 2 });
    expect(stream).toEqual(["a1", "a2", "b1", "b2", "a3", "b3", "c1", "c2", "c3"]);
  });
});

it("cuts a list into pieces, the last of which may be short", () => {
  expect(inPieces([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
});
