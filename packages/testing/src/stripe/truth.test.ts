import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { exampleShop } from "./example.ts";

describe("the truth", () => {
  it("tells of customers who they are, and of deleted ones that they were", () => {
    const { stripe, customer } = exampleShop();
    const row = { noun: "customer", id: customer, customer, status: null };
    const find = () => stripe.truth().find(({ id }) => id === customer);
    expect(find()).toEqual({ ...row, deleted: false, state: { email: "ada@example.com", name: "Ada" } });
    stripe.customers.delete(customer);
    expect(find()).toEqual({ ...row, deleted: true, state: {} });
  });

  it("tells of subscriptions what they consist of, and until when", () => {
    const { stripe, customer, basic, pro } = exampleShop();
    const items = [{ price: pro, quantity: 2 }, { price: basic }];
    const start = stripe.now();
    const id = stripe.subscriptions.create({ customer, items, trialDays: 7 });
    const row = stripe.truth().find((one) => one.id === id);
    const period = { periodStart: start, periodEnd: start + 7 * DAY };
    expect(row).toEqual({
      noun: "subscription",
      id,
      customer,
      status: "trialing",
      deleted: false,
      state: {
        currency: "usd",
        items: [
          { id: expect.stringMatching(/^si_/), price: pro, quantity: 2, ...period },
          { id: expect.stringMatching(/^si_/), price: basic, quantity: 1, ...period },
        ],
        cancelAt: null,
        cancelAtPeriodEnd: false,
        canceledAt: null,
        trialEnd: start + 7 * DAY,
      },
    });
  });

  it("tells of orders what was bought, and how it stands", () => {
    const { stripe, ticket } = exampleShop();
    const lines = [{ price: ticket, quantity: 2 }];
    const id = stripe.checkout.create({ lines });
    stripe.checkout.complete(id);
    expect(stripe.truth().find((row) => row.id === id)).toEqual({
      noun: "order",
      id,
      customer: null,
      status: "paid",
      deleted: false,
      state: { total: 9000, currency: "usd", lines, paymentIntent: expect.stringMatching(/^pi_/) },
    });
    expect(stripe.truth().filter((row) => row.noun === "stock")).toEqual([
      {
        noun: "stock",
        id: ticket,
        customer: null,
        status: null,
        deleted: false,
        state: { sold: 2, reserved: 0 },
      },
    ]);
  });

  it("tells of everything else its type and status", () => {
    const { stripe, customer, product } = exampleShop();
    const id = stripe.paymentIntents.create({ customer, amount: 100 });
    const rows = stripe.truth().filter((row) => row.noun === "generic");
    expect(rows).toContainEqual({
      ...{ noun: "generic", id, customer, status: "succeeded", deleted: false },
      state: { object: "payment_intent" },
    });
    expect(rows).toContainEqual({
      ...{ noun: "generic", id: product, customer: null, status: null, deleted: false },
      state: { object: "product" },
    });
  });
});

describe("the ledger", () => {
  it("adds up to what invoices, orders and payments took, less what was refunded", () => {
    const { stripe, customer, basic, ticket } = exampleShop();
    stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    const order = stripe.checkout.create({ customer, lines: [{ price: ticket, quantity: 1 }] });
    stripe.checkout.complete(order);
    const payment = stripe.paymentIntents.create({ customer, amount: 250 });
    stripe.advance(70 * DAY);
    stripe.refunds.create({ of: payment });
    expect(stripe.ledger()).toEqual({ usd: { paid: 3 * 1000 + 4500 + 250, refunded: 250 } });
  });
});
