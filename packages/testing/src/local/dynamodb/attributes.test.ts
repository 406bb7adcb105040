import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttributeValue, type Item, isPlainItem, itemBytes, sameItem } from "./attributes.ts";
import { validate } from "./dynalite.ts";
import { rules } from "./rules.ts";

const { item } = fc.letrec<{ value: AttributeValue; item: Item }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.record({ S: fc.string({ unit: "binary" }) }),
    fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }).map((n) => ({ N: String(n) })),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true }),
    tie("item").map((M) => ({ M })),
    fc.array(tie("value"), { maxLength: 4 }).map((L) => ({ L })),
  ),
  item: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie("value"), { maxKeys: 5, noNullPrototype: true }),
}));

/** What stays of an item when dynalite has validated it. */
const validated = (Item: Item) =>
  validate<{ Item: Item }>(rules.PutItem, { TableName: "Lanes", Item: structuredClone(Item) }).Item;

describe("a plain item", () => {
  it("is one that dynalite neither refuses nor rewrites", () => {
    fc.assert(
      fc.property(item, (plain) => {
        expect(isPlainItem(plain)).toBe(true);
        expect(validated(plain)).toEqual(plain);
        expect(sameItem(validated(plain), plain)).toBe(true);
      }),
    );
  });

  it.each([
    [{ a: { N: "01" } }],
    [{ a: { N: "1.50" } }],
    [{ a: { N: "-0" } }],
    [{ a: { N: 1 } }],
    [{ a: { N: "1".repeat(39) } }],
    [{ a: { S: 1 } }],
    [{ a: { S: "x", N: "1" } }],
    [{ a: {} }],
    [{ a: null }],
    [{ a: { NULL: false } }],
    [{ a: { SS: ["x"] } }],
    [{ a: { B: "eA==" } }],
    [{ a: { L: {} } }],
    [{ a: { M: [] } }],
    [{ a: { M: { b: { X: "?" } } } }],
    [[]],
    ["text"],
  ])("is not %j", (other) => {
    expect(isPlainItem(other)).toBe(false);
  });
});

describe("the bytes of an item", () => {
  // Measured to the byte on AWS: paritysuite/dynamodb-conformance, "A number's byte cost".
  it.each([
    ["0", 1],
    ["1", 2],
    ["12", 2],
    ["123", 3],
    ["-1", 3],
    ["123456", 4],
    ["3.14159", 5],
    ["1000", 2],
    ["1200000", 2],
    ["0.001", 2],
    [`1${"0".repeat(125)}`, 2],
  ])("count %s as %d", (number, bytes) => {
    expect(itemBytes({ n: { N: number } })).toBe("n".length + bytes);
  });

  it.each<[string, AttributeValue, number]>([
    ["text in UTF-8", { S: "äß€😀" }, 2 + 2 + 3 + 4],
    ["binary as raw bytes", { B: Buffer.from("12345").toString("base64") }, 5],
    ["true, false and null as one", { NULL: true }, 1],
    ["an empty map as three", { M: {} }, 3],
    [
      "a map as three, and one more for each entry",
      { M: { a: { S: "x" }, b: { BOOL: true } } },
      3 + 2 + 2 + 2,
    ],
    ["a list as three, and one more for each element", { L: [{ S: "xyz" }, { L: [] }] }, 3 + 2 + 3 + 3],
    ["a set as its elements", { SS: ["a", "bc"] }, 3],
    ["a set of numbers likewise", { NS: ["1", "1234"] }, 2 + 3],
    ["a set of binaries likewise", { BS: [Buffer.from("12").toString("base64")] }, 2],
  ])("count %s", (_case, value, bytes) => {
    expect(itemBytes({ ä: value })).toBe(2 + bytes);
  });
});

describe("two items", () => {
  it.each<[string, Item, Item, boolean]>([
    ["sets in another order", { a: { SS: ["x", "y"] } }, { a: { SS: ["y", "x"] } }, true],
    [
      "lists in another order",
      { a: { L: [{ S: "x" }, { S: "y" }] } },
      { a: { L: [{ S: "y" }, { S: "x" }] } },
      false,
    ],
    ["an attribute more", { a: { S: "x" } }, { a: { S: "x" }, b: { S: "y" } }, false],
    ["another type", { a: { S: "1" } }, { a: { N: "1" } }, false],
    ["a list for a map", { a: { M: {} } }, { a: { L: [] } }, false],
    [
      "deep down the same",
      { a: { M: { b: { L: [{ N: "1" }] } } } },
      { a: { M: { b: { L: [{ N: "1" }] } } } },
      true,
    ],
  ])("with %s", (_case, one, other, same) => {
    expect(sameItem(one, other)).toBe(same);
    expect(sameItem(other, one)).toBe(same);
  });
});
