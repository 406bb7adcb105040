import { expect, it } from "vitest";
import { customersIn } from "./fixtures/told.ts";
import { lanesOf } from "./lanes.ts";

it("gives each lane as many batches, of customers of its own", () => {
  const lanes = lanesOf(4);
  expect(new Set(lanes.map(({ length }) => length)).size).toBe(1);
  expect(lanes.flat().every(({ length }) => length === 10)).toBe(true);
  const customers = lanes.map((lane) => customersIn(lane.flat()));
  expect(new Set(customers.flatMap((own) => [...own])).size).toBe(
    customers.reduce((sum, { size }) => sum + size, 0),
  );
});
