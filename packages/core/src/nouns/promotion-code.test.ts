import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type PromotionCodeState, promotionCode } from "./promotion-code.ts";

const OBJECT = { object: "promotion_code", id: "promo_1" };

function project(changes: JsonObject): PromotionCodeState {
  return promotionCode.project({ ...OBJECT, ...changes }, "promotion_code.updated");
}

describe("a promotion code", () => {
  it("is the text by which someone gets a coupon, and how often", () => {
    const told = { code: "SPRING", active: true, customer: "cus_1", created: 50, metadata: { by: "ada" } };
    const limits = { expires_at: 900, max_redemptions: 100, times_redeemed: 7, restrictions: {} };
    const promotion = { type: "coupon", coupon: "25OFF" };
    expect(project({ ...told, ...limits, promotion })).toEqual({
      ...told,
      coupon: "25OFF",
      expiresAt: 900,
      maxRedemptions: 100,
      timesRedeemed: 7,
    });
  });

  it.each<[string, JsonObject]>([
    ["its own, as before clover", { coupon: { id: "25OFF", object: "coupon", percent_off: 25 } }],
    ["its promotion's", { promotion: { type: "coupon", coupon: "25OFF" } }],
    ["its promotion's, expanded", { promotion: { type: "coupon", coupon: { id: "25OFF" } } }],
    ["its promotion's beside an old one", { promotion: { coupon: "25OFF" }, coupon: { id: "10OFF" } }],
  ])("has one shape inside, whether the coupon is %s", (_, changes) => {
    expect(project(changes)).toEqual({ ...project({}), coupon: "25OFF" });
  });

  it("reads what is expanded as what is not", () => {
    expect(project({ customer: { id: "cus_1", email: null } })).toEqual(project({ customer: "cus_1" }));
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = project({});
    expect(new Set(Object.values({ ...nothing, metadata: null }))).toEqual(new Set([null]));
    const broken = { code: 5, active: "yes", customer: "", expires_at: "soon", max_redemptions: 1.5 };
    const more = { times_redeemed: "7", created: {}, metadata: null, promotion: "25OFF", coupon: {} };
    expect(project({ ...broken, ...more })).toEqual(nothing);
  });

  it("lives on its own, is found by its customer, has no status, and can be born again", () => {
    expect([promotionCode.name, promotionCode.home]).toEqual(["promotion-code", "own"]);
    expect(promotionCode.customerOf(project({ customer: "cus_1" }), "promo_1")).toBe("cus_1");
    expect(promotionCode.customerOf(project({}), "promo_1")).toBeNull();
    expect(promotionCode.statusOf(project({}))).toBeNull();
    expect(promotionCode.lifecycleOf(OBJECT).reusable).toBe(true);
  });
});
