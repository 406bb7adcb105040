import { describe, expect, it } from "vitest";
import type { Evidence } from "../evidence.ts";
import type { OrderStatus } from "../held.ts";
import type { JsonObject } from "../json.ts";
import { isTerminal, rankOf } from "../lifecycle.ts";
import type { Joined } from "../noun.ts";
import type { OrderMoney } from "../payment-orders.ts";
import { type OrderState, order } from "./order.ts";

const OBJECT = {
  object: "checkout.session",
  id: "cs_1",
  mode: "payment",
  status: "complete",
  payment_status: "paid",
};

function project(changes: JsonObject, type = "checkout.session.completed"): OrderState {
  return order.project({ ...OBJECT, ...changes }, type);
}

/** The order that its own session makes, with what its payment says of it. */
function derived(own: OrderState, joined: Joined[] = [], evidence: Evidence = {}): OrderState {
  const parts = [{ id: "cs_1", state: own, deleted: false, second: 10 }];
  return order.derive?.({ parts, own, joined, evidence }) as OrderState;
}

const LINE = { id: "li_1", price: { id: "price_1", product: "prod_1" }, quantity: 2 };
const listed = (...data: JsonObject[]) => ({ object: "list", data, has_more: false });

describe("an order", () => {
  it("is what a session sold, to whom and for how much", () => {
    const money = { currency: "eur", amount_subtotal: 2000, amount_total: 1900 };
    const references = { customer: "cus_1", payment_intent: "pi_1", subscription: null, invoice: "in_1" };
    const metadata = { campaign: "spring" };
    expect(project({ ...money, ...references, metadata, line_items: listed(LINE) })).toEqual({
      status: "paid",
      mode: "payment",
      customer: "cus_1",
      currency: "eur",
      subtotal: 2000,
      total: 1900,
      lines: [{ price: "price_1", quantity: 2 }],
      paymentIntent: "pi_1",
      subscription: null,
      invoice: "in_1",
      metadata,
    });
  });

  it("reads what is expanded as what is not", () => {
    const references = { customer: "cus_1", payment_intent: "pi_1", subscription: "sub_1", invoice: "in_1" };
    const expanded = Object.entries(references).map(([name, id]) => [name, { id, object: name }]);
    expect(project(Object.fromEntries(expanded))).toEqual(project(references));
  });

  it("may be a guest's, and then has no customer", () => {
    const guest = project({ customer: null, customer_details: { email: "ada@example.com" } });
    expect(order.customerOf(guest, "cs_1")).toBeNull();
    expect(order.home).toBe("own");
  });
});

describe("an order's status", () => {
  it.each<[OrderStatus, JsonObject, string]>([
    ["paid", { payment_status: "paid" }, "checkout.session.completed"],
    ["paid", { payment_status: "no_payment_required" }, "checkout.session.completed"],
    ["unpaid", { payment_status: "unpaid" }, "checkout.session.completed"],
    ["paid", { payment_status: "paid" }, "checkout.session.async_payment_succeeded"],
    ["expired", { status: "expired", payment_status: "unpaid" }, "checkout.session.expired"],
    ["open", { status: "open", payment_status: "unpaid" }, ""],
    ["open", { status: "open", payment_status: "no_payment_required" }, ""],
    ["open", { status: "open", payment_status: "paid" }, ""],
    ["unpaid", { status: null, payment_status: "unpaid" }, "checkout.session.completed"],
    ["paid", { status: null, payment_status: "paid" }, "checkout.session.completed"],
  ])("is %s for %j told by %s", (status, changes, type) => {
    const state = project(changes, type);
    expect([state.status, order.statusOf(state)]).toEqual([status, status]);
  });

  it("goes forward, and ends when it is paid or expires", () => {
    const lifecycle = order.lifecycleOf(OBJECT);
    const path = ["open", "unpaid", "paid", "expired"];
    const ranks = path.map((status) => rankOf(lifecycle, status));
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
    expect(path.filter((status) => isTerminal(lifecycle, status))).toEqual(["paid", "expired"]);
  });

  const unpaid = project({ payment_status: "unpaid" });
  const money = (state: OrderMoney) => [{ noun: "payment", id: "pi_1", state }];
  const failed = { greatest: { failed: 1 } };

  it.each<[OrderStatus, string, Parameters<typeof derived>]>([
    ["failed", "its payment took days and failed", [unpaid, [], failed]],
    ["paid", "it failed, and money came all the same", [unpaid, money({ money: "captured" }), failed]],
    ["paid", "its session tells so, though a try before it failed", [project({}), [], failed]],
    ["paid", "a hold was captured", [unpaid, money({ money: "captured" })]],
    ["failed", "a hold was let go", [unpaid, money({ money: "canceled" })]],
    ["paid", "all of it went back", [unpaid, money({ money: "refunded", refunded: 900 })]],
  ])("is %s where %s", (status, _, sources) => {
    expect(derived(...sources).status).toBe(status);
  });

  it("tells its payment what its own events tell, so that nothing goes round in a circle", () => {
    const joins = (state: OrderState, own = state) =>
      order.joins?.({ id: "cs_1", state, own, evidence: failed, deleted: false })?.map((join) => join.state);
    const mine = { ...unpaid, mode: "payment", paymentIntent: "pi_1" };
    expect(joins({ ...mine, status: "paid" }, mine)).toEqual([{ status: "failed", customer: mine.customer }]);
    expect(joins({ ...mine, mode: "subscription" })).toEqual([]);
  });
});

