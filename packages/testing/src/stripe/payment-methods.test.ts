import { describe, expect, it } from "vitest";
import { eventsOf, exampleShop } from "./example.ts";

function saved() {
  const shop = exampleShop();
  const card = shop.stripe.paymentMethods.add({ customer: shop.customer });
  shop.stripe.advance(60);
  const row = () => shop.stripe.truth().find(({ noun, id }) => noun === "payment-method" && id === card);
  return { ...shop, card, row };
}

describe("a payment method", () => {
  it("is told of when it is attached, by the member of its type", () => {
    const { stripe, customer } = exampleShop();
    const events = eventsOf(stripe, () => {
      stripe.paymentMethods.add({ customer });
      stripe.paymentMethods.add({ customer, type: "sepa_debit" });
    });
    expect(events.map((event) => event.type)).toEqual(["payment_method.attached", "payment_method.attached"]);
    const [card, debit] = events.map((event) => event.data.object);
    expect(card).toMatchObject({ type: "card", customer, card: { brand: "visa", exp_year: 2031 } });
    expect(debit).toMatchObject({ type: "sepa_debit", sepa_debit: { country: "DE" } });
    expect(debit).not.toHaveProperty("card");
  });

  it("is not told of when a buyer only paid with it", () => {
    const { stripe, ticket } = exampleShop();
    const id = stripe.checkout.create({ lines: [{ price: ticket, quantity: 1 }] });
    stripe.checkout.complete(id);
    expect(stripe.truth().filter(({ noun }) => noun === "payment-method")).toEqual([]);
  });

  it("says what changed, whoever changed it", () => {
    const { stripe, card } = saved();
    const events = eventsOf(stripe, () => {
      stripe.paymentMethods.update(card, { metadata: { name: "work" } });
      stripe.advance(60);
      stripe.paymentMethods.renew(card);
    });
    expect(events.map(({ type, data }) => [type, data.previous_attributes])).toEqual([
      ["payment_method.updated", { metadata: { name: null } }],
      ["payment_method.automatically_updated", { card: { exp_year: 2031 } }],
    ]);
  });

  it("that is detached says whose it was", () => {
    const { stripe, card, customer, row } = saved();
    const [detached] = eventsOf(stripe, () => stripe.paymentMethods.detach(card));
    expect(detached).toMatchObject({
      type: "payment_method.detached",
      data: { object: { customer: null }, previous_attributes: { customer } },
    });
    expect(row()).toMatchObject({ customer: null, state: { customer: null, brand: "visa" } });
    expect(() => stripe.paymentMethods.update(card, { expMonth: 1 })).toThrow("not attached");
    expect(() => stripe.paymentMethods.detach(card)).toThrow("not attached");
  });

  it("moves to another customer, a second later at least", () => {
    const { stripe, card, row, customer } = saved();
    const other = stripe.customers.create();
    expect(() => stripe.paymentMethods.attach(card, other)).toThrow(`attached to ${customer}`);
    const events = eventsOf(stripe, () => {
      stripe.paymentMethods.detach(card);
      stripe.paymentMethods.attach(card, other);
    });
    expect(events[1]?.created).toBe((events[0]?.created ?? 0) + 1);
    expect(row()).toMatchObject({ customer: other, state: { customer: other } });
  });

  it("is not attached to who has left", () => {
    const { stripe, customer } = saved();
    stripe.customers.delete(customer);
    expect(() => stripe.paymentMethods.add({ customer })).toThrow("deleted");
  });
});
