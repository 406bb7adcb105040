import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadCursor, turnOf } from "./paging.ts";

const READ = ["timeline", "acct_1", "cus_1"];

function cursorAt(position: string): string {
  return turnOf<string>(READ, {}).page([], position).next ?? "";
}

describe("a cursor", () => {
  it("brings its read back to the position it was given for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (position) => {
        expect(turnOf<string>(READ, { after: cursorAt(position) }).from).toBe(position);
      }),
    );
  });

  it("is a text that fits into a URL", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (position) => {
        expect(cursorAt(position)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it("is refused by another read, and by the same one of another tenant or subject", () => {
    const after = cursorAt("here");
    for (const other of [
      ["customerState", "acct_1", "cus_1"],
      ["timeline", "acct_2", "cus_1"],
      ["timeline", "acct_1"],
    ]) {
      expect(() => turnOf(other, { after })).toThrow(BadCursor);
    }
  });

  it("is refused, with one error that names the read, when it is damaged or made up", () => {
    const good = cursorAt("here");
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const deep = Buffer.from("[".repeat(50_000)).toString("base64url");
    for (const after of [
      "",
      "x",
      good.slice(0, -4),
      good.slice(4),
      deep,
      made(null),
      made(["seal"]),
      made(["seal", "here"]),
    ]) {
      expect(() => turnOf(READ, { after })).toThrow(BadCursor);
      expect(() => turnOf(READ, { after })).toThrow("not one that timeline gave for the same arguments");
    }
  });

  it("is missing from the last page", () => {
    expect(turnOf(READ, {}).page(["last"], undefined)).toEqual({ found: ["last"] });
  });
});

describe("a page's limit", () => {
  it("is a hundred unless told, and told from 1 to 100", () => {
    expect(turnOf(READ, {}).limit).toBe(100);
    expect([1, 100].map((limit) => turnOf(READ, { limit }).limit)).toEqual([1, 100]);
  });

  it("is refused where it is anything else", () => {
    for (const limit of [0, 101, -1, 1.5, Number.NaN]) {
      expect(() => turnOf(READ, { limit })).toThrow(RangeError);
    }
  });
});
