// A promotion code: the text by which a customer gets a coupon.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { flag, integer, member, metadata, text } from "../fields.ts";
import { REUSABLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

/** All times are seconds since the epoch. */
export type PromotionCodeState = {
  /** What the customer types: upper or lower case is the same to Stripe. */
  code: string | null;
  active: boolean | null;
  coupon: string | null;
  /** The only one who may use it; null where anyone may. */
  customer: string | null;
  expiresAt: number | null;
  maxRedemptions: number | null;
  timesRedeemed: number | null;
  created: number | null;
  metadata: Record<string, string>;
};

/** Since 2025-09-30.clover the coupon is its promotion's, before its own. */
function project(object: StripeObject): PromotionCodeState {
  return {
    code: text(object.code),
    active: flag(object.active),
    coupon: referenceId(member(object.promotion, "coupon")) ?? referenceId(object.coupon),
    customer: customerOf(object),
    expiresAt: integer(object.expires_at),
    maxRedemptions: integer(object.max_redemptions),
    timesRedeemed: integer(object.times_redeemed),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

export const promotionCode: Noun<PromotionCodeState> = {
  name: "promotion-code",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: () => null,
  lifecycleOf: () => REUSABLE,
};
