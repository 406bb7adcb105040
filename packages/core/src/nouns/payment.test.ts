import { describe, expect, it } from "vitest";
import type { StripeObject } from "../event.ts";
import { CHARGE, INTENT, order, stateOf } from "../fixtures/payment.ts";
import { isTerminal, rankOf } from "../lifecycle.ts";
import { payment } from "./payment.ts";

describe("the row of a payment", () => {
  it.each<[string, StripeObject, string | null]>([
    ["a payment intent's own", INTENT, "pi_1"],
    ["the intent's of a charge", CHARGE, "pi_1"],
    ["the expanded intent's of a charge", { ...CHARGE, payment_intent: { id: "pi_2" } }, "pi_2"],
    ["the charge's where it has no intent", { ...CHARGE, payment_intent: null }, "ch_1"],
    [
      "the intent's that pays an invoice",
      {
        object: "invoice_payment",
        id: "inpay_1",
        payment: { type: "payment_intent", payment_intent: "pi_1" },
      },
      "pi_1",
    ],
    [
      "the charge's that pays an invoice",
      { object: "invoice_payment", id: "inpay_1", payment: { type: "charge", charge: "ch_1" } },
      "ch_1",
    ],
    [
      "the invoice payment's own where no money moved through Stripe",
      {
        object: "invoice_payment",
        id: "inpay_1",
        payment: { type: "payment_record", payment_record: "pr_1" },
      },
      "inpay_1",
    ],
    ["nobody's without any id", { object: "payment_intent" }, null],
  ])("is %s", (_, object, id) => {
    expect(payment.rowIdOf?.(object)).toBe(id);
  });
});

describe("a payment", () => {
  it("is what its intent and its charges tell together", () => {
    const told = {
      customer: "cus_1",
      latest_charge: "ch_1",
      metadata: { seat: "4A" },
      amount_received: 3000,
    };
    expect(stateOf([{ ...INTENT, ...told }, CHARGE])).toEqual({
      status: "succeeded",
      customer: "cus_1",
      currency: "eur",
      amount: 3000,
      paid: 3000,
      refunded: 0,
      disputed: 0,
      invoice: null,
      invoices: [],
      latestCharge: "ch_1",
      failure: null,
      charges: [{ id: "ch_1", status: "succeeded", amount: 3000, captured: 3000, refunded: null }],
      refunds: [],
      disputes: [],
      orders: [],
      metadata: { seat: "4A" },
    });
  });

  it("is a charge's alone where there is no intent, or none was told yet", () => {
    const alone = stateOf([{ ...CHARGE, customer: "cus_1", amount_refunded: 500 }]);
    expect(alone).toMatchObject({
      status: "succeeded",
      customer: "cus_1",
      amount: 3000,
      paid: 3000,
      refunded: 500,
      latestCharge: "ch_1",
    });
  });

  it("is nothing but what its order says, should that come first", () => {
    const early = stateOf([], [order("paid", "cus_1")]);
    expect(early).toMatchObject({ status: null, customer: "cus_1", amount: null, paid: 0 });
    expect(early.orders).toHaveLength(1);
  });

  it("names its latest charge and its invoice in every API version", () => {
    const before = {
      latest_charge: null,
      charges: { data: [{ id: "ch_2" }, { id: "ch_1" }] },
      invoice: "in_1",
    };
    const since = { latest_charge: { id: "ch_2" } };
    const invoicePayment = { object: "invoice_payment", id: "inpay_1", invoice: "in_1", status: "paid" };
    const [old, now] = [
      stateOf([{ ...INTENT, ...before }]),
      stateOf([{ ...INTENT, ...since }, invoicePayment]),
    ];
    expect(now).toEqual(old);
    expect(now).toMatchObject({ latestCharge: "ch_2", invoice: "in_1" });
  });

  it("is what its invoice tells of it where the money moved outside of Stripe", () => {
    const outside = { object: "invoice_payment", id: "inpay_1", invoice: "in_1", status: "paid" };
    expect(stateOf([{ ...outside, amount_paid: 3000, currency: "eur" }])).toMatchObject({
      ...{ status: "succeeded", currency: "eur", amount: 3000, paid: 3000, invoice: "in_1" },
    });
    const second = { ...outside, id: "inpay_2", invoice: "in_2", amount_requested: 2500, amount_paid: 2000 };
    expect(stateOf([{ ...outside, amount_paid: 3000 }, second])).toMatchObject({
      ...{ amount: 5500, paid: 5000, invoices: ["in_1", "in_2"] },
    });
  });

  it("tells why the last try failed, until one succeeds", () => {
    const failed = {
      status: "failed",
      outcome: { reason: "insufficient_funds" },
      failure_code: "card_declined",
    };
    const error = { code: "card_declined", decline_code: "insufficient_funds" };
    const waiting = { ...INTENT, status: "requires_payment_method", last_payment_error: error };
    expect(stateOf([waiting, { ...CHARGE, ...failed }]).failure).toBe("insufficient_funds");
    expect(stateOf([{ ...CHARGE, ...failed }]).failure).toBe("insufficient_funds");
    expect(stateOf([{ ...waiting, last_payment_error: { code: "expired_card" } }]).failure).toBe(
      "expired_card",
    );
    const second = { ...CHARGE, id: "ch_2", created: 200 };
    expect(stateOf([{ ...CHARGE, ...failed }, second]).failure).toBeNull();
    expect(
      stateOf([{ ...INTENT, last_payment_error: null }, { ...CHARGE, ...failed }, second]).failure,
    ).toBeNull();
  });

  it("lacks what has the wrong type", () => {
    const broken = {
      amount: "3000",
      currency: 5,
      customer: [],
      latest_charge: 1,
      charges: "none",
      metadata: [],
    };
    expect(stateOf([{ object: "payment_intent", id: "pi_1", ...broken }])).toMatchObject({
      status: null,
      customer: null,
      currency: null,
      amount: null,
      paid: 0,
      latestCharge: null,
      metadata: {},
    });
  });
});

describe("the lifecycle of a payment's objects", () => {
  it("goes by each object's own statuses ('How PaymentIntents work', 'The Charge object')", () => {
    const ofIntent = payment.lifecycleOf(INTENT);
    expect(isTerminal(ofIntent, "succeeded")).toBe(true);
    expect(rankOf(ofIntent, "processing")).toBe(rankOf(ofIntent, "requires_payment_method"));
    const ofCharge = payment.lifecycleOf(CHARGE);
    expect(rankOf(ofCharge, "pending")).toBeLessThan(rankOf(ofCharge, "failed"));
    expect(isTerminal(ofCharge, "succeeded")).toBe(false);
  });
});
