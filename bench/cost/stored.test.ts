import { describe, expect, it } from "vitest";
import { storedBytes } from "./stored.ts";

const KEYS = { pk: { S: "main#cus_1" }, sk: { S: "subscription#sub_1" } };
/** Names and values. */
const KEY_BYTES = 2 + 10 + 2 + 18;
const INDEXED = { gsi1pk: { S: "main#sub_1" }, gsi1sk: { S: "subscription" } };
const INDEXED_BYTES = 6 + 10 + 6 + 12;

describe("an item that is stored", () => {
  it("weighs a hundred bytes more than its names and values", () => {
    expect(storedBytes({ ...KEYS, n: { S: "abc" } })).toBe(KEY_BYTES + 4 + 100);
  });

  it("weighs its keys once more for each index that lists it", () => {
    const item = { ...KEYS, ...INDEXED };
    expect(storedBytes(item)).toBe(2 * (KEY_BYTES + INDEXED_BYTES + 100));
    expect(storedBytes({ ...item, n: { S: "abc" } })).toBe(2 * (KEY_BYTES + INDEXED_BYTES + 100) + 4);
  });
});
