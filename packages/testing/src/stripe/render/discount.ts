// Coupons, promotion codes and discounts. Since clover the latter two name their coupon by its id.
import type { Coupon, Discount, PromotionCode } from "../billing-records.ts";
import { isUsedUp } from "../redemptions.ts";
import type { View } from "./list.ts";

export function renderCoupon(coupon: Coupon, { options }: View) {
  return {
    id: coupon.id,
    object: "coupon",
    amount_off: coupon.amountOff,
    created: coupon.created,
    currency: coupon.currency,
    duration: coupon.duration,
    duration_in_months: coupon.durationInMonths,
    livemode: options.livemode,
    max_redemptions: coupon.maxRedemptions,
    metadata: { ...coupon.metadata },
    name: coupon.name,
    percent_off: coupon.percentOff,
    redeem_by: null,
    times_redeemed: coupon.timesRedeemed,
    valid: !coupon.deleted && !isUsedUp(coupon),
  };
}

export function renderPromotionCode(code: PromotionCode, view: View) {
  const promotion = { promotion: { coupon: code.coupon.id, type: "coupon" } };
  return {
    id: code.id,
    object: "promotion_code",
    ...(view.shape.promotionOfCode ? promotion : { coupon: renderCoupon(code.coupon, view) }),
    active: code.active && !isUsedUp(code),
    code: code.code,
    created: code.created,
    customer: code.customer,
    customer_account: null,
    expires_at: null,
    livemode: view.options.livemode,
    max_redemptions: code.maxRedemptions,
    metadata: { ...code.metadata },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: code.timesRedeemed,
  };
}

export function renderDiscount(discount: Discount, view: View) {
  const source = { source: { coupon: discount.coupon.id, type: "coupon" } };
  return {
    id: discount.id,
    object: "discount",
    ...(view.shape.discountSource ? source : { coupon: renderCoupon(discount.coupon, view) }),
    checkout_session: null,
    customer: discount.customer,
    customer_account: null,
    end: discount.end,
    invoice: null,
    invoice_item: null,
    promotion_code: discount.promotionCode,
    start: discount.created,
    subscription: discount.subscription,
    subscription_item: null,
  };
}

/** As a subscription or an invoice shows its discount: by id, and until basil also whole. */
export function discountOn(discount: Discount | null, view: View) {
  const discounts = discount === null ? [] : [discount.id];
  if (view.shape.stackableDiscounts) return { discounts };
  return { discount: discount === null ? null : renderDiscount(discount, view), discounts };
}
