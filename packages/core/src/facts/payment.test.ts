import { describe, expect, it } from "vitest";
import type { PaymentCharge, PaymentState } from "../nouns/payment.ts";
import { changeFrom, namesOf, type Otherwise } from "./fixtures/change.ts";
import { paymentFacts } from "./payment.ts";

type State = Partial<PaymentState>;

const NEW: PaymentState = {
  status: "requires_payment_method",
  customer: "cus_1",
  currency: "eur",
  amount: 1000,
  paid: 0,
  refunded: 0,
  disputed: 0,
  invoice: "in_1",
  latestCharge: null,
  failure: null,
  charges: [],
  refunds: [],
  disputes: [],
  orders: [],
  metadata: {},
};
const PAID = { status: "succeeded", paid: 1000, latestCharge: "ch_1" };
const TOTAL = { paid: 1000, refunded: 0, invoice: "in_1", orders: [] };

const change = changeFrom(NEW);
const factsOf = (was: Otherwise<PaymentState>, is: State) => paymentFacts(change(was, is));
const names = (was: Otherwise<PaymentState>, is: State) => namesOf(factsOf(was, is));
const charge = (id: string, status: string): PaymentCharge => ({
  id,
  status,
  amount: 1000,
  captured: 0,
  refunded: 0,
});

describe("a payment", () => {
  it("succeeds with what was captured", () => {
    const detail = { charge: "ch_1", amount: 1000, currency: "eur", ...TOTAL };
    expect(factsOf({}, PAID)).toEqual([{ name: "payment.succeeded", detail }]);
    expect(factsOf(PAID, { ...PAID, metadata: { late: "yes" } })).toEqual([]);
  });

  it("is canceled", () => {
    const detail = { amount: 1000, currency: "eur", ...TOTAL, paid: 0 };
    expect(factsOf({}, { status: "canceled" })).toEqual([{ name: "payment.canceled", detail }]);
  });

  it("tells all that led to where it is first told of", () => {
    const charges = [charge("ch_0", "failed"), charge("ch_1", "succeeded")];
    expect(names(null, { ...PAID, charges, refunded: 200 })).toEqual([
      "payment.failed",
      "payment.succeeded",
      "payment.refunded",
    ]);
  });

  it("says nothing before it is tried", () => {
    expect(factsOf(null, {})).toEqual([]);
  });
});

describe("a failed try", () => {
  const told = { failure: "card_declined", latestCharge: "ch_1" };
  const charged = { charges: [charge("ch_1", "failed")] };

  it("is told with its charge and why", () => {
    const detail = { charge: "ch_1", failure: "card_declined", currency: "eur", ...TOTAL, paid: 0 };
    expect(factsOf({}, { ...told, ...charged })).toEqual([{ name: "payment.failed", detail }]);
  });

  it("is one, though its intent and its charge both tell of it, in either order", () => {
    expect([...names({}, told), ...names(told, { ...told, ...charged })]).toEqual(["payment.failed"]);
    expect([...names({}, charged), ...names(charged, { ...told, ...charged })]).toEqual(["payment.failed"]);
  });

  it("is another one where it has another charge, whatever the reason", () => {
    expect(names(told, { ...told, latestCharge: "ch_2" })).toEqual(["payment.failed"]);
    const both = [charge("ch_1", "failed"), charge("ch_2", "failed")];
    const details = factsOf({}, { ...told, latestCharge: "ch_2", charges: both }).map(({ detail }) => detail);
    expect(details).toMatchObject([
      { charge: "ch_1", failure: null },
      { charge: "ch_2", failure: "card_declined" },
    ]);
  });

  it("may have no charge", () => {
    const failure = "payment_intent_authentication_failure";
    expect(factsOf({}, { failure })).toMatchObject([{ detail: { charge: null, failure } }]);
  });
});
