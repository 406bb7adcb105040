import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

function saving() {
  const shop = exampleShop();
  const { stripe, customer, ticket } = shop;
  const id = stripe.checkout.createSetup({ customer, wanted: [{ price: ticket, quantity: 2 }] });
  stripe.advance(60);
  return { ...shop, id };
}

describe("a Checkout session in setup mode", () => {
  it("saves a card, and is complete without a payment, though it names what is wanted", () => {
    const { stripe, id, customer, ticket } = saving();
    const events = eventsOf(stripe, () => stripe.checkout.completeSetup(id));
    expect(events.map((event) => event.type)).toEqual([
      "payment_method.attached",
      "setup_intent.succeeded",
      "checkout.session.completed",
    ]);
    expect(events.at(-1)?.data.object).toMatchObject({
      ...{ mode: "setup", status: "complete", payment_status: "no_payment_required", customer },
      ...{
        payment_intent: null,
        setup_intent: events[1]?.data.object.id,
        amount_total: null,
        currency: null,
      },
      metadata: { price_id: ticket, quantity: "2" },
    });
    expect(stripe.ledger()).toEqual({});
  });

  it("stays open when the bank refuses the card, and expires", () => {
    const { stripe, id, customer } = saving();
    stripe.customers.setCard(customer, "declined");
    const types = typesOf(stripe, () => stripe.checkout.completeSetup(id));
    expect(types).toEqual(["setup_intent.setup_failed"]);
    expect(current(stripe, "checkout.session", id).status).toBe("open");
    expect(typesOf(stripe, () => stripe.advance(DAY))).toEqual(["checkout.session.expired"]);
  });
});
