import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

describe("a customer", () => {
  it("tells of a change what it was before", () => {
    const { stripe, customer } = exampleShop();
    const [event] = eventsOf(stripe, () => stripe.customers.update(customer, { email: "ada@example.org" }));
    expect(event).toMatchObject({
      type: "customer.updated",
      data: { object: { email: "ada@example.org" }, previous_attributes: { email: "ada@example.com" } },
    });
    expect(event?.data.previous_attributes).toEqual({ email: "ada@example.com" });
  });

  it("shows a new metadata key as null, and a removed one as it was", () => {
    const { stripe, customer } = exampleShop();
    const [added] = eventsOf(stripe, () => stripe.customers.update(customer, { metadata: { plan: "a" } }));
    expect(added?.data.previous_attributes).toEqual({ metadata: { plan: null } });
    const [removed] = eventsOf(stripe, () => stripe.customers.update(customer, { metadata: { plan: null } }));
    expect(removed?.data).toMatchObject({
      object: { metadata: {} },
      previous_attributes: { metadata: { plan: "a" } },
    });
  });

  it("says nothing of a change that changes nothing", () => {
    const { stripe, customer } = exampleShop();
    expect(typesOf(stripe, () => stripe.customers.update(customer, { name: "Ada" }))).toEqual([]);
  });

  it("does not return to an earlier value within one second", () => {
    const { stripe, customer } = exampleShop();
    const events = eventsOf(stripe, () => {
      stripe.customers.update(customer, { name: "Grace" });
      stripe.customers.update(customer, { name: "Edsger" });
      stripe.customers.update(customer, { name: "Grace" });
    });
    const seconds = events.map((event) => event.created - (events[0]?.created ?? 0));
    expect(seconds).toEqual([0, 0, 1]);
  });

  it("when deleted ends its subscriptions first, and is a stub from then on", () => {
    const { stripe, customer, basic } = exampleShop();
    const id = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(DAY);
    const types = typesOf(stripe, () => stripe.customers.delete(customer));
    expect(types).toEqual(["customer.subscription.deleted", "customer.deleted"]);
    expect(current(stripe, "subscription", id).status).toBe("canceled");
    expect(stripe.retrieve("customer", customer)).toEqual({
      id: customer,
      object: "customer",
      deleted: true,
    });
    expect(() => stripe.customers.update(customer, { name: "Grace" })).toThrow("deleted");
  });
});

describe("the catalog", () => {
  it("tells of products and prices that are made and changed", () => {
    const { stripe, product, ticket } = exampleShop();
    stripe.advance(1);
    const events = eventsOf(stripe, () => {
      stripe.products.update(product, { description: "Better", active: false });
      stripe.prices.update(ticket, { nickname: "Front row", metadata: { row: "1" } });
    });
    expect(events.map((event) => [event.type, event.data.previous_attributes])).toEqual([
      ["product.updated", { active: true, description: null, updated: stripe.now() - 1 }],
      ["price.updated", { metadata: { row: null }, nickname: null }],
    ]);
  });

  it("tells of a product that is deleted", () => {
    const { stripe, product } = exampleShop();
    stripe.advance(1);
    expect(typesOf(stripe, () => stripe.products.delete(product))).toEqual(["product.deleted"]);
    expect(stripe.truth().find((row) => row.id === product)).toMatchObject({
      noun: "product",
      deleted: true,
    });
    expect(() => stripe.products.delete(product)).toThrow("deleted");
  });
});

describe("an event", () => {
  it("names the request that led to it, and the account where there is one", () => {
    const { stripe } = exampleShop({ account: "acct_1Connected" });
    expect(stripe.events[0]).toMatchObject({
      id: expect.stringMatching(/^evt_[0-9A-Za-z]{24}$/),
      object: "event",
      account: "acct_1Connected",
      api_version: "2026-10-28.endive",
      created: stripe.now(),
      livemode: false,
      pending_webhooks: expect.any(Number),
      request: { id: expect.stringMatching(/^req_/) },
    });
    expect(exampleShop().stripe.events[0]).not.toHaveProperty("account");
  });

  it("keeps showing the object as it was", () => {
    const { stripe, customer, basic } = exampleShop();
    const [created] = eventsOf(stripe, () =>
      stripe.subscriptions.create({ customer, items: [{ price: basic }] }),
    );
    const before = JSON.stringify(created);
    stripe.advance(40 * DAY);
    expect(JSON.stringify(created)).toBe(before);
  });
});

describe("what is retrieved", () => {
  it("is the object as its newest event showed it", () => {
    const { stripe, customer } = exampleShop();
    expect(stripe.retrieve("customer", customer)).toEqual(stripe.events.at(-1)?.data.object);
  });

  it("is nothing for an id that is not there, or is another type's", () => {
    const { stripe, customer } = exampleShop();
    expect(stripe.retrieve("customer", "cus_nobody")).toBeUndefined();
    expect(stripe.retrieve("invoice", customer)).toBeUndefined();
  });
});

describe("a customer that is an account", () => {
  it("is named as such by what belongs to them, beside the customer", () => {
    const { stripe, customer, basic } = exampleShop({ accountsAsCustomers: true });
    const account = customer.replace("cus_", "acct_1");
    stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    const named = stripe.events.filter(({ data: { object } }) => "customer_account" in object);
    expect(new Set(named.map(({ data }) => data.object.object))).toEqual(
      new Set(["customer", "subscription", "invoice", "payment_intent"]),
    );
    expect(new Set(named.map(({ data }) => data.object.customer_account))).toEqual(new Set([account]));
  });

  it("is none unless the account has that", () => {
    const { stripe, customer } = exampleShop();
    expect(stripe.retrieve("customer", customer)?.customer_account).toBeNull();
  });
});
