import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("the nearest name", () => {
  it.each([
    ["outge", "outage"],
    ["redrives", "redrive"],
    ["", "sweep"],
  ])("to %j is %j", (word, name) => {
    expect(nearest(word, ["outage", "sweep", "redrive"])).toBe(name);
  });

  it("to a name is the name itself", () => {
    const names = fc.uniqueArray(fc.string(), { minLength: 1 });
    fc.assert(fc.property(names, (known) => known.every((name) => nearest(name, known) === name)));
  });

  it("is one edit away where a letter is wrong, missing or too many", () => {
    const known = ["delivered-twice", "killed-before", "write-conflict"];
    for (const word of ["killed-befora", "killed-befor", "kkilled-before"]) {
      expect(nearest(word, known)).toBe("killed-before");
    }
  });

  it("is not to be had among no names", () => {
    expect(() => nearest("outage", [])).toThrow(RangeError);
  });
});
