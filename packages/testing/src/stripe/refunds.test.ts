import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

function paid(options: Parameters<typeof exampleShop>[0] = {}) {
  const shop = exampleShop(options);
  const payment = shop.stripe.paymentIntents.create({ customer: shop.customer, amount: 1000 });
  const charge = String(current(shop.stripe, "payment_intent", payment).latest_charge);
  shop.stripe.advance(DAY);
  return { ...shop, payment, charge };
}

describe("a refund", () => {
  it("of a part is told by the charge, as a level, and by the refund itself", () => {
    const { stripe, charge } = paid();
    const events = eventsOf(stripe, () => {
      stripe.refunds.create({ of: charge, amount: 300 });
      stripe.refunds.create({ of: charge, amount: 200 });
    });
    expect(events.map((event) => event.type)).toEqual([
      "charge.refunded",
      "refund.created",
      "charge.refunded",
      "refund.created",
    ]);
    expect(events[2]?.data.object).toMatchObject({ amount_refunded: 500, refunded: false });
    expect(events[2]?.created).toBe((events[0]?.created ?? 0) + 1);
    expect(stripe.ledger()).toEqual({ usd: { paid: 1000, refunded: 500, disputed: 0 } });
  });

  it("of a payment intent is, without an amount, of what is left", () => {
    const { stripe, payment, charge } = paid();
    stripe.refunds.create({ of: charge, amount: 300 });
    const id = stripe.refunds.create({ of: payment });
    expect(current(stripe, "refund", id)).toMatchObject({ amount: 700, charge });
    expect(current(stripe, "charge", charge).refunded).toBe(true);
    expect(() => stripe.refunds.create({ of: charge })).toThrow("0 of it");
  });

  it("that fails takes its amount back from the charge", () => {
    const { stripe, charge } = paid();
    stripe.refunds.create({ of: charge, amount: 100 });
    const id = stripe.refunds.create({ of: charge });
    stripe.advance(DAY);
    expect(typesOf(stripe, () => stripe.refunds.fail(id))).toEqual([
      "charge.refund.updated",
      "refund.updated",
      "refund.failed",
      "charge.updated",
    ]);
    expect(current(stripe, "charge", charge)).toMatchObject({ amount_refunded: 100, refunded: false });
    expect(stripe.ledger()).toEqual({ usd: { paid: 1000, refunded: 100, disputed: 0 } });
    expect(() => stripe.refunds.fail(id)).toThrow("already");
  });

  it("that fails lowers the charge's figure, which says what it was", () => {
    const { stripe, charge } = paid();
    const id = stripe.refunds.create({ of: charge });
    stripe.advance(DAY);
    const told = eventsOf(stripe, () => stripe.refunds.fail(id)).at(-1);
    expect(told?.data).toMatchObject({
      object: { amount_refunded: 0, refunded: false },
      previous_attributes: { amount_refunded: 1000, refunded: true },
    });
  });

  it("that fails is still in the charge's figure with some accounts, until it is refunded again", () => {
    const { stripe, charge } = paid({ afterFailedRefund: "stays" });
    stripe.refunds.create({ of: charge, amount: 300 });
    const failing = stripe.refunds.create({ of: charge, amount: 200 });
    stripe.advance(DAY);
    expect(typesOf(stripe, () => stripe.refunds.fail(failing))).not.toContain("charge.updated");
    const [noted] = eventsOf(stripe, () => stripe.charges.note(charge, { seen: "yes" }));
    expect(noted?.data.object).toMatchObject({ amount_refunded: 500 });
    expect(stripe.ledger()).toEqual({ usd: { paid: 1000, refunded: 300, disputed: 0 } });
    const [again] = eventsOf(stripe, () => stripe.refunds.create({ of: charge, amount: 600 }));
    expect(again?.data.object).toMatchObject({ amount_refunded: 900 });
    expect(stripe.ledger()).toEqual({ usd: { paid: 1000, refunded: 900, disputed: 0 } });
    expect(stripe.refunds.create({ of: charge })).toMatch(/^re_/);
    expect(() => stripe.refunds.create({ of: charge })).toThrow("0 of it");
  });

  it("never fails in the second in which its charge is refunded", () => {
    const { stripe, charge } = paid({ afterFailedRefund: "stays" });
    const events = eventsOf(stripe, () => {
      stripe.refunds.fail(stripe.refunds.create({ of: charge, amount: 200 }));
      stripe.refunds.create({ of: charge, amount: 200 });
    });
    const secondsOf = (type: string) => events.filter((event) => event.type === type).map((e) => e.created);
    const [first, second] = secondsOf("charge.refunded");
    const [failed] = secondsOf("refund.failed");
    expect(failed).toBeGreaterThan(first ?? 0);
    expect(second).toBeGreaterThan(failed ?? 0);
  });

  it("shows in the charges that an old version embeds in the payment intent, newest first", () => {
    const { stripe, customer } = exampleShop({ apiVersion: "2020-08-27" });
    stripe.customers.setCard(customer, "declined");
    const id = stripe.paymentIntents.create({ customer, amount: 700 });
    stripe.customers.setCard(customer, "accepted");
    stripe.paymentIntents.confirm(id);
    stripe.refunds.create({ of: id, amount: 200 });
    expect(current(stripe, "payment_intent", id)).toMatchObject({
      charges: {
        data: [
          { status: "succeeded", amount_refunded: 200, refunds: { data: [{ amount: 200 }] } },
          { status: "failed", amount_refunded: 0 },
        ],
      },
    });
  });

  it("that takes days is pending, and the charge counts it from the start", () => {
    const { stripe, charge } = paid();
    const id = stripe.refunds.create({ of: charge, amount: 400, status: "pending" });
    expect(current(stripe, "refund", id)).toMatchObject({ status: "pending", pending_reason: "processing" });
    expect(current(stripe, "charge", charge).amount_refunded).toBe(400);
    stripe.advance(DAY);
    const events = eventsOf(stripe, () => stripe.refunds.complete(id));
    expect(events.map((event) => event.type)).toEqual(["charge.refund.updated", "refund.updated"]);
    expect(events[1]?.data.previous_attributes).toEqual({ status: "pending", pending_reason: "processing" });
    expect(stripe.ledger()).toEqual({ usd: { paid: 1000, refunded: 400, disputed: 0 } });
    expect(() => stripe.refunds.complete(id)).toThrow("already");
  });

  it("is told by its charge alone before 2024-10-28.acacia, and by charge.refund.updated once it changes", () => {
    const { stripe, charge } = paid({ apiVersion: "2024-09-30.acacia" });
    const typesWhen = (run: () => void) => {
      stripe.advance(60);
      return typesOf(stripe, run);
    };
    let id = "";
    const create = (status: "pending" | "requires_action") => () => {
      id = stripe.refunds.create({ of: charge, amount: 100, status });
    };
    expect(typesWhen(create("pending"))).toEqual(["charge.refunded"]);
    expect(typesWhen(() => stripe.refunds.complete(id))).toEqual(["charge.refund.updated"]);
    expect(stripe.events.at(-1)?.data.previous_attributes).toMatchObject({ status: "pending" });
    expect(typesWhen(() => stripe.refunds.fail(id))).toEqual(["charge.refund.updated", "charge.updated"]);
    expect(typesWhen(create("requires_action"))).toEqual(["charge.refunded"]);
    expect(typesWhen(() => stripe.refunds.cancel(id))).toEqual(["charge.refund.updated", "charge.updated"]);
    expect(stripe.ledger()).toEqual({ usd: { paid: 1000, refunded: 0, disputed: 0 } });
  });

  it("can be canceled while it waits for the customer, and at no other time", () => {
    const { stripe, charge } = paid();
    const waiting = stripe.refunds.create({ of: charge, amount: 400, status: "requires_action" });
    const pending = stripe.refunds.create({ of: charge, amount: 100, status: "pending" });
    stripe.advance(DAY);
    expect(typesOf(stripe, () => stripe.refunds.cancel(waiting))).toEqual([
      "charge.refund.updated",
      "refund.updated",
      "charge.updated",
    ]);
    expect(current(stripe, "charge", charge).amount_refunded).toBe(100);
    expect(stripe.ledger()).toEqual({ usd: { paid: 1000, refunded: 100, disputed: 0 } });
    expect(() => stripe.refunds.cancel(pending)).toThrow("pending");
    expect(() => stripe.refunds.fail(waiting)).toThrow("canceled");
  });

  it("is refused while a dispute holds the money", () => {
    const { stripe, charge } = paid();
    stripe.disputes.open({ of: charge });
    expect(() => stripe.refunds.create({ of: charge })).toThrow("0 of it");
  });
});
