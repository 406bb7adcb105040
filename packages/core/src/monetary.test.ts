import { expect, it } from "vitest";
import { monetary } from "./monetary.ts";

it("an amount of credits is so much of a currency, and nothing where it is no money", () => {
  const nothing = { amount: null, currency: null };
  const told = { type: "monetary", monetary: { currency: "usd", value: 5000 } };
  expect(monetary(told)).toEqual({ amount: 5000, currency: "usd" });
  expect([monetary({ type: "other", monetary: null }), monetary(5000), monetary(undefined)]).toEqual([
    nothing,
    nothing,
    nothing,
  ]);
});
