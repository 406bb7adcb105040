import { describe, expect, it } from "vitest";
import type { Counter } from "../row.ts";
import { stockFacts } from "./stock.ts";

const counter = (amounts: Record<string, number>): Counter => ({
  key: { pk: "t#price_1", sk: "stock" },
  identity: { tenant: "t", noun: "stock", id: "price_1", customer: null },
  amounts,
});
const limited = (sold: number, capacity = 10) => counter({ sold, capacity, limited: 1 });
const names = (before: Counter | undefined, after: Counter) =>
  stockFacts(before, after).map(({ name, detail }) => [name, detail.by]);

describe("a stock", () => {
  it("is oversold by what is sold over its capacity", () => {
    const detail = { by: 2, oversold: 3, sold: 13, capacity: 10 };
    const told = {
      name: "stock.oversold",
      tenant: "t",
      noun: "stock",
      id: "price_1",
      customer: null,
      detail,
    };
    expect(stockFacts(limited(11), limited(13))).toEqual([told]);
  });

  it("is oversold where it is first counted so, and where its capacity is lowered", () => {
    expect(names(undefined, limited(11))).toEqual([["stock.oversold", 1]]);
    expect(names(limited(10), limited(10, 4))).toEqual([["stock.oversold", 6]]);
  });

  it("says nothing within its capacity, while it recovers or where it has none", () => {
    expect(names(limited(9), limited(10))).toEqual([]);
    expect(names(limited(13), limited(12))).toEqual([]);
    expect(names(limited(13), limited(13))).toEqual([]);
    expect(names(undefined, counter({ sold: 1000 }))).toEqual([]);
  });
});
