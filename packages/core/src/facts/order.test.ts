import { describe, expect, it } from "vitest";
import type { OrderState } from "../nouns/order.ts";
import { changeFrom, namesOf } from "./fixtures/change.ts";
import { orderFacts } from "./order.ts";

const SALE = {
  lines: [{ price: "price_1", quantity: 2 }],
  total: 1900,
  currency: "eur",
  mode: "payment",
  subscription: null,
  metadata: { campaign: "spring" },
};
const ORDER: OrderState = {
  ...SALE,
  status: "open",
  customer: null,
  subtotal: 2000,
  paymentIntent: "pi_1",
  invoice: null,
};
const change = changeFrom(ORDER);

type Status = OrderState["status"];

describe("an order", () => {
  it("is paid, with what was sold and for how much", () => {
    const detail = { ...SALE, payment: "pi_1" };
    expect(orderFacts(change({}, { status: "paid" }))).toEqual([{ name: "order.paid", detail }]);
  });

  it.each<[Status | null, Status, string[]]>([
    ["unpaid", "paid", ["order.paid"]],
    ["unpaid", "failed", ["order.failed"]],
    ["open", "expired", ["order.expired"]],
    ["open", "unpaid", []],
    ["paid", "paid", []],
    [null, "open", []],
    [null, "paid", ["order.paid"]],
    [null, "expired", ["order.expired"]],
  ])("from %s to %s tells %j", (from, to, told) => {
    const facts = orderFacts(change(from === null ? null : { status: from }, { status: to }));
    expect(namesOf(facts)).toEqual(told);
  });
});

describe("an order's refund", () => {
  const paid = { status: "paid" } as const;
  const returned = { ...paid, refunded: 1900 };
  const detail = { ...SALE, payment: "pi_1" };

  it("is told once all that was paid went back, also of an order that is first heard of then", () => {
    const refunded = { name: "order.refunded", detail: { ...detail, amount: 1900 } };
    expect(orderFacts(change(paid, returned))).toEqual([refunded]);
    expect(orderFacts(change(null, returned))).toEqual([{ name: "order.paid", detail }, refunded]);
    expect(orderFacts(change(returned, { ...returned, metadata: {} }))).toEqual([]);
  });

  it("is taken back where it did not arrive", () => {
    expect(orderFacts(change(returned, paid))).toEqual([{ name: "order.refund_failed", detail }]);
  });
});
