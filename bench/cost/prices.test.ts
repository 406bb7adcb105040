import { describe, expect, it } from "vitest";
import { costOf, PRICE_NAMES, PRICES } from "./prices.ts";

describe("the price list", () => {
  it("has every price that the model asks for, and no other", () => {
    expect(Object.keys(PRICES.prices).sort()).toEqual([...PRICE_NAMES].sort());
  });

  it("says where and on which day it holds", () => {
    expect(PRICES.region).toBe("us-east-1");
    expect(PRICES.read).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it.each(PRICE_NAMES)("has an amount, a unit and a source for %s", (name) => {
    const { dollars, per, unit, source } = PRICES.prices[name];
    expect(dollars).toBeGreaterThan(0);
    expect(per).toBeGreaterThanOrEqual(1);
    expect(unit).not.toBe("");
    expect(source).toMatch(/^https:\/\/|^from memory: not looked up$/);
  });

  it("is of so many units for so many dollars", () => {
    expect(costOf(3_000_000, "sqsFifoRequests", PRICES)).toBeCloseTo(1.5);
    expect(costOf(2, "dashboards", PRICES)).toBe(6);
  });
});
