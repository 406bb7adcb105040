import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { API_VERSIONS } from "./api-versions.ts";
import { DAY } from "./calendar.ts";
import { exampleShop } from "./example.ts";
import { traffic } from "./traffic.ts";
import type { TruthRow } from "./truth.ts";

describe("the truth", () => {
  it("tells of customers who they are, and of deleted ones that they were", () => {
    const { stripe, customer } = exampleShop();
    const row = { noun: "customer", id: customer, customer, status: null };
    const find = () => stripe.truth().find(({ id }) => id === customer);
    expect(find()).toMatchObject({
      ...row,
      deleted: false,
      state: { email: "ada@example.com", name: "Ada" },
    });
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
    expect(row).toMatchObject({
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
      state: {
        status: "paid",
        mode: "payment",
        customer: null,
        total: 9000,
        currency: "usd",
        lines,
        paymentIntent: expect.stringMatching(/^pi_/),
        metadata: { price_id: ticket, quantity: "2" },
      },
    });
  });

  it("tells of what has no noun of its own at least which object it is", () => {
    const { stripe, basic } = exampleShop();
    const rows = stripe.truth().filter((row) => row.noun === "generic");
    expect(rows.every((row) => typeof row.state.object === "string")).toBe(true);
    expect(rows.find((row) => row.id === basic)).toMatchObject({ deleted: false, state: { object: "plan" } });
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
    expect(stripe.ledger()).toEqual({ usd: { paid: 3 * 1000 + 4500 + 250, refunded: 250, disputed: 0 } });
  });

  it("is in traffic of any version what the payment rows come to, to the cent", () => {
    const seeds = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(seeds, fc.constantFrom(...API_VERSIONS), (seed, apiVersion) => {
        const { truth, ledger } = traffic({ seed, apiVersion, events: 700 });
        expect(sumsOf(truth)).toEqual(ledger);
      }),
      { numRuns: 25 },
    );
  });
});

function sumsOf(truth: TruthRow[]) {
  const sums: { [currency: string]: { paid: number; refunded: number; disputed: number } } = {};
  for (const { state } of truth.filter((row) => row.noun === "payment")) {
    const [paid, refunded, disputed] = [state.paid, state.refunded, state.disputed].map(Number);
    if (!paid && !refunded && !disputed) continue;
    const { [String(state.currency)]: known = { paid: 0, refunded: 0, disputed: 0 } } = sums;
    sums[String(state.currency)] = {
      paid: known.paid + Number(paid),
      refunded: known.refunded + Number(refunded),
      disputed: known.disputed + Number(disputed),
    };
  }
  return sums;
}
