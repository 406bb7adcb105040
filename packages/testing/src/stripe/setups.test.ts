import { describe, expect, it } from "vitest";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

describe("a setup intent", () => {
  function begun() {
    const shop = exampleShop();
    const setup = shop.stripe.setups.create(shop.customer);
    shop.stripe.advance(60);
    return { ...shop, setup };
  }

  it("saves a card, of which nothing is taken", () => {
    const { stripe, setup, customer } = begun();
    const events = eventsOf(stripe, () => stripe.setups.confirm(setup));
    expect(events.map((event) => event.type)).toEqual(["payment_method.attached", "setup_intent.succeeded"]);
    const [attached, succeeded] = events.map((event) => event.data.object);
    expect(succeeded).toMatchObject({ status: "succeeded", payment_method: attached?.id, customer });
    expect(() => stripe.setups.confirm(setup)).toThrow("succeeded");
    expect(stripe.ledger()).toEqual({});
  });

  it("lets the customer authenticate first, and then saves that very card", () => {
    const { stripe, setup } = begun();
    expect(typesOf(stripe, () => stripe.setups.challenge(setup))).toEqual(["setup_intent.requires_action"]);
    const card = current(stripe, "setup_intent", setup).payment_method;
    stripe.setups.confirm(setup);
    expect(current(stripe, "setup_intent", setup)).toMatchObject({ payment_method: card, next_action: null });
  });

  it("that the bank refuses asks for another card, or is canceled", () => {
    const { stripe, setup, customer } = begun();
    stripe.customers.setCard(customer, "declined");
    expect(typesOf(stripe, () => stripe.setups.confirm(setup))).toEqual(["setup_intent.setup_failed"]);
    expect(current(stripe, "setup_intent", setup)).toMatchObject({
      status: "requires_payment_method",
      last_setup_error: { decline_code: "do_not_honor" },
    });
    stripe.advance(60);
    expect(typesOf(stripe, () => stripe.setups.cancel(setup))).toEqual(["setup_intent.canceled"]);
    expect(() => stripe.setups.confirm(setup)).toThrow("canceled");
    const row = stripe.truth().find(({ noun }) => noun === "setup");
    expect(row).toMatchObject({
      id: setup,
      customer,
      status: "canceled",
      state: { failure: "do_not_honor" },
    });
  });
});
