import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";
import type { Options } from "./sandbox.ts";

function shopWithCoupon(options: Partial<Options> = {}) {
  const shop = exampleShop(options);
  const coupon = shop.stripe.coupons.create({ id: "QUARTER", percentOff: 25, maxRedemptions: 2 });
  const rowOf = (noun: string, id: string) =>
    shop.stripe.truth().find((row) => row.noun === noun && row.id === id);
  return { ...shop, coupon, rowOf };
}

describe("a discount", () => {
  it("is told with the customer who has it, and counts as a redemption", () => {
    const { stripe, customer, coupon, rowOf } = shopWithCoupon();
    const promotionCode = stripe.promotionCodes.create({ coupon, code: "FALL" });
    stripe.advance(1);
    const types = typesOf(stripe, () => stripe.discounts.apply({ customer, promotionCode }));
    expect(types).toEqual([
      "promotion_code.updated",
      "coupon.updated",
      "customer.discount.created",
      "customer.updated",
    ]);
    expect(rowOf("coupon", coupon)?.state).toMatchObject({ timesRedeemed: 1 });
    expect(rowOf("promotion-code", promotionCode)?.state).toMatchObject({ coupon, timesRedeemed: 1 });
  });

  it("is taken off what the customer is invoiced for, before tax", () => {
    const { stripe, coupon, basic } = shopWithCoupon();
    const customer = stripe.customers.create({ taxPercent: 10 });
    stripe.discounts.apply({ customer, coupon });
    const events = eventsOf(stripe, () =>
      stripe.subscriptions.create({ customer, items: [{ price: basic }] }),
    );
    expect(events.find((event) => event.type === "invoice.paid")?.data.object).toMatchObject({
      subtotal: 1000,
      total_discount_amounts: [{ amount: 250 }],
      total_taxes: [{ amount: 75 }],
      total: 825,
      amount_paid: 825,
    });
    expect(stripe.ledger()).toMatchObject({ usd: { paid: 825 } });
  });

  it("of a subscription is on that one's invoices, and in its events", () => {
    const { stripe, customer, coupon, basic } = shopWithCoupon();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(DAY);
    const types = typesOf(stripe, () => stripe.discounts.apply({ customer, subscription: id, coupon }));
    expect(types.at(-1)).toBe("customer.subscription.updated");
    stripe.advance(31 * DAY);
    const { latest_invoice: invoice } = current(stripe, "subscription", id);
    expect(current(stripe, "invoice", String(invoice))).toMatchObject({ amount_paid: 750 });
  });

  it("changes with its coupon, and is gone for good when it is taken away", () => {
    const { stripe, customer, coupon, rowOf } = shopWithCoupon();
    const other = stripe.coupons.create({ amountOff: 300 });
    const id = stripe.discounts.apply({ customer, coupon });
    stripe.advance(1);
    const [, changed] = eventsOf(stripe, () => stripe.discounts.switchCoupon(id, other));
    expect(changed).toMatchObject({
      type: "customer.discount.updated",
      data: { object: { source: { coupon: other } }, previous_attributes: { source: { coupon } } },
    });
    const types = typesOf(stripe, () => stripe.discounts.remove(id));
    expect(types).toEqual(["customer.discount.deleted", "customer.updated"]);
    expect(rowOf("discount", id)).toMatchObject({ deleted: true, customer, state: { coupon: other } });
    expect(() => stripe.discounts.remove(id)).toThrow("deleted");
  });

  it("ends by itself after its months", () => {
    const { stripe, customer } = shopWithCoupon();
    const coupon = stripe.coupons.create({ percentOff: 50, months: 1 });
    stripe.discounts.apply({ customer, coupon });
    expect(typesOf(stripe, () => stripe.advance(30 * DAY))).toEqual([
      "customer.discount.deleted",
      "customer.updated",
    ]);
  });

  it("names its coupon by id since clover, and whole before", () => {
    for (const [apiVersion, source] of [
      ["2025-03-31.basil", { coupon: { id: "QUARTER", percent_off: 25 } }],
      ["2025-09-30.clover", { source: { coupon: "QUARTER", type: "coupon" } }],
    ] as const) {
      const { stripe, customer, coupon } = shopWithCoupon({ apiVersion });
      const events = eventsOf(stripe, () => stripe.discounts.apply({ customer, coupon }));
      const created = events.find((event) => event.type === "customer.discount.created");
      expect(created?.data.object).toMatchObject(source);
      expect(current(stripe, "customer", customer).discount).toMatchObject(source);
    }
  });
});

describe("a coupon", () => {
  it("cannot be redeemed more often than it allows", () => {
    const { stripe, coupon } = shopWithCoupon();
    const customers = [0, 1, 2].map(() => stripe.customers.create());
    for (const customer of customers.slice(1)) stripe.discounts.apply({ customer, coupon });
    expect(current(stripe, "coupon", coupon)).toMatchObject({ valid: false, times_redeemed: 2 });
    expect(() => stripe.discounts.apply({ customer: customers[0] ?? "", coupon })).toThrow("used up");
  });

  it("can be deleted and born again with its id, but not in one second", () => {
    const { stripe, coupon, rowOf } = shopWithCoupon();
    expect(() => stripe.coupons.create({ id: coupon, percentOff: 5 })).toThrow("There is a coupon");
    stripe.advance(HOUR);
    const events = eventsOf(stripe, () => {
      stripe.coupons.update(coupon, { name: "Old" });
      stripe.coupons.delete(coupon);
      stripe.coupons.create({ id: coupon, percentOff: 5 });
    });
    const [first = 0] = events.map((event) => event.created);
    expect(events.map((event) => [event.type, event.created - first])).toEqual([
      ["coupon.updated", 0],
      ["coupon.deleted", 1],
      ["coupon.created", 2],
    ]);
    expect(rowOf("coupon", coupon)).toMatchObject({ deleted: false, state: { percentOff: 5, name: null } });
  });
});
