import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributesBeside } from "./attributes.ts";

const LARGEST_MESSAGE = 1_048_576;
const ALLOWED = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]+$/u;

const textOf = (value: string) => attributesBeside("{}", { value }).value?.StringValue;

describe("an attribute", () => {
  it.each([
    ["a NUL", "\u{0}"],
    ["an escape", "\u{1b}"],
    ["half of a pair", "\u{d83d}"],
    ["the other half", "\u{de00}"],
    ["no character", "\u{ffff}"],
  ])("has %s replaced", (_, character) => {
    expect(textOf(`a${character}b`)).toBe("a\u{fffd}b");
  });

  it("keeps everything else", () => {
    const text = "TypeError: x\n\tat ü\r\n\u{1f600}\u{7f}\u{e000}";
    expect(textOf(text)).toBe(text);
  });

  it("is something that SQS takes, whatever the text was", () => {
    const anything = fc.string({
      unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
      minLength: 1,
    });
    fc.assert(fc.property(anything, (text) => ALLOWED.test(textOf(text) ?? "")));
  });

  it("is left out where there is nothing to say: SQS takes none that is empty", () => {
    expect(attributesBeside("{}", { reason: "crash", eventId: undefined, eventType: "" })).toEqual({
      reason: { DataType: "String", StringValue: "crash" },
    });
  });
});

describe("attributes beside a body that leaves little room", () => {
  const bodyThatLeaves = (bytes: number) => "ü".repeat((LARGEST_MESSAGE - bytes) / 2);

  it("are those that fit, the first ones first", () => {
    const size = "reason".length + "String".length + "crash".length;
    const values = { reason: "crash", error: "far too long", lane: "a" };
    expect(Object.keys(attributesBeside(bodyThatLeaves(64), values))).toEqual(["reason", "error", "lane"]);
    expect(Object.keys(attributesBeside(bodyThatLeaves(30), values))).toEqual(["reason", "lane"]);
    expect(Object.keys(attributesBeside(bodyThatLeaves(size + 1), values))).toEqual(["reason"]);
    expect(attributesBeside(bodyThatLeaves(0), values)).toEqual({});
  });
});
