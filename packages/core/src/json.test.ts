import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Malformed } from "./errors.ts";
import { canonical, isObject, type Json, parseJson } from "./json.ts";

/** Any text, half characters too. */
const texts = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });

function refusalOf(text: string): string {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof Malformed) return error.reason;
    throw error;
  }
  return "none";
}

describe("parsing a text that nobody vouches for", () => {
  it("gives its data, or refuses it as malformed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), texts), (text) => {
        if (refusalOf(text) === "none") expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("refuses what is no JSON, and never quotes it", () => {
    const secret = '{"email":"ada@example.com"';
    expect(refusalOf(secret)).toBe("not-json");
    expect(() => parseJson(secret)).not.toThrow(/ada/);
    for (const text of ["", " ", "undefined", "NaN", "{'a':1}", "\uFEFF{}", "{}{}", '"\u0000"']) {
      expect(refusalOf(text), JSON.stringify(text)).toBe("not-json");
    }
  });

  it("keeps a key that only looks like one to a prototype, since metadata may have any", () => {
    for (const text of [
      '{"__proto__":"x"}',
      '{"a":[{"__proto__":null}]}',
      '{"constructor":1,"toString":""}',
    ]) {
      const parsed = parseJson(text);
      expect(JSON.stringify(parsed)).toBe(text);
      expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    }
  });

  it("drops keys that would reach a prototype, at every depth and however they are spelt", () => {
    const text =
      '{"__proto__":{"x":1},"a":[{"\\u005f_proto__":{"x":1},"b":2}],"constructor":{"prototype":3}}';
    const parsed = parseJson(text);
    expect(parsed).toEqual({ a: [{ b: 2 }], constructor: { prototype: 3 } });
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("x");
  });

  it("refuses an integer that a double cannot hold, wherever it is", () => {
    const integers = [
      "9007199254740992",
      "-9007199254740992",
      "9007199254740993",
      "1e21",
      "12345678901234567890",
    ];
    for (const integer of integers) {
      for (const text of [integer, `[${integer}]`, `{"a":{"b":[{"amount":${integer}}]}}`]) {
        expect(refusalOf(text), text).toBe("unsafe-number");
      }
    }
  });

  it("refuses a number that is too large for any double, or nearer to zero than DynamoDB goes", () => {
    for (const number of ["1e400", "-1e400", "9.9e-131", "-9.9e-131", "5e-324"]) {
      expect(refusalOf(`{"a":[${number}]}`), number).toBe("unsafe-number");
    }
  });

  it("takes zero, the largest integers that a double can hold, and fractions", () => {
    expect(parseJson("[0,1e-130,9007199254740991,-9007199254740991,0.1,1e15,-2.5e-3]")).toEqual([
      0,
      1e-130,
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
      0.1,
      1e15,
      -0.0025,
    ]);
  });

  it("takes 100 levels and refuses 101, however deep the text goes on", () => {
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    const members = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    expect([nested(100), members(100)].map(refusalOf)).toEqual(["none", "none"]);
    expect([nested(101), members(101), nested(200_000)].map(refusalOf)).toEqual(
      Array(3).fill("not-an-event"),
    );
  });
});

describe("the canonical text", () => {
  it("is the same for the same data, in whatever order the keys were written", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonical(turned as Json)).toBe(canonical(object as Json));
      }),
    );
  });

  it("is another for other data: it can be read back", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = JSON.parse(text) as Json;
        expect(JSON.parse(canonical(value))).toEqual(value);
      }),
    );
  });

  it("keeps the order of a list", () => {
    expect(canonical([2, 1, { b: null, a: [] }])).toBe('[2,1,{"a":[],"b":null}]');
  });
});

describe("an object", () => {
  it("is neither a list nor null", () => {
    expect([{}, [], null, "text", 1, undefined].map(isObject)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
