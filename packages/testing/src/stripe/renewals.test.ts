import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";
import type { Options } from "./sandbox.ts";

function subscribed(options: Partial<Options> = {}) {
  const shop = exampleShop(options);
  const id = shop.stripe.subscriptions.create({ customer: shop.customer, items: [{ price: shop.basic }] });
  return { ...shop, id };
}

describe("the end of a period", () => {
  it("is announced three days before by an upcoming invoice, which has no id", () => {
    const { stripe } = subscribed();
    stripe.advance(27 * DAY - 1);
    const [notice] = eventsOf(stripe, () => stripe.advance(1));
    expect(notice).toMatchObject({ type: "invoice.upcoming", data: { object: { amount_due: 1000 } } });
    expect(notice?.data.object).not.toHaveProperty("id");
  });

  it("renews with a draft, which is billed an hour later", () => {
    const { stripe, id } = subscribed();
    stripe.advance(30 * DAY - 1);
    const atEnd = eventsOf(stripe, () => stripe.advance(1));
    expect(atEnd.map((event) => event.type)).toEqual(["customer.subscription.updated", "invoice.created"]);
    expect(atEnd[0]?.request).toEqual({ id: null, idempotency_key: null });
    expect(typesOf(stripe, () => stripe.advance(HOUR - 1))).toEqual([]);
    expect(typesOf(stripe, () => stripe.advance(1))).toEqual([
      "invoice.finalized",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
    ]);
    expect(current(stripe, "subscription", id).status).toBe("active");
  });

  it("keeps the day of the month", () => {
    const { stripe, id } = subscribed({ start: Date.UTC(2026, 0, 31) / 1000 });
    const ends = [31, 28, 31].map((days) => {
      const { items } = current(stripe, "subscription", id) as unknown as {
        items: { data: { current_period_end: number }[] };
      };
      stripe.advance(days * DAY);
      return new Date((items.data[0]?.current_period_end ?? 0) * 1000).toISOString().slice(0, 10);
    });
    expect(ends).toEqual(["2026-02-28", "2026-03-31", "2026-04-30"]);
  });
});

describe("a renewal that cannot be collected", () => {
  function behind(options: Partial<Options> = {}) {
    const shop = subscribed(options);
    shop.stripe.customers.setCard(shop.customer, "declined");
    shop.stripe.advance(30 * DAY + HOUR);
    return shop;
  }

  it("leaves the subscription past due and the customer delinquent", () => {
    const { stripe, id, customer } = behind();
    expect(stripe.events.slice(-4).map((event) => event.type)).toEqual([
      "invoice.updated",
      "invoice.payment_failed",
      "customer.subscription.updated",
      "customer.updated",
    ]);
    expect(current(stripe, "subscription", id).status).toBe("past_due");
    expect(current(stripe, "customer", customer).delinquent).toBe(true);
  });

  it("waits for the next second, so that the failure is not mistaken for what came before", () => {
    const { stripe } = behind();
    const seconds = stripe.events.slice(-5).map((event) => event.created);
    const [first = 0] = seconds;
    expect(seconds).toEqual([first, first + 1, first + 1, first + 1, first + 1]);
  });

  it("is tried again, and recovers with a card that works", () => {
    const { stripe, id, customer } = behind();
    stripe.customers.setCard(customer, "accepted");
    const types = typesOf(stripe, () => stripe.advance(3 * DAY));
    expect(types).toContain("invoice.paid");
    expect(types.slice(-2)).toEqual(["customer.subscription.updated", "customer.updated"]);
    expect(current(stripe, "subscription", id).status).toBe("active");
    expect(current(stripe, "customer", customer).delinquent).toBe(false);
  });

  it("ends the subscription after the fourth try", () => {
    const { stripe, id } = behind();
    const types = typesOf(stripe, () => stripe.advance(15 * DAY + 4));
    expect(types.filter((type) => type === "charge.failed")).toHaveLength(3);
    expect(types.at(-1)).toBe("customer.subscription.deleted");
    expect(current(stripe, "subscription", id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_failed" },
    });
  });

  it("leaves the subscription unpaid instead, where the account says so", () => {
    const { stripe, id } = behind({ afterLastAttempt: "unpaid" });
    stripe.advance(15 * DAY + 4);
    expect(current(stripe, "subscription", id).status).toBe("unpaid");
    const types = typesOf(stripe, () => stripe.advance(31 * DAY));
    expect(types).not.toContain("invoice.finalized");
  });
});

