import { describe, expect, it } from "vitest";
import type { PaymentState } from "../nouns/payment.ts";
import { factsOf, names, PAID, type State, TOTAL } from "./fixtures/payment.ts";

const refund = (id: string, status: string, amount: number | null) => ({
  id,
  status,
  amount,
  currency: "eur",
  charge: "ch_1",
});

describe("a refund", () => {
  const returned = (refunded: number, ...refunds: PaymentState["refunds"]): State => ({
    ...PAID,
    refunded,
    refunds,
  });

  it("is the difference of the level, with the total", () => {
    const detail = { amount: 300, currency: "eur", ...TOTAL, refunded: 500 };
    expect(factsOf(returned(200), returned(500))).toEqual([{ name: "payment.refunded", detail }]);
  });

  it("is counted once, though the charge and the refund itself tell of it", () => {
    expect(factsOf(returned(200), returned(200, refund("re_1", "succeeded", 200)))).toEqual([]);
  });

  it.each(["failed", "canceled"])("that %s is taken back by its id", (status) => {
    const was = returned(200, refund("re_1", "pending", 200));
    const detail = { refund: "re_1", status, amount: 200, currency: "eur", ...TOTAL };
    expect(factsOf(was, returned(0, refund("re_1", status, 200)))).toEqual([
      { name: "payment.refund_failed", detail },
    ]);
  });

  it("that fails as another is made leaves both told, though the level stands still", () => {
    const was = returned(200, refund("re_1", "pending", 200));
    const is = returned(200, refund("re_1", "failed", 200), refund("re_2", "pending", 200));
    expect(names(was, is)).toEqual(["payment.refunded", "payment.refund_failed"]);
  });

  it("that is first told of as failed had gone out before", () => {
    const is = returned(0, refund("re_1", "failed", 200));
    expect(factsOf(PAID, is)).toMatchObject([
      { name: "payment.refunded", detail: { amount: 200, refunded: 0 } },
      { name: "payment.refund_failed", detail: { refund: "re_1", amount: 200 } },
    ]);
  });

  it("that only the charge takes back has no id", () => {
    expect(factsOf(returned(200), returned(0))).toMatchObject([
      { name: "payment.refund_failed", detail: { refund: null, status: null, amount: 200 } },
    ]);
  });

  it("of an unknown amount still tells that it failed", () => {
    const was = returned(0, refund("re_1", "pending", null));
    expect(factsOf(was, returned(0, refund("re_1", "failed", null)))).toMatchObject([
      { name: "payment.refund_failed", detail: { refund: "re_1", amount: 0 } },
    ]);
  });

  it("is told once where its charge's figure fell before anybody told that it failed", () => {
    const charge = { id: "ch_1", status: "succeeded", amount: 1000, captured: 1000, refunded: 0, fell: 200 };
    const was = { ...returned(200, refund("re_1", "pending", 200)), charges: [charge] };
    expect(factsOf(PAID, was)).toMatchObject([{ name: "payment.refunded", detail: { amount: 200 } }]);
    const is = { ...returned(0, refund("re_1", "failed", 200)), charges: [charge] };
    expect(factsOf(was, is)).toMatchObject([
      { name: "payment.refund_failed", detail: { refund: "re_1", amount: 200 } },
    ]);
  });
});
