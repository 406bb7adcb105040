// What a row contributes, and to which row, changes with each event: it is taken back where it was, and never doubled.
import { rowsOf } from "@stripe-lanes/core/item";
import { shown } from "@stripe-lanes/core/view";
import { describe, expect, it } from "vitest";
import { FIRST_SECOND } from "../events.ts";
import { type Expectation, given, noRow, row, stock } from "../given.ts";
import { seeded } from "../random.ts";
import { chargeIs, customerGone, invoiceIs, refundIs, sessionIs, summaryIs } from "./contributions.ts";
import { expectAllJoined } from "./joined.ts";
import { subscriptionIs } from "./told.ts";

const allJoined: Expectation = ({ ports }) => expectAllJoined(ports.memory);

const at = (second: number) => ({ created: FIRST_SECOND + second });

describe("a refund that names a charge first, and its intent later", () => {
  const early = refundIs("pending", { payment: null, ...at(1) });
  const late = refundIs("succeeded", { payment: "pi_1", ...at(2) });

  it.each([
    ["in order", early, late],
    ["the other way round", late, early],
  ])("counts with the intent alone, told %s", async (_, first, last) => {
    await given(first, chargeIs("succeeded"))
      .when(last)
      .then(row("payment", "pi_1", { paid: 100, refunded: 100 }), allJoined);
  });

  it("no longer counts with the charge", async () => {
    await given(early)
      .when(late)
      .then(row("payment", "ch_1", { refunded: 0, refunds: [] }), allJoined);
  });
});

describe("a Checkout session", () => {
  it("moves its stock to its payment when the intent appears", async () => {
    await given(sessionIs("open", { payment: null, ...at(1) }))
      .when(sessionIs("paid", at(2)))
      .then(stock("price_1", { sold: 2 }), row("payment", "pi_1", { orders: [{ id: "cs_1" }] }), allJoined);
  });

  it("takes it back when the intent is gone, though the session goes on", async () => {
    await given(sessionIs("open", at(1)))
      .when(sessionIs("open", { payment: null, ...at(2) }))
      .then(stock("price_1", { reserved: 2 }), row("payment", "pi_1", { orders: [] }), allJoined);
  });

  it("frees its stock when it expires without the intent that it had", async () => {
    await given(sessionIs("open", at(1)))
      .when(sessionIs("expired", { payment: null, ...at(2) }))
      .then(stock("price_1", {}), allJoined);
  });

  it("holds its stock by itself where its mode makes the intent another's", async () => {
    await given(sessionIs("paid", at(1)), chargeIs("succeeded"), refundIs("succeeded"))
      .when(sessionIs("paid", { mode: "subscription", ...at(2) }))
      .then(stock("price_1", { sold: 2 }), row("payment", "pi_1", { orders: [] }), allJoined);
  });

  it("sells again what a refund freed, where the refund was another payment's", async () => {
    await given(sessionIs("paid"), chargeIs("succeeded"), refundIs("succeeded", at(1)))
      .when(refundIs("succeeded", { payment: "pi_2", charge: "ch_2", ...at(2) }))
      .then(stock("price_1", { sold: 2 }), row("payment", "pi_2", { refunded: 100 }), allJoined);
  });

  it("ends in the same stock however all of that is told", async () => {
    const events = [
      sessionIs("open", { payment: null, ...at(1) }),
      sessionIs("unpaid", at(2)),
      sessionIs("paid", { payment: "pi_2", ...at(3) }),
      chargeIs("succeeded", { payment: "pi_2" }),
      refundIs("succeeded", { payment: null, ...at(4) }),
      refundIs("succeeded", { payment: "pi_2", ...at(5) }),
      refundIs("failed", { payment: "pi_2", ...at(6) }),
    ];
    for (let seed = 0; seed < 60; seed++) {
      const [last, ...before] = seeded(seed).shuffle(events);
      if (last === undefined) throw new Error("There are events.");
      await given(...before)
        .when(last)
        .then(stock("price_1", { sold: 2 }), allJoined);
    }
  });
});

describe("a customer's profile", () => {
  it("is not made by a subscription or an invoice that names no customer", async () => {
    await given()
      .when(
        subscriptionIs("active", { customer: "" }),
        invoiceIs("open", { customer: null }),
        summaryIs(["a"], { of: "" }),
      )
      .then(noRow("profile", ""), noRow("profile", "sub_1"), allJoined);
  });

  it.each([
    ["before", summaryIs(["a"]), customerGone()],
    ["after", customerGone(), summaryIs(["a"])],
  ])("knows what a customer was entitled to that is gone, told %s", async (_, first, last) => {
    await given(first)
      .when(last)
      .then(row("profile", "cus_1", { features: ["a"], deleted: true }), allJoined);
  });
});

describe("ids that mean something to a key or to a prototype", () => {
  it.each(["__proto__", "constructor", "a#b", "a%23b", "a:b", "a\nb", "é#☃"])(
    "%j is an id like others",
    async (id) => {
      await given(sessionIs("paid", { of: id, payment: id, price: id, customer: id }))
        .when(
          chargeIs("succeeded", { of: id, payment: id }),
          refundIs("succeeded", { of: id, payment: id, charge: id, amount: 30 }),
          subscriptionIs("active", { of: id, customer: id }),
          summaryIs(["__proto__"], { of: id }),
        )
        .then(
          stock(id, { sold: 2 }),
          row("payment", id, { paid: 100, refunded: 30, customer: id, orders: [{ id }] }),
          row("profile", id, { features: ["__proto__"], subscriptions: [{ id }] }),
          allJoined,
        );
    },
  );
});

describe("a row that nobody contributes to any more", () => {
  const events = [sessionIs("open", at(1)), sessionIs("expired", { payment: null, ...at(2) })] as const;

  it("is not there where the newer of two events comes first", async () => {
    await given(events[1]).when(events[0]).then(noRow("payment", "pi_1"));
  });

  it("is not to be seen either where they come in order", async () => {
    await given(events[0])
      .when(events[1])
      .then(({ ports }) =>
        expect(shown(rowsOf(ports.memory.items())).map(({ noun }) => noun)).toEqual(["order"]),
      );
  });
});
