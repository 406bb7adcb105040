import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

function charged(params: { capture?: boolean } = {}) {
  const shop = exampleShop();
  const { stripe, customer } = shop;
  const events = eventsOf(stripe, () => stripe.charges.create({ customer, amount: 2000, ...params }));
  const id = String(events[0]?.data.object.id);
  stripe.advance(60);
  const payment = () => stripe.truth().find((row) => row.noun === "payment" && row.id === id)?.state;
  return { ...shop, events, id, payment };
}

describe("a charge without a payment intent", () => {
  it("is told by itself alone, and is a payment of its own", () => {
    const { events, id, payment } = charged();
    expect(events.map((event) => event.type)).toEqual(["charge.succeeded"]);
    expect(events[0]?.data.object).toMatchObject({ payment_intent: null, captured: true });
    expect(payment()).toMatchObject({ paid: 2000, latestCharge: id });
  });

  it("that the bank declines takes nothing", () => {
    const { stripe, customer } = charged();
    stripe.customers.setCard(customer, "declined");
    const types = typesOf(stripe, () => stripe.charges.create({ customer, amount: 50 }));
    expect(types).toEqual(["charge.failed"]);
  });

  it("can be held first, and captured in part, once", () => {
    const { stripe, id, payment } = charged({ capture: false });
    expect(payment()).toMatchObject({ paid: 0 });
    expect(() => stripe.charges.capture(id, 2001)).toThrow(RangeError);
    expect(typesOf(stripe, () => stripe.charges.capture(id, 1500))).toEqual(["charge.captured"]);
    expect(current(stripe, "charge", id)).toMatchObject({ amount_captured: 1500, amount_refunded: 500 });
    expect(payment()).toMatchObject({ paid: 1500, refunded: 0 });
    expect(() => stripe.charges.capture(id)).toThrow("holds nothing");
    expect(() => stripe.charges.expire(id)).toThrow("holds nothing");
  });

  it("that is held is let go by the seller, or by the bank after a week", () => {
    const { stripe, id } = charged({ capture: false });
    expect(typesOf(stripe, () => stripe.charges.release(id))).toEqual(["charge.refunded"]);
    expect(current(stripe, "charge", id)).toMatchObject({ captured: false, amount_refunded: 2000 });
    const other = charged({ capture: false });
    expect(typesOf(other.stripe, () => other.stripe.advance(8 * DAY))).toEqual(["charge.expired"]);
    expect(other.stripe.ledger()).toEqual({});
  });

  it("is refunded and disputed as others are, and that is told of its payment", () => {
    const { stripe, id, payment } = charged();
    const refund = stripe.refunds.create({ of: id, amount: 500 });
    const dispute = stripe.disputes.open({ of: id, amount: 700 });
    expect(payment()).toMatchObject({ paid: 2000, refunded: 500, disputed: 700 });
    const rows = stripe.truth().filter((row) => row.id === refund || row.id === dispute);
    expect(rows.map(({ state }) => state.payment)).toEqual([id, id]);
  });

  it("belongs to its intent where it has one", () => {
    const { stripe, customer } = charged();
    const intent = stripe.paymentIntents.create({ customer, amount: 100, capture: "manual" });
    const charge = String(current(stripe, "payment_intent", intent).latest_charge);
    expect(() => stripe.charges.capture(charge)).toThrow("payment intent");
  });
});
