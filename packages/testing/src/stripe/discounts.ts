// Discounts: coupons as customers have them, on everything or on one subscription.
import type { Coupon, Discount } from "./billing-records.ts";
import { intervalsAfter } from "./calendar.ts";
import { redeem } from "./coupons.ts";
import { emit } from "./emit.ts";
import { tellSubscription } from "./entitlements.ts";
import type { Customer, Invoice, Subscription } from "./records.ts";
import { change, create, find, newId, type Sandbox, schedule } from "./sandbox.ts";

/** Of a customer, or of one subscription; by a promotion code's id, or a coupon's. */
export type NewDiscount = {
  customer: string;
  subscription?: string;
  coupon?: string;
  promotionCode?: string;
};

/** @throws Error when there is a discount, or the coupon may not be redeemed any more. */
export function applyDiscount(sandbox: Sandbox, params: NewDiscount): Discount {
  const { customer, subscription = null } = params;
  if (holder(sandbox, { customer, subscription }).discount !== null) throw new Error("There is a discount.");
  const code =
    params.promotionCode === undefined ? null : find(sandbox, "promotion_code", params.promotionCode);
  const coupon = redeem(sandbox, { coupon: code?.coupon.id ?? params.coupon ?? "", code });
  const discount = create(sandbox, {
    object: "discount",
    id: newId(sandbox, "di_1", 23),
    created: sandbox.now,
    customer,
    subscription,
    promotionCode: code?.id ?? null,
    ...lasting(sandbox, coupon),
    deleted: false,
  });
  emit(sandbox, discount, "customer.discount.created");
  put(sandbox, discount, discount);
  return discount;
}

/** Another coupon in place of the one that a discount came of. */
export function switchCoupon(sandbox: Sandbox, id: string, coupon: string): Discount {
  const redeemed = redeem(sandbox, { coupon, code: null });
  const changed = change(sandbox, existing(sandbox, id), {
    ...lasting(sandbox, redeemed),
    promotionCode: null,
  });
  emit(sandbox, changed, "customer.discount.updated");
  put(sandbox, changed, changed);
  return changed;
}

export function removeDiscount(sandbox: Sandbox, id: string): Discount {
  const removed = change(sandbox, existing(sandbox, id), { deleted: true });
  emit(sandbox, removed, "customer.discount.deleted");
  put(sandbox, removed, null);
  return removed;
}

function existing(sandbox: Sandbox, id: string): Discount {
  const discount = find(sandbox, "discount", id);
  if (discount.deleted) throw new Error(`The discount ${id} is deleted.`);
  return discount;
}

/** From now on; one that ends is taken away when its time has come. */
function lasting(sandbox: Sandbox, coupon: Coupon): Pick<Discount, "coupon" | "end"> {
  const { durationInMonths: months } = coupon;
  return { coupon, end: months === null ? null : intervalsAfter(sandbox.now, "month", months) };
}

function holder(
  sandbox: Sandbox,
  { customer, subscription }: Pick<Discount, "customer" | "subscription">,
): Customer | Subscription {
  if (subscription === null) return find(sandbox, "customer", customer);
  return find(sandbox, "subscription", subscription);
}

function put(
  sandbox: Sandbox,
  { id, end, customer, subscription }: Discount,
  discount: Discount | null,
): void {
  const changed = change(sandbox, holder(sandbox, { customer, subscription }), { discount });
  if (changed.object === "customer") emit(sandbox, changed, "customer.updated");
  else tellSubscription(sandbox, changed, "customer.subscription.updated");
  if (discount === null || end === null) return;
  schedule(sandbox, end, () => {
    const current = find(sandbox, "discount", id);
    const isOver = current.deleted || isGone(holder(sandbox, current));
    if (!isOver && current.end === end) removeDiscount(sandbox, id);
  });
}

function isGone(one: Customer | Subscription): boolean {
  return one.object === "customer" ? one.deleted : one.endedAt !== null;
}

/** What an invoice is worth less by the discount on it. */
export function discounted(
  discount: Discount | null,
  subtotal: number,
  currency: string,
): Invoice["discounted"] {
  if (discount === null || subtotal <= 0) return null;
  const { percentOff, amountOff, currency: own } = discount.coupon;
  if (percentOff !== null) return { discount, amount: Math.round((subtotal * percentOff) / 100) };
  return own === currency ? { discount, amount: Math.min(subtotal, amountOff ?? 0) } : null;
}
