import { describe, expect, it } from "vitest";
import type { PaymentCharge } from "../nouns/payment.ts";
import { factsOf, names, PAID, TOTAL } from "./fixtures/payment.ts";

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
