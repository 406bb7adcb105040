// The truth about what is sold, and for how much less.
import type { Coupon, Discount, InvoiceItem, PromotionCode } from "../billing-records.ts";
import type { Plan, Price, Product } from "../catalog-records.ts";
import type { RowTable, TruthRow } from "./row.ts";

export const CATALOG_ROWS: RowTable = {
  product: productRow,
  price: priceRow,
  plan: planRow,
  invoiceitem: invoiceItemRow,
  coupon: couponRow,
  discount: discountRow,
  promotion_code: promotionCodeRow,
};

/** What belongs to no customer and has no status. */
function row(noun: string, id: string, state: TruthRow["state"], deleted = false): TruthRow {
  return { noun, id, customer: null, status: null, deleted, state };
}

function productRow({ id, name, description, active, created, metadata, deleted }: Product): TruthRow {
  return row("product", id, { name, description, active, created, metadata }, deleted);
}

function priceRow({ id, interval, deleted, ...price }: Price): TruthRow {
  const { product, active, currency, unitAmount, nickname, created, metadata } = price;
  const state = {
    ...{ product, active, currency, unitAmount, unitAmountDecimal: null, nickname, created, metadata },
    ...{ interval, intervalCount: interval === null ? null : 1 },
    type: interval === null ? "one_time" : "recurring",
    capacity: metadata.capacity === undefined ? null : Number(metadata.capacity),
  };
  return row("price", id, state, deleted);
}

/** Generic: the object's own members as Stripe names them. */
function planRow({ id, object, price, deleted }: Plan): TruthRow {
  const { unitAmount: amount, active, currency, interval, product, metadata } = price;
  return row("generic", id, { object, amount, active, currency, interval, product, metadata }, deleted);
}

function invoiceItemRow({ id, customer, price, quantity, created, deleted }: InvoiceItem): TruthRow {
  const { id: priceId, currency, unitAmount } = price;
  const amounts = { currency, amount: unitAmount * quantity, price: priceId, quantity, unitAmount };
  const period = { periodStart: created, periodEnd: created, proration: false, created };
  const state = { customer, ...amounts, ...period, subscription: null };
  return { ...row("invoice-item", id, state, deleted), customer };
}

function couponRow(coupon: Coupon): TruthRow {
  const { id, name, percentOff, amountOff, currency, duration, durationInMonths, deleted } = coupon;
  const { maxRedemptions, timesRedeemed, created, metadata } = coupon;
  const worth = { percentOff, amountOff, currency, duration, durationInMonths };
  return row("coupon", id, { name, ...worth, maxRedemptions, timesRedeemed, created, metadata }, deleted);
}

function discountRow(discount: Discount): TruthRow {
  const { id, customer, subscription, coupon, promotionCode, created: start, end, deleted } = discount;
  const state = { customer, subscription, invoice: null, coupon: coupon.id, promotionCode, start, end };
  return { ...row("discount", id, state, deleted), customer };
}

function promotionCodeRow(promotion: PromotionCode): TruthRow {
  const { id, code, coupon, customer, maxRedemptions, timesRedeemed, created, metadata } = promotion;
  const isUsedUp = maxRedemptions !== null && timesRedeemed >= maxRedemptions;
  const counts = { maxRedemptions, timesRedeemed, expiresAt: null };
  const state = { code, coupon: coupon.id, customer, ...counts, created, metadata };
  const active = promotion.active && !isUsedUp;
  return { ...row("promotion-code", id, { ...state, active }), customer };
}
