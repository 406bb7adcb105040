import { describe, expect, it } from "vitest";
import type { PaymentMethodState } from "../nouns/payment-method.ts";
import { changeFrom } from "./fixtures/change.ts";
import { paymentMethodFacts } from "./payment-method.ts";

const CARD = { type: "card", brand: "visa", last4: "4242", expMonth: 1, expYear: 2030 };
const METHOD: PaymentMethodState = { ...CARD, customer: "cus_1", created: 10, metadata: {} };
const change = changeFrom(METHOD);

describe("a payment method", () => {
  it("is attached to a customer", () => {
    const attached = [{ name: "payment_method.attached", detail: { customer: "cus_1", ...CARD } }];
    expect(paymentMethodFacts(change(null, {}))).toEqual(attached);
    expect(paymentMethodFacts(change({ customer: null }, {}))).toEqual(attached);
  });

  it("is detached from the customer whose it was, and they are not forgotten", () => {
    const detail = { customer: "cus_1", ...CARD };
    expect(paymentMethodFacts(change({}, { customer: null }))).toEqual([
      { name: "payment_method.detached", detail },
    ]);
  });

  it("that moves is detached from one and attached to the other", () => {
    expect(paymentMethodFacts(change({}, { customer: "cus_2" }))).toMatchObject([
      { name: "payment_method.detached", detail: { customer: "cus_1" } },
      { name: "payment_method.attached", detail: { customer: "cus_2" } },
    ]);
  });

  it("says nothing of nobody's, nor of a new expiry date", () => {
    expect(paymentMethodFacts(change(null, { customer: null }))).toEqual([]);
    expect(paymentMethodFacts(change({}, { expYear: 2031 }))).toEqual([]);
  });
});
