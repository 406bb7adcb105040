import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../calendar.ts";
import { exampleShop } from "../example.ts";

function subscribed(quantity = 1) {
  const shop = exampleShop();
  const { stripe, customer, basic } = shop;
  const start = stripe.now();
  const id = stripe.subscriptions.create({ customer, items: [{ price: basic, quantity }] });
  const rowOf = (noun: string) =>
    stripe.truth().findLast((row) => row.noun === noun && row.customer === customer);
  return { ...shop, id, start, rowOf };
}

describe("the truth about a subscription", () => {
  it("is what it consists of, until when, and how it goes on", () => {
    const { stripe, id, basic, product, customer, start, rowOf } = subscribed(3);
    stripe.advance(HOUR);
    stripe.subscriptions.pauseCollection(id);
    stripe.advance(HOUR);
    stripe.subscriptions.cancelAtPeriodEnd(id);
    const end = start + 30 * DAY;
    expect(rowOf("subscription")).toMatchObject({
      ...{ id, customer, status: "active", deleted: false },
      state: {
        items: [{ price: basic, product, quantity: 3, periodStart: start, periodEnd: end }],
        ...{ startedAt: start, trialStart: null, cancelAt: end, endsAt: end, endedAt: null },
        ...{ pause: { behavior: "keep_as_draft", resumesAt: null }, schedule: null },
      },
    });
  });
});

describe("the truth about an invoice", () => {
  it("is what it asks for, for what, and how far it is paid", () => {
    const { stripe, id, basic, start, rowOf } = subscribed(2);
    const line = { price: basic, quantity: 2, amount: 2000, periodStart: start, periodEnd: start + 30 * DAY };
    expect(rowOf("invoice")).toMatchObject({
      status: "paid",
      state: {
        ...{ subscription: id, billingReason: "subscription_create", currency: "usd" },
        ...{ subtotal: 2000, total: 2000, due: 2000, paid: 2000, remaining: 0, attempts: 1 },
        ...{ finalizedAt: stripe.now(), paidAt: stripe.now() },
        lines: [{ ...line, proration: false }],
      },
    });
  });
});

describe("the truth about a profile", () => {
  it("is what the customer's subscriptions are, since when and until when", () => {
    const { stripe, id, customer, start, rowOf } = subscribed();
    const entry = { id, status: "active", since: start, endsAt: null, endedAt: null };
    const paid = { until: start + 30 * DAY, unpaidSince: null };
    const empty = { features: null, featuresCut: false, deleted: false };
    expect(rowOf("profile")?.state).toEqual({ subscriptions: [{ ...entry, ...paid }], ...empty });
    stripe.customers.setCard(customer, "declined");
    stripe.advance(31 * DAY);
    const unpaid = { status: "past_due", unpaidSince: start + 30 * DAY + HOUR };
    expect(rowOf("profile")?.state).toMatchObject({ subscriptions: [unpaid] });
  });

  it("outlives the customer, and says so", () => {
    const { stripe, customer, rowOf } = subscribed();
    stripe.advance(HOUR);
    stripe.customers.delete(customer);
    expect(rowOf("profile")?.state).toMatchObject({
      subscriptions: [{ status: "canceled", endedAt: stripe.now() }],
      deleted: true,
    });
  });
});
