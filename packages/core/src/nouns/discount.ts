// A discount: a coupon as it is applied to a customer, a subscription or an invoice.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { integer, member } from "../fields.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type DiscountState = {
  customer: string | null;
  subscription: string | null;
  invoice: string | null;
  coupon: string | null;
  promotionCode: string | null;
  /** Seconds since the epoch; `end` is null where it has none. */
  start: number | null;
  end: number | null;
};

/** "Adds the Discount source property and removes the Discount coupon property": since 2025-09-30.clover. */
function project(object: StripeObject): DiscountState {
  return {
    customer: customerOf(object),
    subscription: referenceId(object.subscription),
    invoice: referenceId(object.invoice),
    coupon: referenceId(member(object.source, "coupon")) ?? referenceId(object.coupon),
    promotionCode: referenceId(object.promotion_code),
    start: integer(object.start),
    end: integer(object.end),
  };
}

/** Its id is never used again, so `customer.discount.deleted` is a tombstone. */
export const discount: Noun<DiscountState> = {
  name: "discount",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
