import { describe, expect, it } from "vitest";
import { batchesOf } from "../batches.ts";
import { customersIn, eventOf } from "./fixtures/told.ts";
import { customersOf, inBatchesOf } from "./mixes.ts";

describe("events per customer", () => {
  it.each([1, 10, 100])("%i: as many customers as it takes, and each event once", (each) => {
    const bodies = customersOf(500, each);
    expect(new Set(bodies.map(eventOf)).size).toBe(500);
    expect(customersIn(bodies).size).toBe(500 / each);
  });

  it("are five customers' in each batch, whoever has more than one", () => {
    for (const batch of batchesOf(customersOf(1000, 100))) {
      expect(customersIn(batch).size).toBeGreaterThanOrEqual(4);
      expect(customersIn(batch).size).toBeLessThanOrEqual(5);
    }
  });
});

describe("customers per batch", () => {
  it.each([1, 2, 5, 10])("%i: so many share each batch", (customers) => {
    const sizes = batchesOf(inBatchesOf(customers)).map((batch) => customersIn(batch).size);
    expect(Math.max(...sizes)).toBe(customers);
    expect(sizes.filter((size) => size === customers).length).toBeGreaterThan(sizes.length * 0.8);
  });

  it("are the same events, whoever shares a batch", () => {
    const events = (customers: number) => inBatchesOf(customers).map(eventOf).toSorted();
    expect(events(10)).toEqual(events(1));
  });
});
