import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type DiscountState, discount } from "./discount.ts";

const OBJECT = { object: "discount", id: "di_1" };

function project(changes: JsonObject): DiscountState {
  return discount.project({ ...OBJECT, ...changes }, "customer.discount.updated");
}

describe("a discount", () => {
  it("is which coupon is applied to what, and for how long", () => {
    const told = { customer: "cus_1", subscription: "sub_1", invoice: "in_1", start: 100, end: 200 };
    const from = { promotion_code: "promo_1", source: { type: "coupon", coupon: "25OFF" } };
    expect(project({ ...told, ...from, checkout_session: null })).toEqual({
      ...told,
      coupon: "25OFF",
      promotionCode: "promo_1",
    });
  });

  it.each<[string, JsonObject]>([
    ["its own, as before clover", { coupon: { id: "25OFF", object: "coupon", percent_off: 25 } }],
    ["its source's", { source: { type: "coupon", coupon: "25OFF" } }],
    ["its source's, expanded", { source: { type: "coupon", coupon: { id: "25OFF", object: "coupon" } } }],
    ["its source's beside an old one", { source: { coupon: "25OFF" }, coupon: { id: "10OFF" } }],
  ])("has one shape inside, whether the coupon is %s", (_, changes) => {
    expect(project(changes)).toEqual({ ...project({}), coupon: "25OFF" });
  });

  it("reads what is expanded as what is not", () => {
    const bare = { customer: "cus_1", subscription: "sub_1", invoice: "in_1", promotion_code: "promo_1" };
    const expanded = Object.entries(bare).map(([name, id]) => [name, { id, object: name }]);
    expect(project(Object.fromEntries(expanded))).toEqual(project(bare));
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = project({});
    expect(new Set(Object.values(nothing))).toEqual(new Set([null]));
    const broken = { customer: 5, subscription: "", invoice: [], promotion_code: {}, start: "now", end: 1.5 };
    expect(project({ ...broken, source: "25OFF", coupon: null })).toEqual(nothing);
  });

  it("lives on its own, is found by its customer, and has no status", () => {
    expect(discount.home).toBe("own");
    expect(discount.customerOf(project({ customer: "cus_1" }), "di_1")).toBe("cus_1");
    expect(discount.customerOf(project({ customer: null }), "di_1")).toBeNull();
    expect(discount.statusOf(project({}))).toBeNull();
  });

  it("is gone for good once it is deleted", () => {
    expect(discount.outlivesDeletion).toBeUndefined();
    expect(discount.lifecycleOf(OBJECT).reusable).toBeUndefined();
  });
});
