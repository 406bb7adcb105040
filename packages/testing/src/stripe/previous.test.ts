import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlay, previousAttributes, returnsTo } from "./previous.ts";

const value = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.array(fc.integer()));
const metadata = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.string());
const object = fc.record({
  object: fc.constant("thing"),
  status: value,
  details: fc.oneof(fc.record({ reason: value, inner: fc.record({ code: value }) }), fc.constant(null)),
  list: fc.record({ data: fc.array(fc.record({ id: value })), has_more: fc.boolean() }),
  metadata,
});

describe("previous attributes", () => {
  it("laid over the object give it as it was before", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        expect(overlay(after, previousAttributes(before, after))).toEqual(before);
      }),
    );
  });

  it("name only what changed", () => {
    fc.assert(
      fc.property(object, (same) => {
        expect(previousAttributes(same, structuredClone(same))).toEqual({});
      }),
    );
    const before = { object: "thing", status: "open", details: { reason: null, code: 1 }, list: [1, 2] };
    const after = { object: "thing", status: "open", details: { reason: "late", code: 1 }, list: [1, 3] };
    expect(previousAttributes(before, after)).toEqual({ details: { reason: null }, list: [1, 2] });
  });

  it("show an object whole where there was none, and null where there is one now", () => {
    const [empty, full] = [
      { object: "thing", pause: null },
      { object: "thing", pause: { behavior: "void" } },
    ];
    expect(previousAttributes(full, empty)).toEqual({ pause: { behavior: "void" } });
    expect(previousAttributes(empty, full)).toEqual({ pause: null });
  });

  it("show a new metadata key as null", () => {
    const before = { object: "thing", metadata: { a: "1" } };
    const after = { object: "thing", metadata: { a: "1", b: "2" } };
    expect(previousAttributes(before, after)).toEqual({ metadata: { b: null } });
  });
});

describe("returning to an earlier value", () => {
  it("is told from the attributes that were named", () => {
    expect(returnsTo({ status: "open" }, { status: "open", name: "x" })).toBe(true);
    expect(returnsTo({ status: "open" }, { status: "paid", name: "x" })).toBe(false);
  });

  it("counts inside objects, for whole lists, and for a metadata key that is gone again", () => {
    expect(returnsTo({ list: { data: [{ id: 1 }] } }, { list: { data: [{ id: 1 }] } })).toBe(true);
    expect(returnsTo({ list: { data: [{ id: 1 }] } }, { list: { data: [{ id: 2 }] } })).toBe(false);
    expect(returnsTo({ metadata: { a: null } }, { metadata: {} })).toBe(true);
  });
});
