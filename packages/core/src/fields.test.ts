import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entries, flag, integer, member, metadata, nonZero, present, someOf, text, texts } from "./fields.ts";
import type { Json } from "./json.ts";

const VALUES: (Json | undefined)[] = [
  undefined,
  null,
  true,
  0,
  1.5,
  -3,
  2 ** 53,
  "",
  "a",
  [],
  ["a"],
  {},
  { a: 1 },
];

/** Which of the values a reader takes; the rest are null. */
function taken(read: (value: Json | undefined) => unknown): unknown[] {
  return VALUES.filter((value) => read(value) !== null);
}

describe("a member of the wrong type", () => {
  it("is as good as missing", () => {
    expect(taken(text)).toEqual(["", "a"]);
    expect(taken(flag)).toEqual([true]);
    expect(taken(integer)).toEqual([0, -3]);
  });

  it("is looked up in objects alone, and in nothing that all objects have", () => {
    expect(member({ a: 1 }, "a")).toBe(1);
    for (const value of VALUES.slice(0, -1)) expect(member(value, "a")).toBeUndefined();
    expect(member({}, "constructor")).toBeUndefined();
  });
});

describe("the entries of a list", () => {
  it("are its objects, whether it is one of Stripe's lists or bare", () => {
    const listed = [{ id: "a" }, null, "b", [], { id: "c" }];
    expect(entries(listed)).toEqual([{ id: "a" }, { id: "c" }]);
    expect(entries({ object: "list", data: listed })).toEqual([{ id: "a" }, { id: "c" }]);
  });

  it("are none where there is no list", () => {
    for (const value of [undefined, null, "a", 5, {}, { data: null }, { data: { id: "a" } }]) {
      expect(entries(value)).toEqual([]);
    }
  });
});

describe("metadata", () => {
  it("is the texts of an object", () => {
    expect(metadata({ a: "1", b: 2, c: null, d: { e: "f" }, g: "" })).toEqual({ a: "1", g: "" });
  });

  it("is empty for everything else", () => {
    for (const value of [undefined, null, "a", 5, ["a"]]) expect(metadata(value)).toEqual({});
  });

  it("keeps every key and text that there can be", () => {
    const dictionaries = fc.dictionary(
      fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
      fc.string(),
      {
        noNullPrototype: true,
      },
    );
    fc.assert(
      fc.property(dictionaries, (texts) => {
        expect(metadata(texts)).toEqual(texts);
      }),
    );
  });
});

describe("members that few objects have", () => {
  it("are left out where they are null, and only then", () => {
    expect(present({ a: null, b: 0, c: "", d: false, e: [] })).toEqual({ b: 0, c: "", d: false, e: [] });
  });

  it("are all there as soon as one of them is", () => {
    expect(someOf({ a: null, b: null })).toBeNull();
    expect(someOf({ a: null, b: 0 })).toEqual({ a: null, b: 0 });
  });

  it("have no amount of zero", () => {
    expect([0, null, undefined, 1.5, -5, 5].map(nonZero)).toEqual([null, null, null, null, -5, 5]);
  });
});

describe("a list of texts", () => {
  it("keeps its order, and drops what is no text", () => {
    expect(texts(["b", 1, "a", null])).toEqual(["b", "a"]);
    for (const value of VALUES.filter((one) => !Array.isArray(one))) expect(texts(value)).toEqual([]);
  });
});
