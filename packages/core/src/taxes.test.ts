import { expect, it } from "vitest";
import { sumOfTaxes } from "./taxes.ts";

it.each([
  [[{ amount: 150 }, { amount: 50 }], 200],
  [[{ amount: 0 }], 0],
  [[], null],
  [null, null],
  [undefined, null],
  [[{ amount: 150 }, { amount: "50" }, { amount: 1 }], null],
])("the taxes %j come to %j", (taxes, sum) => {
  expect(sumOfTaxes(taxes)).toBe(sum);
});
