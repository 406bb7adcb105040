import { describe, expect, it } from "vitest";
import type { Json } from "./json.ts";
import { isWhole } from "./list.ts";

const ONE = [{ id: "il_1" }];

const LISTS: readonly [string, Json | undefined, boolean][] = [
  ["a bare array", ONE, true],
  ["an empty array", [], true],
  ["a list without more", { object: "list", data: ONE, has_more: false }, true],
  ["an empty list", { object: "list", data: [], has_more: false }, true],
  ["a list that does not say", { data: ONE }, true],
  ["a list that has as many as were counted", { data: ONE, has_more: false, total_count: 1 }, true],
  ["a list that was not counted", { data: ONE, has_more: false, total_count: null }, true],
  ["a list with more", { object: "list", data: ONE, has_more: true }, false],
  ["an empty list with more", { object: "list", data: [], has_more: true }, false],
  ["a list of which more were counted", { data: ONE, has_more: false, total_count: 2 }, false],
  ["a list of which more were counted, that does not say", { data: ONE, total_count: 2 }, false],
  ["a list without entries", { object: "list", has_more: false }, false],
  ["a list whose entries are no array", { data: "none", has_more: false }, false],
  ["an empty object", {}, false],
  ["a text", "", false],
  ["null", null, false],
  ["nothing", undefined, false],
];

describe("whether a list inside a Stripe object is whole", () => {
  it.each(LISTS)("is told of %s", (_, list, expected) => {
    expect(isWhole(list)).toBe(expected);
  });
});
