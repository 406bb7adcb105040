import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

describe("a payment that is captured by hand", () => {
  function held(options = {}) {
    const shop = exampleShop(options);
    const { stripe, customer } = shop;
    const events = eventsOf(stripe, () =>
      stripe.paymentIntents.create({ customer, amount: 1000, capture: "manual" }),
    );
    const payment = String(events[0]?.data.object.id);
    const charge = String(current(stripe, "payment_intent", payment).latest_charge);
    stripe.advance(60);
    return { ...shop, events, payment, charge };
  }

  it("is held by a charge that succeeded and took nothing", () => {
    const { stripe, events, payment, charge } = held();
    expect(events.map((event) => event.type)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.amount_capturable_updated",
    ]);
    expect(current(stripe, "payment_intent", payment)).toMatchObject({
      status: "requires_capture",
      capture_method: "manual",
      amount_capturable: 1000,
      amount_received: 0,
    });
    expect(current(stripe, "charge", charge)).toMatchObject({ captured: false, amount_captured: 0 });
    expect(stripe.ledger()).toEqual({});
    expect(() => stripe.refunds.create({ of: charge })).toThrow("0 of it");
  });

  it("in part releases the rest, which the charge shows as refunded and nobody got back", () => {
    const { stripe, payment, charge } = held();
    const types = typesOf(stripe, () => stripe.paymentIntents.capture(payment, 700));
    expect(types).toEqual(["charge.captured", "payment_intent.succeeded"]);
    expect(current(stripe, "payment_intent", payment)).toMatchObject({
      amount_received: 700,
      amount_capturable: 0,
    });
    expect(current(stripe, "charge", charge)).toMatchObject({ amount_captured: 700, amount_refunded: 300 });
    expect(stripe.ledger()).toEqual({ usd: { paid: 700, refunded: 0, disputed: 0 } });
    stripe.refunds.create({ of: charge });
    expect(current(stripe, "charge", charge)).toMatchObject({ amount_refunded: 1000, refunded: true });
    expect(stripe.ledger()).toEqual({ usd: { paid: 700, refunded: 700, disputed: 0 } });
  });

  it("takes all that is held, no more, and once", () => {
    const { stripe, payment, charge } = held();
    expect(() => stripe.paymentIntents.capture(payment, 1001)).toThrow(RangeError);
    expect(() => stripe.paymentIntents.capture(payment, 0)).toThrow(RangeError);
    stripe.paymentIntents.capture(payment);
    expect(current(stripe, "charge", charge)).toMatchObject({ amount_captured: 1000, amount_refunded: 0 });
    expect(() => stripe.paymentIntents.capture(payment)).toThrow("succeeded");
  });

  it("gives all of it back when it is canceled", () => {
    const { stripe, payment, charge } = held();
    const types = typesOf(stripe, () => stripe.paymentIntents.cancel(payment));
    expect(types).toEqual(["charge.refunded", "payment_intent.canceled"]);
    expect(current(stripe, "charge", charge)).toMatchObject({ amount_captured: 0, amount_refunded: 1000 });
    expect(current(stripe, "payment_intent", payment).amount_capturable).toBe(0);
    expect(stripe.ledger()).toEqual({});
  });

  it("has a balance transaction once it is captured, and not before", () => {
    const { stripe, payment, charge } = held({ apiVersion: "2022-11-15" });
    expect(current(stripe, "charge", charge).balance_transaction).toBeNull();
    stripe.paymentIntents.capture(payment);
    expect(current(stripe, "charge", charge).balance_transaction).toMatch(/^txn_/);
  });
});

describe("what is held", () => {
  function held(options = {}) {
    const { stripe, customer } = exampleShop(options);
    const payment = stripe.paymentIntents.create({ customer, amount: 1000, capture: "manual" });
    const charge = String(current(stripe, "payment_intent", payment).latest_charge);
    stripe.advance(60);
    return { stripe, payment, charge };
  }

  it("is let go by the bank after a week", () => {
    const { stripe, payment, charge } = held();
    const types = typesOf(stripe, () => stripe.advance(8 * DAY));
    expect(types).toEqual(["charge.expired", "payment_intent.canceled"]);
    const released = { captured: false, amount_captured: 0, amount_refunded: 1000, refunded: true };
    expect(current(stripe, "charge", charge)).toMatchObject(released);
    const canceled = { status: "canceled", cancellation_reason: "automatic", amount_capturable: 0 };
    expect(current(stripe, "payment_intent", payment)).toMatchObject(canceled);
    expect(() => stripe.paymentIntents.expire(payment)).toThrow("canceled");
    expect(stripe.ledger()).toEqual({});
  });

  it("is not let go once it was captured", () => {
    const { stripe, payment } = held({ apiVersion: "2022-11-15" });
    stripe.paymentIntents.capture(payment);
    expect(typesOf(stripe, () => stripe.advance(8 * DAY))).toEqual([]);
  });

  it("can be captured several times, each told by the charge and by what is left", () => {
    const { stripe, payment, charge } = held({ apiVersion: "2022-11-15" });
    const told = [300, 200].map((amount) => {
      stripe.advance(60);
      return typesOf(stripe, () => stripe.paymentIntents.capture(payment, amount, "some"));
    });
    const left = "payment_intent.amount_capturable_updated";
    expect(told).toEqual([
      ["charge.captured", left],
      ["charge.updated", left],
    ]);
    const intent = { status: "requires_capture", amount_received: 500, amount_capturable: 500 };
    expect(current(stripe, "payment_intent", payment)).toMatchObject(intent);
    const taken = { captured: true, amount_captured: 500, amount_refunded: 0 };
    expect(current(stripe, "charge", charge)).toMatchObject(taken);
    expect(stripe.ledger()).toMatchObject({ usd: { paid: 500 } });
    stripe.advance(60);
    const last = typesOf(stripe, () => stripe.paymentIntents.capture(payment, 100));
    expect(last).toEqual(["charge.updated", "payment_intent.succeeded"]);
    const end = { status: "succeeded", amount_received: 600, amount_capturable: 0 };
    expect(current(stripe, "payment_intent", payment)).toMatchObject(end);
    expect(current(stripe, "charge", charge)).toMatchObject({ amount_captured: 600, amount_refunded: 400 });
    expect(stripe.ledger()).toEqual({ usd: { paid: 600, refunded: 0, disputed: 0 } });
  });

  it("is all that was taken of it once the bank lets go of the rest", () => {
    const { stripe, payment, charge } = held({ apiVersion: "2022-11-15" });
    stripe.paymentIntents.capture(payment, 300, "some");
    expect(typesOf(stripe, () => stripe.advance(8 * DAY))).toEqual([
      "charge.updated",
      "payment_intent.succeeded",
    ]);
    expect(current(stripe, "charge", charge)).toMatchObject({ amount_captured: 300, amount_refunded: 700 });
    expect(stripe.ledger()).toEqual({ usd: { paid: 300, refunded: 0, disputed: 0 } });
  });

  it("has one balance transaction, however often it is captured", () => {
    const { stripe, payment, charge } = held();
    stripe.paymentIntents.capture(payment, 300, "some");
    stripe.paymentIntents.capture(payment, 700);
    expect(typesOf(stripe, () => stripe.advance(60))).toEqual(["charge.updated"]);
    expect(current(stripe, "charge", charge).balance_transaction).toMatch(/^txn_/);
  });
});