describe("a trial", () => {
  it("starts with a free invoice, is announced to end, and then renews", () => {
    const { stripe, customer, pro } = exampleShop();
    const items = [{ price: pro }];
    const types = typesOf(stripe, () => stripe.subscriptions.create({ customer, items, trialDays: 7 }));
    expect(types).toEqual([
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
    ]);
    const notice = typesOf(stripe, () => stripe.advance(4 * DAY));
    expect(notice).toEqual(["customer.subscription.trial_will_end", "invoice.upcoming"]);
    const [renewed] = eventsOf(stripe, () => stripe.advance(3 * DAY));
    expect(renewed?.data).toMatchObject({
      object: { status: "active" },
      previous_attributes: { status: "trialing" },
    });
  });

  it("pauses the subscription when there is no payment method, until it is resumed", () => {
    const { stripe, customer, pro } = exampleShop();
    stripe.customers.setCard(customer, "missing");
    const id = stripe.subscriptions.create({ customer, items: [{ price: pro }], trialDays: 2 });
    const types = typesOf(stripe, () => stripe.advance(2 * DAY));
    expect(types).toEqual(["customer.subscription.updated", "customer.subscription.paused"]);
    expect(typesOf(stripe, () => stripe.advance(90 * DAY))).toEqual([]);
    stripe.customers.setCard(customer, "accepted");
    expect(typesOf(stripe, () => stripe.subscriptions.resume(id))).toEqual([
      "customer.subscription.updated",
      "invoice.created",
      "customer.subscription.resumed",
    ]);
    stripe.advance(HOUR);
    expect(stripe.ledger()).toMatchObject({ usd: { paid: 3000, refunded: 0 } });
  });
});

describe("paused collection", () => {
  it("leaves the status alone, and renewals as drafts", () => {
    const { stripe, id } = subscribed();
    stripe.advance(DAY);
    const [paused] = eventsOf(stripe, () => stripe.subscriptions.pauseCollection(id));
    expect(paused?.data.previous_attributes).toEqual({ pause_collection: null });
    stripe.advance(31 * DAY);
    const { status, latest_invoice: invoice } = current(stripe, "subscription", id);
    expect([status, current(stripe, "invoice", String(invoice)).status]).toEqual(["active", "draft"]);
    stripe.subscriptions.resumeCollection(id);
    stripe.advance(30 * DAY);
    expect(stripe.ledger()).toMatchObject({ usd: { paid: 2000, refunded: 0 } });
  });
});

describe("a renewal that the bank wants the customer to authenticate", () => {
  it("is told as that, leaves the subscription behind, and is paid once they have", () => {
    const { stripe, customer, basic } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.customers.setCard(customer, "challenged");
    const types = typesOf(stripe, () => stripe.advance(30 * DAY + 2 * HOUR));
    expect(types.filter((type) => /requires_action|invoice.payment_|charge.failed/.test(type))).toEqual([
      "payment_intent.requires_action",
      "invoice.payment_action_required",
      "invoice.payment_failed",
    ]);
    expect(current(stripe, "subscription", id).status).toBe("past_due");
    const invoice = String(current(stripe, "subscription", id).latest_invoice);
    expect(current(stripe, "invoice", invoice)).toMatchObject({ status: "open", attempt_count: 1 });
    stripe.invoices.authenticate(invoice);
    expect(current(stripe, "invoice", invoice).status).toBe("paid");
    expect(current(stripe, "subscription", id).status).toBe("active");
    expect(() => stripe.invoices.authenticate(invoice)).toThrow("waits for nobody");
  });
});
