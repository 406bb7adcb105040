import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copies, copiesOf } from "./copies.ts";

const text =
  '{"id":"cus_SVE4nD7TuYfDwq","price":"price_1S5zJYO8ygY3NCPBQb0uGiZb","of":"/in_1YN4eZR13LMH2Zb4zYabcdef"}';

describe("a copy", () => {
  it("shares no id of a customer's with any other copy", () => {
    const number = fc.integer({ min: 0, max: 100_000_000 });
    fc.assert(
      fc.property(number, number, (one, other) => {
        fc.pre(one !== other);
        const ids = (n: number) => copies(text)(n).match(/(?:cus|in)_\w+/g) ?? [];
        expect(ids(one)).toHaveLength(2);
        expect(new Set([...ids(one), ...ids(other)]).size).toBe(4);
      }),
    );
  });

  it("is as long as the original, and buys at the same price", () => {
    const copy = copies(text)(77);
    expect(copy).toHaveLength(text.length);
    expect(copy).toContain("price_1S5zJYO8ygY3NCPBQb0uGiZb");
    expect(copy).toContain('"cus_SVE4nD7T00001F"');
  });

  it("of several texts has as many", () => {
    expect(copiesOf([text, "nothing", text])(1)).toEqual([copies(text)(1), "nothing", copies(text)(1)]);
    expect(copiesOf([])(1)).toEqual([]);
  });
});
