import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { describe, expect, it } from "vitest";
import { rowOf, type StripeEvent } from "./state.ts";

const event = (object: StripeEvent["data"]["object"]): StripeEvent => ({
  id: "evt_1",
  type: "x.updated",
  created: 1_780_000_000,
  data: { object },
});

describe("the row of an event", () => {
  it("is in the partition of the customer that its object names", () => {
    const row = rowOf(event({ object: "invoice", id: "in_1", customer: "cus_1", status: "paid" }));
    expect(row).toEqual({ pk: "cus_1", sk: "invoice#in_1", asOf: 1_780_000_000, status: "paid" });
  });

  it("is in a partition of its own where its object names no customer", () => {
    expect(rowOf(event({ object: "product", id: "prod_1", customer: null }))).toMatchObject({ pk: "prod_1" });
    expect(rowOf(event({ object: "balance" }))).toMatchObject({ pk: "balance", sk: "balance#balance" });
  });

  it("has a subscription's prices", () => {
    const items = { data: [{ price: { id: "price_1" }, quantity: 3 }, { price: { id: "price_2" } }] };
    expect(rowOf(event({ object: "subscription", id: "sub_1", customer: "cus_1", items })).prices).toEqual([
      { price: "price_1", quantity: 3 },
      { price: "price_2", quantity: 1 },
    ]);
  });

  it("fits into one write unit, for every event of a billing day", () => {
    const rows = traffic({ seed: 1, events: 1_000 }).events.map((told) =>
      rowOf(told as unknown as StripeEvent),
    );
    expect(Math.max(...rows.map((row) => JSON.stringify(row).length))).toBeLessThan(1_000);
  });
});
