import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type InvoiceItemState, invoiceItem } from "./invoice-item.ts";

const OBJECT = {
  object: "invoiceitem",
  id: "ii_1",
  amount: 900,
  currency: "usd",
  customer: "cus_1",
  date: 100,
  description: "Seats",
  invoice: null,
  metadata: { why: "upgrade" },
  period: { start: 100, end: 200 },
  proration: true,
  quantity: 3,
};

const PRICE = { id: "price_1", object: "price", product: "prod_1" };
const UNIT = { unit_amount: 300, unit_amount_decimal: "300" };
const SUBSCRIPTION = { subscription: "sub_1", subscription_item: "si_1" };

const BEFORE_BASIL = { ...OBJECT, ...UNIT, ...SUBSCRIPTION, plan: null, price: PRICE };
const SINCE_BASIL = {
  ...OBJECT,
  parent: { type: "subscription_details", subscription_details: SUBSCRIPTION },
  pricing: {
    type: "price_details",
    price_details: { price: "price_1", product: "prod_1" },
    unit_amount_decimal: "300",
  },
};

const STATE: InvoiceItemState = {
  customer: "cus_1",
  currency: "usd",
  amount: 900,
  price: "price_1",
  quantity: 3,
  unitAmount: 300,
  invoice: null,
  subscription: "sub_1",
  subscriptionItem: "si_1",
  periodStart: 100,
  periodEnd: 200,
  proration: true,
  description: "Seats",
  created: 100,
  metadata: { why: "upgrade" },
};

const project = (object: JsonObject) =>
  invoiceItem.project({ ...object, object: "invoiceitem" }, "invoiceitem.created");

describe("an invoice item", () => {
  it.each<[string, JsonObject]>([
    ["2020-08-27", { ...BEFORE_BASIL, price: null, plan: { ...PRICE, object: "plan" } }],
    ["2022-11-15", BEFORE_BASIL],
    ["2024-09-30.acacia", BEFORE_BASIL],
    ["2025-03-31.basil", SINCE_BASIL],
    ["2026-10-28.endive", { ...SINCE_BASIL, net_amount: 900, quantity_decimal: "3" }],
  ])("is what the next invoice charges besides, as %s tells it", (_, object) => {
    expect(project(object)).toEqual(STATE);
  });

  it.each([
    ["before basil", { ...BEFORE_BASIL, unit_amount: null, unit_amount_decimal: "0.5" }],
    ["since basil", { ...SINCE_BASIL, pricing: { ...SINCE_BASIL.pricing, unit_amount_decimal: "0.5" } }],
  ])("has a unit amount that is no whole number as text, %s", (_, object) => {
    expect(project(object)).toEqual({ ...STATE, unitAmount: null, unitAmountDecimal: "0.5" });
  });

  it("names the invoice that it is on by now", () => {
    expect(project({ ...SINCE_BASIL, invoice: { id: "in_1" } }).invoice).toBe("in_1");
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = project({ id: "ii_1", pricing: "cheap", parent: [], period: 5, amount: 1.5 });
    expect(nothing).toEqual({
      ...Object.fromEntries(Object.keys(STATE).map((name) => [name, null])),
      subscriptionItem: undefined,
      metadata: {},
    });
  });

  it("lives on its own, names its customer and has no status", () => {
    expect([invoiceItem.home, invoiceItem.customerOf(STATE, "ii_1"), invoiceItem.statusOf(STATE)]).toEqual([
      "own",
      "cus_1",
      null,
    ]);
    expect(invoiceItem.lifecycleOf({ object: "invoiceitem" }).reusable).toBeUndefined();
  });
});
