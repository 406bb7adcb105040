// How often a coupon or a promotion code may be redeemed: requests are refused by it, and objects show it.
import type { Coupon, PromotionCode } from "./billing-records.ts";

export function isUsedUp({ maxRedemptions, timesRedeemed }: Coupon | PromotionCode): boolean {
  return maxRedemptions !== null && timesRedeemed >= maxRedemptions;
}
