import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

describe("a new subscription", () => {
  it("is created, billed, paid and active within one second", () => {
    const { stripe, customer, basic } = exampleShop();
    const events = eventsOf(stripe, () =>
      stripe.subscriptions.create({ customer, items: [{ price: basic }] }),
    );
    expect(events.map((event) => event.type)).toEqual([
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "customer.subscription.updated",
    ]);
    expect(new Set(events.map((event) => event.created))).toEqual(new Set([stripe.now()]));
    expect(events[0]?.data.object).toMatchObject({ status: "incomplete" });
    expect(events.at(-1)?.data).toMatchObject({
      object: { status: "active" },
      previous_attributes: { status: "incomplete" },
    });
  });

  it("stays incomplete until its first payment succeeds", () => {
    const { stripe, customer, basic } = exampleShop();
    stripe.customers.setCard(customer, "declined");
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    const { status, latest_invoice: invoice } = current(stripe, "subscription", id);
    expect(status).toBe("incomplete");
    stripe.customers.setCard(customer, "accepted");
    stripe.advance(HOUR);
    const types = typesOf(stripe, () => stripe.invoices.pay(String(invoice)));
    expect(types.at(-1)).toBe("customer.subscription.updated");
    expect(current(stripe, "subscription", id).status).toBe("active");
  });

  it("expires after 23 hours without a payment, and its invoice is void", () => {
    const { stripe, customer, basic } = exampleShop();
    stripe.customers.setCard(customer, "declined");
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    const types = typesOf(stripe, () => stripe.advance(23 * HOUR));
    expect(types).toEqual([
      "payment_intent.canceled",
      "invoice.updated",
      "invoice.voided",
      "customer.subscription.updated",
    ]);
    expect(current(stripe, "subscription", id).status).toBe("incomplete_expired");
  });

  it("takes prices of one interval only", () => {
    const { stripe, customer, basic, ticket } = exampleShop();
    const items = [{ price: basic }, { price: ticket }];
    expect(() => stripe.subscriptions.create({ customer, items })).toThrow("one interval");
  });
});

describe("a change of a subscription", () => {
  it("to a dearer price charges the rest of the period at once", () => {
    const { stripe, customer, basic, pro } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(15 * DAY);
    const events = eventsOf(stripe, () => stripe.subscriptions.change(id, { price: pro }));
    expect(events[0]).toMatchObject({
      type: "customer.subscription.updated",
      data: { previous_attributes: { items: { data: [{ price: { id: basic } }] } } },
    });
    expect(events.at(-1)?.type).toBe("invoice_payment.paid");
    expect(events.find((event) => event.type === "invoice.paid")?.data.object).toMatchObject({
      billing_reason: "subscription_update",
      amount_paid: 1000,
      lines: { data: [{ amount: -500 }, { amount: 1500 }] },
    });
  });

  it("to a smaller quantity pays nothing back", () => {
    const { stripe, customer, basic } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic, quantity: 3 }] });
    stripe.advance(DAY);
    const types = typesOf(stripe, () => stripe.subscriptions.change(id, { quantity: 1 }));
    expect(types).toEqual(["customer.subscription.updated"]);
    expect(current(stripe, "subscription", id)).toMatchObject({ quantity: 1 });
  });

  it("names the item that it is about", () => {
    const { stripe, customer, basic, pro } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }, { price: pro }] });
    const item = stripe.truth().find((row) => row.id === id)?.state.items as { id: string }[];
    stripe.advance(DAY);
    stripe.subscriptions.change(id, { item: item[1]?.id ?? "", quantity: 5 });
    expect(current(stripe, "subscription", id)).toMatchObject({
      items: { data: [{ quantity: 1 }, { quantity: 5 }] },
    });
  });

  it("that cannot be collected leaves it past due", () => {
    const { stripe, customer, basic, pro } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(DAY);
    stripe.customers.setCard(customer, "declined");
    stripe.subscriptions.change(id, { price: pro });
    expect(current(stripe, "subscription", id).status).toBe("past_due");
    expect(current(stripe, "customer", customer).delinquent).toBe(true);
  });
});

describe("a canceled subscription", () => {
  it("in flexible billing mode has its end in cancel_at alone", () => {
    const { stripe, customer, basic } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(DAY);
    const end = stripe.now() + 29 * DAY;
    const [event] = eventsOf(stripe, () => stripe.subscriptions.cancelAtPeriodEnd(id));
    expect(event?.data.object).toMatchObject({ cancel_at: end, cancel_at_period_end: false });
    expect(event?.data.previous_attributes).toEqual({
      cancel_at: null,
      canceled_at: null,
      cancellation_details: { reason: null },
    });
    expect(typesOf(stripe, () => stripe.advance(29 * DAY))).toEqual(["customer.subscription.deleted"]);
  });

  it("in classic billing mode says that it ends with the period", () => {
    const { stripe, customer, basic } = exampleShop({ apiVersion: "2024-09-30.acacia" });
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(DAY);
    stripe.subscriptions.cancelAtPeriodEnd(id);
    expect(current(stripe, "subscription", id)).toMatchObject({
      billing_mode: { type: "classic" },
      cancel_at: stripe.now() + 29 * DAY,
      cancel_at_period_end: true,
    });
  });

  it("goes on when the end is taken back in time", () => {
    const { stripe, customer, basic } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(DAY);
    stripe.subscriptions.cancelAtPeriodEnd(id);
    stripe.advance(DAY);
    stripe.subscriptions.keep(id);
    stripe.advance(40 * DAY);
    expect(current(stripe, "subscription", id)).toMatchObject({ status: "active", cancel_at: null });
  });

  it("ends at once when asked, with what it has in draft", () => {
    const { stripe, customer, basic } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(30 * DAY);
    const types = typesOf(stripe, () => stripe.subscriptions.cancel(id));
    expect(types).toEqual(["customer.subscription.deleted", "invoice.updated"]);
    expect(typesOf(stripe, () => stripe.advance(60 * DAY))).toEqual([]);
    expect(() => stripe.subscriptions.cancel(id)).toThrow("canceled");
  });
});
