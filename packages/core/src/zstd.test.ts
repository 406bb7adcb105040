import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical, type JsonObject } from "./json.ts";
import type { Beside } from "./raw.ts";
import { DICTIONARIES, pack, unpack } from "./zstd.ts";

const BESIDE: Beside = {
  row: "pi_3KtoMeJDPojXS6LN0igeffJ6",
  part: "ch_3NvRb2Lkdlgw5KueT0vx9Qm2",
  state: { amount: 1000, invoice: "in_1MtHbELkdIwHu7ixl4OzzPMv" },
};

const OBJECT: JsonObject = {
  id: BESIDE.part,
  object: "charge",
  ...BESIDE.state,
  metadata: {},
  payment_intent: BESIDE.row,
  refunded: false,
};

/** Any text that a parsed body may hold, halves of a surrogate pair among them. */
const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\ud800", "a\udfffb", ""));
const anyName = anyText.filter((name) => name !== "__proto__");
const { members: anyObject } = fc.letrec<{ value: JsonObject[string]; members: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value")),
    tie("members"),
  ),
  members: fc.dictionary(anyName, tie("value"), { noNullPrototype: true }),
}));

const anyBeside = fc.record({ row: anyText, part: anyText, state: anyObject });

describe("a packed object", () => {
  it("is unpacked as it was, whatever it is, beside whatever state", () => {
    const property = fc.property(anyObject, anyBeside, (object, beside) => {
      expect(unpack(pack(object, beside), beside)).toEqual(object);
    });
    fc.assert(property, { numRuns: 300, seed: 1 });
  });

  it("is the same in whatever order its keys and those of its state were", () => {
    const reversed = (object: JsonObject) => Object.fromEntries(Object.entries(object).reverse());
    const beside = { ...BESIDE, state: reversed(BESIDE.state) };
    expect(pack(reversed(OBJECT), beside)).toEqual(pack(OBJECT, BESIDE));
  });

  it("may be as large as any event", () => {
    const large = { ...OBJECT, description: "é€𝄞".repeat(100_000) };
    expect(unpack(pack(large, BESIDE), BESIDE)).toEqual(large);
  });

  it.each<[string, Partial<Beside>]>([
    ["state", { state: { ...BESIDE.state, invoice: "in_1PgafmB7WZ01zgkW6dKueIc5" } }],
    ["part", { part: "ch_1PgafmB7WZ01zgkW6dKueIc5" }],
    ["row", { row: "pi_1PgafmB7WZ01zgkW6dKueIc5" }],
  ])("is nothing beside another %s than the one that tells a part of it", (_, other) => {
    expect(unpack(pack(OBJECT, BESIDE), { ...BESIDE, ...other })).toBeNull();
  });

  it("is nothing where bytes are missing, or another program wrote them", () => {
    const packed = pack(OBJECT, BESIDE);
    expect(packed[0]).toBe(1);
    for (const length of [0, 1, packed.length - 1])
      expect(unpack(packed.subarray(0, length), BESIDE)).toBeNull();
    expect(unpack(packed.with(0, 99), BESIDE)).toBeNull();
  });

  it("takes little where its state and Stripe's usual members say most of it", () => {
    expect(pack(OBJECT, BESIDE).length).toBeLessThan(canonical(OBJECT).length / 3);
  });
});

it("no dictionary ever changes, since rows are packed with it", () => {
  const hashes = [...DICTIONARIES].map(([version, dictionary]) => [
    version,
    createHash("sha256").update(dictionary).digest("base64url"),
  ]);
  expect(hashes).toEqual([[1, "t0ce9MQQei26UyjqCy0WGJRaJ48jc5G7wN7eUx0waOU"]]);
});
