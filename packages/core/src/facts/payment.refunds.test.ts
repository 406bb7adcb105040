import { describe, expect, it } from "vitest";
import type { PaymentState } from "../nouns/payment.ts";
import { factsOf, names, PAID, type State, TOTAL } from "./fixtures/payment.ts";

const refund = (id: string, status: string, amount: number | null) => ({
  id,
  status,
  amount,
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
});

describe("an order's refund", () => {
  const order = {
    id: "cs_1",
    status: "paid",
    customer: null,
    lines: [{ price: "price_1", quantity: 2 }],
  } as const;
  const orders = [{ ...order, lines: [...order.lines] }];
  const told = {
    name: "order.refunded",
    detail: { order: "cs_1", lines: order.lines, amount: 1000, currency: "eur" },
  };

  it("is told when all that was paid went back", () => {
    const was = { ...PAID, orders, refunded: 400 };
    const [refunded, last] = factsOf(was, { ...was, refunded: 1000 });
    expect(refunded).toMatchObject({ detail: { amount: 600, orders: ["cs_1"] } });
    expect(last).toEqual(told);
    expect(factsOf({ ...was, refunded: 1000 }, { ...was, refunded: 1000, disputed: 1 })).toEqual([]);
  });

  it("is none in part, and none of a payment that never came", () => {
    expect(names({ ...PAID, orders }, { ...PAID, orders, refunded: 999 })).toEqual(["payment.refunded"]);
    expect(names({}, { orders })).toEqual([]);
  });

  it("is told of an order that is first heard of after its refund, once it is paid", () => {
    const was = { ...PAID, refunded: 1000 };
    const open = [{ ...order, status: "open" as const, lines: [...order.lines] }];
    expect(factsOf(was, { ...was, orders: open })).toEqual([]);
    expect(factsOf({ ...was, orders: open }, { ...was, orders })).toEqual([told]);
  });

  it("is told again where the refund failed and another went through", () => {
    const full = { ...PAID, orders, refunded: 1000 };
    const levels = [full, { ...full, refunded: 0 }, full];
    const all = levels.slice(1).flatMap((is, index) => names(levels[index] as State, is));
    expect(all).toEqual(["payment.refund_failed", "payment.refunded", "order.refunded"]);
  });
});
