import { describe, expect, it } from "vitest";
import { exampleShop } from "../example.ts";

function ordered() {
  const shop = exampleShop();
  const { stripe, customer, ticket } = shop;
  const id = stripe.checkout.create({ customer, lines: [{ price: ticket, quantity: 2 }] });
  stripe.checkout.complete(id);
  stripe.advance(60);
  const payment = String(stripe.retrieve("checkout.session", id)?.payment_intent);
  const stock = () => stripe.truth().find((row) => row.noun === "stock" && row.id === ticket)?.state;
  return { ...shop, payment, stock };
}

describe("the stock of a price", () => {
  it("is what its orders have sold", () => {
    const { stock, ticket } = ordered();
    expect(stock()).toEqual({ price: ticket, sold: 2, reserved: 0, capacity: null, oversold: 0 });
  });

  it("is free again when the payment went back whole, in however many parts", () => {
    const { stripe, payment, stock } = ordered();
    stripe.refunds.create({ of: payment, amount: 4000 });
    expect(stock()).toMatchObject({ sold: 2 });
    const rest = stripe.refunds.create({ of: payment });
    expect(stock()).toBeUndefined();
    stripe.refunds.fail(rest);
    expect(stock()).toMatchObject({ sold: 2 });
  });

  it("is reserved while the money is only held, sold once it is captured, and free once it is let go", () => {
    const { stripe, customer, ticket, stock } = ordered();
    const hold = () => {
      const lines = [{ price: ticket, quantity: 3 }];
      const id = stripe.checkout.create({ customer, lines, capture: "manual" });
      stripe.checkout.complete(id);
      return String(stripe.retrieve("checkout.session", id)?.payment_intent);
    };
    const [captured, released] = [hold(), hold()];
    expect(stock()).toMatchObject({ sold: 2, reserved: 6 });
    stripe.paymentIntents.capture(captured);
    expect(stock()).toMatchObject({ sold: 5, reserved: 3 });
    stripe.paymentIntents.expire(released);
    expect(stock()).toMatchObject({ sold: 5, reserved: 0 });
  });

  it("is not moved by a session that only sets up a way to pay", () => {
    const { stripe, customer, ticket, stock } = ordered();
    const id = stripe.checkout.createSetup({ customer, wanted: [{ price: ticket, quantity: 9 }] });
    stripe.checkout.completeSetup(id);
    expect(stock()).toMatchObject({ sold: 2, reserved: 0 });
  });

  it("is not free because of a dispute", () => {
    const { stripe, payment, stock } = ordered();
    stripe.disputes.close(stripe.disputes.open({ of: payment }), "lost");
    expect(stock()).toMatchObject({ sold: 2 });
  });

  it("knows how many there are, and how many were sold beyond that", () => {
    const { stripe, ticket, stock } = ordered();
    const limit = (capacity: string | null) => stripe.prices.update(ticket, { metadata: { capacity } });
    limit("5");
    expect(stock()).toMatchObject({ sold: 2, capacity: 5, oversold: 0 });
    limit("1");
    expect(stock()).toMatchObject({ sold: 2, capacity: 1, oversold: 1 });
    limit("few");
    expect(stock()).toMatchObject({ sold: 2, capacity: null, oversold: 0 });
    limit(null);
    expect(stock()).toMatchObject({ capacity: null });
  });

  it("is there for a price whose number is known, before anything is sold", () => {
    const { stripe, product } = exampleShop();
    const price = stripe.prices.create({ product, unitAmount: 100, metadata: { capacity: "0" } });
    const row = stripe.truth().find(({ noun }) => noun === "stock");
    expect(row).toMatchObject({ id: price, customer: null, status: null, state: { sold: 0, capacity: 0 } });
    stripe.prices.delete(price);
    expect(stripe.truth().some(({ noun }) => noun === "stock")).toBe(false);
  });
});
