import { describe, expect, it } from "vitest";
import { customer } from "./customer.ts";

const OBJECT = { object: "customer", id: "cus_1" };

describe("a customer", () => {
  it("is who they are to us, and what they owe or are owed", () => {
    const told = {
      email: "ada@example.com",
      name: "Ada",
      currency: "eur",
      balance: -500,
      delinquent: false,
      created: 1_700_000_000,
      metadata: { tier: "gold" },
    };
    const more = { livemode: false, invoice_prefix: "ABC", sources: { data: [{ id: "card_1" }] } };
    expect(customer.project({ ...OBJECT, ...told, ...more }, "customer.updated")).toEqual(told);
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = {
      email: null,
      name: null,
      currency: null,
      balance: null,
      delinquent: null,
      created: null,
      metadata: {},
    };
    expect(customer.project(OBJECT, "customer.deleted")).toEqual(nothing);
    const broken = {
      email: 5,
      name: {},
      currency: [],
      balance: 1.5,
      delinquent: "no",
      created: "now",
      metadata: "",
    };
    expect(customer.project({ ...OBJECT, ...broken }, "customer.updated")).toEqual(nothing);
  });

  it("lives with itself, and has no status", () => {
    const state = customer.project(OBJECT, "customer.created");
    expect([customer.home, customer.customerOf(state, "cus_1"), customer.statusOf(state)]).toEqual([
      "customer",
      "cus_1",
      null,
    ]);
  });
});
