// A coupon: how much is taken off, for how long, and how often it may be used.
import type { StripeObject } from "../event.ts";
import { flag, integer, metadata, text } from "../fields.ts";
import type { Json } from "../json.ts";
import { REUSABLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

/** All times are seconds since the epoch. */
export type CouponState = {
  name: string | null;
  /** May be a fraction; null where an amount is taken off. */
  percentOff: number | null;
  /** Minor units of `currency`; null where a percentage is taken off. */
  amountOff: number | null;
  currency: string | null;
  /** Stripe's `forever`, `once` or `repeating`; the last for so many months. */
  duration: string | null;
  durationInMonths: number | null;
  maxRedemptions: number | null;
  timesRedeemed: number | null;
  redeemBy: number | null;
  /** Whether it can still be applied. */
  valid: boolean | null;
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): CouponState {
  return {
    name: text(object.name),
    percentOff: percentage(object.percent_off),
    amountOff: integer(object.amount_off),
    currency: text(object.currency),
    duration: text(object.duration),
    durationInMonths: integer(object.duration_in_months),
    maxRedemptions: integer(object.max_redemptions),
    timesRedeemed: integer(object.times_redeemed),
    redeemBy: integer(object.redeem_by),
    valid: flag(object.valid),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

function percentage(value: Json | undefined): number | null {
  return typeof value === "number" ? value : null;
}

export const coupon: Noun<CouponState> = {
  name: "coupon",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: () => null,
  lifecycleOf: () => REUSABLE,
};
