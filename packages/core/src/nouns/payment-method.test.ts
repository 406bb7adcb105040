import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import { type PaymentMethodState, paymentMethod } from "./payment-method.ts";

const OBJECT = { object: "payment_method", id: "pm_1", customer: "cus_1", created: 1_700_000_000 };

const NO_DETAILS = { brand: null, last4: null, expMonth: null, expYear: null };

function project(changes: JsonObject): PaymentMethodState {
  return paymentMethod.project({ ...OBJECT, ...changes }, "payment_method.attached");
}

describe("a payment method", () => {
  it("is what can be charged, and how its owner knows it again", () => {
    const card = {
      brand: "visa",
      last4: "4242",
      exp_month: 12,
      exp_year: 2030,
      fingerprint: "Xt5EWLLDS7FJjR1c",
    };
    const told = { type: "card", card, billing_details: { email: "ada@example.com" }, metadata: { a: "1" } };
    expect(project(told)).toEqual({
      type: "card",
      customer: "cus_1",
      brand: "visa",
      last4: "4242",
      expMonth: 12,
      expYear: 2030,
      created: 1_700_000_000,
      metadata: { a: "1" },
    });
  });

  const cases: [string, JsonObject, Partial<PaymentMethodState>][] = [
    ["sepa_debit", { sepa_debit: { last4: "3000", country: "DE" } }, { last4: "3000" }],
    ["us_bank_account", { us_bank_account: { last4: "6789", bank_name: "A BANK" } }, { last4: "6789" }],
    ["card_present", { card_present: { brand: "amex", exp_month: 1 } }, { brand: "amex", expMonth: 1 }],
    ["kr_card", { kr_card: { brand: "hyundai", last4: null } }, { brand: "hyundai" }],
    ["link", { link: { email: "ada@example.com" } }, {}],
    ["klarna", {}, {}],
    ["sepa_debit", { card: { brand: "visa" }, sepa_debit: { last4: "3000" } }, { last4: "3000" }],
    ["constructor", {}, {}],
    ["object", {}, {}],
  ];

  it.each(cases)("of the type %s has its details from the member of that name", (type, member, details) => {
    expect(project({ type, ...member })).toMatchObject({ type, ...NO_DETAILS, ...details });
  });

  it("belongs to nobody before it is attached and once it is detached", () => {
    expect(paymentMethod.customerOf(project({}), "pm_1")).toBe("cus_1");
    expect(paymentMethod.customerOf(project({ customer: null }), "pm_1")).toBeNull();
    expect(project({ customer: { id: "cus_1", email: null } })).toEqual(project({}));
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = { type: null, customer: null, ...NO_DETAILS, created: null, metadata: {} };
    expect(paymentMethod.project({ object: "payment_method" }, "payment_method.updated")).toEqual(nothing);
    const broken = { type: 5, card: { brand: "visa" }, customer: [], created: "now", metadata: "" };
    expect(project(broken)).toEqual(nothing);
    const details = { brand: 1, last4: 4242, exp_month: "12", exp_year: 2030.5 };
    expect(project({ type: "card", card: details })).toMatchObject(NO_DETAILS);
    expect(project({ type: "card", card: "visa" })).toMatchObject(NO_DETAILS);
  });

  it("lives on its own, without a status", () => {
    expect(paymentMethod.home).toBe("own");
    expect(paymentMethod.statusOf(project({}))).toBeNull();
    expect(paymentMethod.lifecycleOf(OBJECT)).toBe(NO_LIFECYCLE);
  });
});
