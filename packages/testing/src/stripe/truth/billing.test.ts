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

describe("whether a subscription was activated", () => {
  function tried(card: "accepted" | "declined") {
    const { stripe, basic } = exampleShop();
    const customer = stripe.customers.create({ card });
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }], trialDays: 7 });
    const state = () => stripe.truth().find((row) => row.id === id);
    return { stripe, state };
  }

  it("is known once a period after its trial is paid for", () => {
    const { stripe, state } = tried("accepted");
    stripe.advance(7 * DAY + 60);
    expect(state()).toMatchObject({ status: "active", state: { activated: undefined } });
    stripe.advance(2 * HOUR);
    expect(state()).toMatchObject({ status: "active", state: { activated: true } });
  });

  it("is not so when the card declines what its trial ended in", () => {
    const { stripe, state } = tried("declined");
    stripe.advance(7 * DAY + 2 * HOUR);
    expect(state()).toMatchObject({ status: "past_due", state: { activated: undefined } });
  });

  it("is so at once where there is no trial", () => {
    const { rowOf } = subscribed();
    expect(rowOf("subscription")?.state).toMatchObject({ activated: true });
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

  it("holds no invoice against anyone that stayed open from before all was well again", () => {
    const { stripe, id, customer, rowOf } = subscribed();
    stripe.customers.setCard(customer, "declined");
    stripe.advance(HOUR);
    stripe.subscriptions.change(id, { quantity: 2 });
    expect(rowOf("profile")?.state).toMatchObject({ subscriptions: [{ status: "past_due" }] });
    stripe.customers.setCard(customer, "accepted");
    stripe.advance(HOUR);
    stripe.subscriptions.change(id, { quantity: 3 });
    expect(rowOf("profile")?.state).toMatchObject({
      subscriptions: [{ status: "active", unpaidSince: null }],
    });
    stripe.customers.setCard(customer, "declined");
    stripe.advance(HOUR);
    stripe.subscriptions.change(id, { quantity: 9 });
    const unpaid = { status: "past_due", unpaidSince: stripe.now() };
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
