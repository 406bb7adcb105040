import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

function earned() {
  const shop = exampleShop();
  const payment = shop.stripe.paymentIntents.create({ customer: shop.customer, amount: 5000 });
  shop.stripe.advance(DAY);
  const balance = () => shop.stripe.truth().find(({ noun }) => noun === "balance")?.state;
  return { ...shop, payment, balance };
}

describe("the balance", () => {
  it("is told of without an id, once what came in is available", () => {
    const { stripe, customer, balance } = earned();
    stripe.paymentIntents.create({ customer, amount: 300, currency: "eur" });
    expect(balance()).toBeUndefined();
    const [event] = eventsOf(stripe, () => stripe.balance.release());
    expect(event).toMatchObject({
      type: "balance.available",
      data: {
        object: {
          available: [
            { amount: 5000, currency: "usd" },
            { amount: 300, currency: "eur" },
          ],
        },
      },
    });
    expect(event?.data.object).not.toHaveProperty("id");
    expect(balance()).toEqual({ available: { usd: 5000, eur: 300 }, pending: { usd: 0, eur: 0 } });
  });

  it("is less what was refunded, disputed and paid out, and more what came back", () => {
    const { stripe, customer, payment, balance } = earned();
    stripe.balance.release();
    stripe.refunds.create({ of: payment, amount: 1000 });
    const other = stripe.paymentIntents.create({ customer, amount: 600 });
    stripe.disputes.open({ of: other });
    const failing = stripe.refunds.create({ of: payment, amount: 500 });
    stripe.refunds.fail(failing);
    const payout = stripe.payouts.create({ amount: 3000 });
    stripe.balance.release();
    expect(balance()?.available).toEqual({ usd: 5000 - 1000 - 600 + 600 - 3000 });
    stripe.payouts.cancel(payout);
    stripe.balance.release();
    expect(balance()?.available).toEqual({ usd: 4000 });
  });
});

describe("a payout", () => {
  function created(params = {}) {
    const shop = earned();
    shop.stripe.balance.release();
    const payout = shop.stripe.payouts.create({ amount: 4000, ...params });
    shop.stripe.advance(60);
    const row = () => shop.stripe.truth().find(({ id }) => id === payout);
    return { ...shop, payout, row };
  }

  it("is pending, in transit, and paid", () => {
    const { stripe, payout, row } = created();
    const types = typesOf(stripe, () => {
      stripe.payouts.submit(payout);
      stripe.payouts.pay(payout);
    });
    expect(types).toEqual(["payout.updated", "payout.paid"]);
    expect(row()).toEqual({
      noun: "generic",
      id: payout,
      customer: null,
      status: "paid",
      deleted: false,
      state: { object: "payout", status: "paid", amount: 4000, currency: "usd", created: expect.any(Number) },
    });
  });

  it("may fail even after it was paid, and the money is there again", () => {
    const { stripe, payout, row, balance } = created();
    expect(() => stripe.payouts.fail(payout)).toThrow("pending");
    stripe.payouts.submit(payout);
    stripe.payouts.pay(payout);
    stripe.advance(DAY);
    expect(typesOf(stripe, () => stripe.payouts.fail(payout))).toEqual(["payout.failed"]);
    expect(current(stripe, "payout", payout)).toMatchObject({ failure_code: "account_closed" });
    expect(row()?.status).toBe("failed");
    stripe.balance.release();
    expect(balance()?.available).toEqual({ usd: 5000 });
  });

  it("that Stripe makes on its schedule is not called off", () => {
    const { stripe, payout } = created({ automatic: true });
    expect(() => stripe.payouts.cancel(payout)).toThrow("automatic");
    const { stripe: other, payout: manual } = created();
    expect(typesOf(other, () => other.payouts.cancel(manual))).toEqual(["payout.canceled"]);
  });
});
