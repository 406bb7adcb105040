import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type CouponState, coupon } from "./coupon.ts";

const OBJECT = { object: "coupon", id: "25OFF" };

function project(changes: JsonObject): CouponState {
  return coupon.project({ ...OBJECT, ...changes }, "coupon.updated");
}

describe("a coupon", () => {
  it("is how much is taken off, for how long and how often", () => {
    const told = { name: "Spring", currency: "eur", duration: "repeating", valid: true, created: 50 };
    const off = { amount_off: 500, percent_off: null, duration_in_months: 3 };
    const limits = { max_redemptions: 100, times_redeemed: 7, redeem_by: 900 };
    const metadata = { campaign: "spring" };
    expect(project({ ...told, ...off, ...limits, metadata, applies_to: { products: ["prod_1"] } })).toEqual({
      ...told,
      amountOff: 500,
      percentOff: null,
      durationInMonths: 3,
      maxRedemptions: 100,
      timesRedeemed: 7,
      redeemBy: 900,
      metadata,
    });
  });

  it.each([25, 33.33, 0.5, 100])("may take off %d percent", (percent) => {
    expect(project({ percent_off: percent }).percentOff).toBe(percent);
  });

  it("takes off no fraction of a minor unit", () => {
    expect(project({ amount_off: 0.5 }).amountOff).toBeNull();
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = project({});
    expect(new Set(Object.values({ ...nothing, metadata: null }))).toEqual(new Set([null]));
    const broken = { name: 5, percent_off: "25", amount_off: "5", currency: 1, duration: {}, valid: "true" };
    const more = { duration_in_months: 1.5, max_redemptions: [], times_redeemed: "7", redeem_by: "soon" };
    expect(project({ ...broken, ...more, created: null, metadata: null })).toEqual(nothing);
  });

  it("lives on its own, has no status, and can be born again", () => {
    const state = project({});
    expect([coupon.home, coupon.customerOf(state, "25OFF"), coupon.statusOf(state)]).toEqual([
      "own",
      null,
      null,
    ]);
    expect(coupon.lifecycleOf(OBJECT).reusable).toBe(true);
  });
});
