import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type CustomerState, customer } from "./customer.ts";

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

  it.each<[string, JsonObject, Partial<CustomerState>]>([
    [
      "their payment method",
      { invoice_settings: { default_payment_method: "pm_1" }, default_source: "card_1" },
      { defaultPaymentMethod: "pm_1" },
    ],
    [
      "an expanded one",
      { invoice_settings: { default_payment_method: { id: "pm_1" } } },
      { defaultPaymentMethod: "pm_1" },
    ],
    [
      "their source, where there is no payment method",
      { invoice_settings: { default_payment_method: null }, default_source: "card_1" },
      { defaultPaymentMethod: "card_1" },
    ],
    ["their phone", { phone: "+4912345" }, { phone: "+4912345" }],
    [
      "what is known of their address",
      { address: { country: "DE", postal_code: "10115", line2: null, state: "" } },
      { country: "DE" },
    ],
    ["whether taxes are collected", { tax_exempt: "reverse" }, { taxExempt: "reverse" }],
    ["their languages in order", { preferred_locales: ["de", "en"] }, { preferredLocales: ["de", "en"] }],
    ["the account that they are", { customer_account: "acct_1" }, { customerAccount: "acct_1" }],
  ])("says %s, where there is one", (_, told, known) => {
    const nothing = customer.project(OBJECT, "customer.updated");
    expect(customer.project({ ...OBJECT, ...told }, "customer.updated")).toEqual({ ...nothing, ...known });
  });

  it("has no members for what most customers do not have", () => {
    const without = { invoice_settings: { default_payment_method: null }, default_source: null, phone: null };
    const more = {
      address: { line1: null },
      tax_exempt: "none",
      preferred_locales: [],
      customer_account: null,
    };
    expect(customer.project({ ...OBJECT, ...without, ...more }, "customer.created")).toEqual(
      customer.project(OBJECT, "customer.created"),
    );
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
