import { describe, expect, it } from "vitest";
import { joinedKeys, spread } from "./joins.ts";
import { type Key, keyText } from "./keys.ts";
import type { Part } from "./order.ts";
import { nounOf } from "./registry.ts";
import { type Row, rowOf } from "./row.ts";

const TENANT = "acct_main";
const refund = nounOf("refund");

function refundRow(id: string, changes: object = {}): Row {
  const object = {
    object: "refund",
    id,
    status: "succeeded",
    payment_intent: "pi_1",
    charge: "ch_1",
    amount: 500,
  };
  const part = { second: 1, state: refund.project({ ...object, ...changes }, ""), deleted: false };
  return rowOf(refund, { tenant: TENANT, noun: "refund", id, customer: null }, { [id]: part as Part }, 1);
}

/** Everything was read, and this is what there was. */
function seen(...rows: Row[]) {
  const found = new Map(rows.map((row) => [keyText(row.key), row]));
  return (key: Key) => ({ row: found.get(keyText(key)) });
}

function spreadOf(before: Row | undefined, after: Row, ...rows: Row[]) {
  const spreads = spread(before, after, seen(...rows));
  if ("wants" in spreads) throw new Error("Everything was read.");
  return spreads;
}

describe("a row that contributes to others", () => {
  it("changes them with it, though they were not there yet (pitfall 13)", () => {
    const { rows } = spreadOf(undefined, refundRow("re_1"));
    expect(rows.map(({ identity }) => `${identity.noun} ${identity.id}`)).toEqual([
      "refund re_1",
      "payment pi_1",
    ]);
    expect(rows[1]).toMatchObject({
      revision: 0,
      parts: {},
      joined: [{ noun: "refund", id: "re_1", state: { status: "succeeded", amount: 500, charge: "ch_1" } }],
      state: { refunded: 500 },
    });
  });

  it("names what it will change before it is read, so that one request reads both", () => {
    expect(joinedKeys(refundRow("re_1"))).toEqual([{ pk: `${TENANT}#pi_1`, sk: "payment" }]);
    expect(spread(undefined, refundRow("re_1"), () => undefined)).toEqual({
      wants: joinedKeys(refundRow("re_1")),
    });
  });

  it("replaces what it said before, beside what others say", () => {
    const [, one] = spreadOf(undefined, refundRow("re_1")).rows;
    const [, both] = spreadOf(undefined, refundRow("re_0"), one as Row).rows;
    expect(both?.joined.map(({ id }) => id)).toEqual(["re_0", "re_1"]);
    const failed = refundRow("re_1", { status: "failed" });
    const [, after] = spreadOf(refundRow("re_1"), failed, both as Row).rows;
    expect(after).toMatchObject({
      state: { refunded: 500 },
      joined: [{ id: "re_0" }, { state: { status: "failed" } }],
    });
  });

  it("leaves them alone where what it contributes stays the same", () => {
    const noted = refundRow("re_1", { metadata: { note: "seen" } });
    expect(spreadOf(refundRow("re_1"), noted).rows).toEqual([noted]);
  });

  it("takes back what it said of one that it no longer names", () => {
    const [, old] = spreadOf(undefined, refundRow("re_1")).rows;
    const moved = refundRow("re_1", { payment_intent: "pi_2" });
    const { rows } = spreadOf(refundRow("re_1"), moved, old as Row);
    expect(rows.slice(1).map(({ identity, joined }) => [identity.id, joined.length])).toEqual([
      ["pi_1", 0],
      ["pi_2", 1],
    ]);
  });

  it("moves what the others count too, in one sum", () => {
    const paid = { noun: "order", id: "cs_1", state: { status: "paid", customer: null, lines: [LINE] } };
    const charge = nounOf("charge").project(CHARGE, "");
    const identity = { tenant: TENANT, noun: "payment", id: "pi_1", customer: null };
    const payment = rowOf(nounOf("charge"), identity, { ch_1: { state: charge } as Part }, 1, [paid]);
    const { moves } = spreadOf(undefined, refundRow("re_1"), payment);
    expect(moves).toEqual([{ key: { pk: `${TENANT}#price_1`, sk: "stock" }, amounts: { sold: -2 } }]);
  });
});

const LINE = { price: "price_1", quantity: 2 };
const CHARGE = {
  object: "charge",
  id: "ch_1",
  payment_intent: "pi_1",
  status: "succeeded",
  amount: 500,
  amount_captured: 500,
};
