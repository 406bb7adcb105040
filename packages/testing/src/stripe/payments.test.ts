import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

describe("a payment", () => {
  it("succeeds with its charge, whose balance transaction comes seconds later", () => {
    const { stripe, customer } = exampleShop();
    const events = eventsOf(stripe, () => stripe.paymentIntents.create({ customer, amount: 700 }));
    expect(events.map((event) => event.type)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
    ]);
    expect(events[1]?.data.object.balance_transaction).toBeNull();
    const [settled] = eventsOf(stripe, () => stripe.advance(10));
    expect(settled).toMatchObject({
      type: "charge.updated",
      data: { previous_attributes: { balance_transaction: null } },
    });
  });

  it("has its balance transaction at once, before 2024-04-10", () => {
    const { stripe, customer } = exampleShop({ apiVersion: "2022-11-15" });
    const [, charge] = eventsOf(stripe, () => stripe.paymentIntents.create({ customer, amount: 700 }));
    expect(charge?.data.object.balance_transaction).toMatch(/^txn_/);
    expect(typesOf(stripe, () => stripe.advance(DAY))).toEqual([]);
  });

  it("that the bank declines can be tried again, with another charge", () => {
    const { stripe, customer } = exampleShop();
    stripe.customers.setCard(customer, "declined");
    const id = stripe.paymentIntents.create({ customer, amount: 700 });
    expect(current(stripe, "payment_intent", id)).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { decline_code: "insufficient_funds" },
    });
    stripe.customers.setCard(customer, "accepted");
    stripe.advance(60);
    stripe.paymentIntents.confirm(id);
    expect(current(stripe, "payment_intent", id)).toMatchObject({
      status: "succeeded",
      last_payment_error: null,
    });
    expect(stripe.ledger()).toEqual({ usd: { paid: 700, refunded: 0, disputed: 0 } });
    expect(() => stripe.paymentIntents.confirm(id)).toThrow("succeeded");
  });

  it("waits for the customer to authenticate, and can be canceled meanwhile", () => {
    const { stripe, customer } = exampleShop();
    const payment = { customer, amount: 700, authentication: true };
    let id = "";
    const types = typesOf(stripe, () => {
      id = stripe.paymentIntents.create(payment);
    });
    expect(types).toEqual(["payment_intent.created", "payment_intent.requires_action"]);
    stripe.advance(5);
    expect(typesOf(stripe, () => stripe.paymentIntents.cancel(id))).toEqual(["payment_intent.canceled"]);
    expect(() => stripe.paymentIntents.confirm(id)).toThrow("canceled");
  });
});

describe("a charge that failed", () => {
  it("can still change, long after another went through", () => {
    const { stripe, customer } = exampleShop();
    stripe.customers.setCard(customer, "declined");
    const payment = stripe.paymentIntents.create({ customer, amount: 700 });
    const failed = String(current(stripe, "payment_intent", payment).latest_charge);
    stripe.customers.setCard(customer, "accepted");
    stripe.paymentIntents.confirm(payment);
    stripe.advance(DAY);
    const [updated] = eventsOf(stripe, () => stripe.charges.note(failed, { note: "asked" }));
    expect(updated).toMatchObject({
      type: "charge.updated",
      data: { object: { status: "failed" }, previous_attributes: { metadata: { note: null } } },
    });
    const row = stripe.truth().find((one) => one.noun === "payment");
    expect(row).toMatchObject({ id: payment, status: "succeeded", state: { failure: null, paid: 700 } });
  });
});

describe("an invoice made by hand", () => {
  function drafted() {
    const shop = exampleShop();
    const lines = [{ price: shop.ticket, quantity: 2 }];
    const invoice = shop.stripe.invoices.create({ customer: shop.customer, lines });
    return { ...shop, invoice };
  }

  it("is a draft, then open, then paid", () => {
    const { stripe, invoice } = drafted();
    const statuses = ["finalize", "pay"].map((step) => {
      const { status } = current(stripe, "invoice", invoice);
      stripe.invoices[step as "finalize" | "pay"](invoice);
      return status;
    });
    expect([...statuses, current(stripe, "invoice", invoice).status]).toEqual(["draft", "open", "paid"]);
    expect(() => stripe.invoices.void(invoice)).toThrow("paid");
  });

  it("is void when it is given up, and its payment canceled", () => {
    const { stripe, invoice } = drafted();
    stripe.invoices.finalize(invoice);
    stripe.advance(5);
    const types = typesOf(stripe, () => stripe.invoices.void(invoice));
    expect(types).toEqual(["payment_intent.canceled", "invoice.updated", "invoice.voided"]);
  });

  it("can be paid even when it was held for uncollectible", () => {
    const { stripe, invoice } = drafted();
    stripe.invoices.finalize(invoice);
    stripe.advance(5);
    const types = typesOf(stripe, () => stripe.invoices.markUncollectible(invoice));
    expect(types).toEqual(["invoice.updated", "invoice.marked_uncollectible"]);
    stripe.advance(5);
    stripe.invoices.pay(invoice);
    expect(current(stripe, "invoice", invoice).status).toBe("paid");
  });

  it("that cannot be collected stays open and is not tried again", () => {
    const { stripe, invoice, customer } = drafted();
    stripe.customers.setCard(customer, "missing");
    stripe.invoices.finalize(invoice);
    expect(typesOf(stripe, () => stripe.invoices.pay(invoice))).toEqual([
      "invoice.updated",
      "invoice.payment_failed",
    ]);
    expect(typesOf(stripe, () => stripe.advance(30 * DAY))).toEqual([]);
  });

  it("embeds the first ten of its lines", () => {
    const { stripe, customer, ticket } = drafted();
    const lines = Array.from({ length: 15 }, () => ({ price: ticket, quantity: 1 }));
    const { lines: embedded } = current(stripe, "invoice", stripe.invoices.create({ customer, lines }));
    expect(embedded).toMatchObject({ has_more: true, total_count: 15 });
    expect((embedded as { data: unknown[] }).data).toHaveLength(10);
  });
});