describe("an order's lines", () => {
  const LINES = JSON.stringify([
    { price: "price_1", quantity: 2 },
    { price: "price_2", quantity: 1 },
  ]);

  it.each<[string, JsonObject, OrderState["lines"]]>([
    ["line items that were expanded", { line_items: listed(LINE) }, [{ price: "price_1", quantity: 2 }]],
    ["line items of none", { line_items: listed() }, []],
    [
      "line items with bare prices",
      { line_items: listed({ price: "p", quantity: 0 }) },
      [{ price: "p", quantity: 0 }],
    ],
    ["metadata.lines", { metadata: { lines: LINES } }, JSON.parse(LINES)],
    [
      "one price and its quantity",
      { metadata: { price_id: "p", quantity: "3" } },
      [{ price: "p", quantity: 3 }],
    ],
    [
      "line items before metadata",
      { line_items: listed(LINE), metadata: { lines: LINES } },
      [{ price: "price_1", quantity: 2 }],
    ],
    [
      "metadata where the line items are cut short",
      { line_items: { ...listed(LINE), has_more: true }, metadata: { lines: LINES } },
      JSON.parse(LINES),
    ],
    [
      "metadata where a line item cannot be read",
      { line_items: listed({ ...LINE, price: null }), metadata: { lines: LINES } },
      JSON.parse(LINES),
    ],
    [
      "one price where metadata.lines cannot be read",
      { metadata: { lines: "2 tickets", price_id: "p", quantity: "1" } },
      [{ price: "p", quantity: 1 }],
    ],
  ])("are read from %s", (_, changes, lines) => {
    const state = project(changes);
    expect(state.lines).toEqual(lines);
    expect(state).not.toHaveProperty("incomplete");
  });

  it.each<[string, JsonObject]>([
    ["nothing was sent", {}],
    ["line items are cut short", { line_items: { ...listed(LINE), has_more: true } }],
    ["a line item has no quantity", { line_items: listed(LINE, { ...LINE, quantity: null }) }],
    ["a line item has no price", { line_items: listed(LINE, { quantity: 1 }) }],
    ["a quantity is below zero", { metadata: { lines: '[{"price":"p","quantity":-1}]' } }],
    ["a quantity is a text", { metadata: { lines: '[{"price":"p","quantity":"1"}]' } }],
    ["a quantity is rounded", { metadata: { lines: '[{"price":"p","quantity":9007199254740993}]' } }],
    ["a line is none", { metadata: { lines: '[null,{"price":"p","quantity":1}]' } }],
    ["the lines are no list", { metadata: { lines: '{"__proto__":{"price":"p","quantity":1}}' } }],
    ["the lines are cut short", { metadata: { lines: '[{"price":"p","quan' } }],
    ["there is a price and no quantity", { metadata: { price_id: "p" } }],
    ["there is a quantity and no price", { metadata: { quantity: "1" } }],
    ["the quantity is no whole number", { metadata: { price_id: "p", quantity: "1.5" } }],
    ["the quantity is past what is exact", { metadata: { price_id: "p", quantity: "9007199254740993" } }],
    ["the price is empty", { metadata: { price_id: "", quantity: "1" } }],
  ])("are incomplete where %s, so that no stock moves", (_, changes) => {
    const state = project(changes);
    expect(state).toMatchObject({ lines: [], incomplete: ["line_items"] });
    expect(order.levels?.(state, "cs_1")).toEqual([]);
  });
});

describe("what an order holds of its prices' stock", () => {
  const held = (changes: JsonObject, type?: string) =>
    order.levels?.(project({ line_items: listed(LINE), ...changes }, type), "cs_1");

  it("is reserved while it may still be paid, and sold once it is", () => {
    const level = (amounts: object) => [{ noun: "stock", id: "price_1", amounts }];
    expect(held({ status: "open", payment_status: "unpaid" })).toEqual(level({ reserved: 2 }));
    expect(held({ status: "open", payment_status: "no_payment_required" })).toEqual(level({ reserved: 2 }));
    expect(held({ payment_status: "unpaid" })).toEqual(level({ reserved: 2 }));
    expect(held({})).toEqual(level({ sold: 2 }));
  });

  it("is nothing once all of it went back", () => {
    const refunded = [{ noun: "payment", id: "pi_1", state: { money: "refunded", refunded: 900 } }];
    const paid = project({ line_items: listed(LINE) });
    expect(order.levels?.(derived(paid, refunded), "cs_1")).toEqual([]);
  });

  it("is nothing once it failed or expired", () => {
    const unpaid = project({ line_items: listed(LINE), payment_status: "unpaid" });
    expect(order.levels?.(derived(unpaid, [], { greatest: { failed: 1 } }), "cs_1")).toEqual([]);
    expect(held({ status: "expired", payment_status: "unpaid" })).toEqual([]);
  });
});
