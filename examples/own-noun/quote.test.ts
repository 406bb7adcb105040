import { rowKey } from "@stripe-lanes/core/keys";
import { isTerminal, rankOf } from "@stripe-lanes/core/lifecycle";
import type { Noun } from "@stripe-lanes/core/noun";
import { nounOf } from "@stripe-lanes/core/registry";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type QuoteState, quote } from "./quote.ts";

const OBJECT = {
  object: "quote",
  id: "qt_1",
  status: "open",
  customer: "cus_1",
  number: "QT-8BA6BC4-0001-1",
  currency: "usd",
  amount_subtotal: 15_000,
  amount_total: 13_500,
  expires_at: 1_793_491_200,
  invoice: null,
  subscription: null,
  subscription_schedule: null,
  metadata: { price_id: "price_seat", quantity: "3" },
};

const project = (changes = {}) => quote.project({ ...OBJECT, ...changes }, "quote.finalized");
const held = (changes = {}) => quote.levels?.(project(changes), "qt_1");

describe("a quote", () => {
  it("is what was offered to whom, and for how long", () => {
    expect(project()).toEqual({
      status: "open",
      customer: "cus_1",
      number: "QT-8BA6BC4-0001-1",
      currency: "usd",
      subtotal: 15_000,
      total: 13_500,
      expiresAt: 1_793_491_200,
      invoice: null,
      subscription: null,
      schedule: null,
      price: "price_seat",
      quantity: 3,
      metadata: { price_id: "price_seat", quantity: "3" },
    });
  });

  it("names what came of it by id, also where Stripe sent the whole object", () => {
    const came = {
      invoice: "in_1",
      subscription: { id: "sub_1" },
      subscription_schedule: { id: "sub_sched_1" },
    };
    expect(project(came)).toMatchObject({ invoice: "in_1", subscription: "sub_1", schedule: "sub_sched_1" });
  });

  it("is null where Stripe sent nothing, or something of another type", () => {
    const bare = quote.project(
      { object: "quote", id: "qt_1", status: 7, amount_total: "13500" },
      "quote.created",
    );
    const { metadata, quantity, ...others } = bare;
    expect({ metadata, quantity }).toEqual({ metadata: {}, quantity: 0 });
    expect(new Set(Object.values(others))).toEqual(new Set([null]));
  });

  it("is listed by its status and found by its customer", () => {
    expect(quote.statusOf(project())).toBe("open");
    expect(quote.customerOf(project(), "qt_1")).toBe("cus_1");
  });

  it("keeps its key when a draft without a customer is addressed to one", () => {
    const draft = { tenant: "main", noun: "quote", id: "qt_1", customer: null };
    expect(rowKey(quote.home, { ...draft, customer: "cus_1" })).toEqual(rowKey(quote.home, draft));
  });

  it('ends accepted or canceled, as "How quotes work" says', () => {
    const lifecycle = quote.lifecycleOf(OBJECT);
    const ranks = ["draft", "open", "accepted", "canceled"].map((status) => rankOf(lifecycle, status));
    expect(ranks).toEqual([0, 1, 2, 2]);
    expect(Object.keys(lifecycle.ranks).filter((status) => isTerminal(lifecycle, status))).toEqual([
      "accepted",
      "canceled",
    ]);
  });

  it("holds its seats while it is open, sells them when it is accepted, and else holds none", () => {
    expect(held()).toEqual([{ noun: "stock", id: "price_seat", amounts: { reserved: 3 } }]);
    expect(held({ status: "accepted" })).toEqual([{ noun: "stock", id: "price_seat", amounts: { sold: 3 } }]);
    for (const status of ["draft", "canceled", null]) expect(held({ status })).toEqual([]);
  });

  it("holds nothing where its metadata names no price, or no whole quantity of it", () => {
    expect(held({ metadata: {} })).toEqual([]);
    expect(held({ metadata: { price_id: "price_seat", quantity: "-3" } })).toMatchObject([
      { amounts: { reserved: 0 } },
    ]);
  });

  it("is a noun, and none that core has, unless it was copied there", () => {
    expectTypeOf(quote).toEqualTypeOf<Noun<QuoteState>>();
    expect(["generic", quote.name]).toContain(nounOf("quote").name);
  });
});
