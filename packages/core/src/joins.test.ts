import { describe, expect, it } from "vitest";
import { joinedKeys, spread } from "./joins.ts";
import { type Key, keyText, sameKey } from "./keys.ts";
import type { Part } from "./part.ts";
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

  it("moves what counters count of each that changes, once", () => {
    const { orderRow, paymentRow } = paidOrder();
    const rows = [paymentRow, orderRow];
    const changed = spreadOf(undefined, refundRow("re_1"), ...rows);
    expect(changed.moves).toEqual([{ key: { pk: `${TENANT}#price_1`, sk: "stock" }, amounts: { sold: -2 } }]);
    expect(changed.rows.map(({ identity }) => identity.noun)).toEqual(["refund", "payment", "order"]);
  });

  it("asks for what a row contributes to that it contributes to itself, where that changes only", () => {
    const { paymentRow } = paidOrder();
    const look = (key: Key) => (sameKey(key, paymentRow.key) ? { row: paymentRow } : undefined);
    expect(spread(undefined, refundRow("re_1"), look)).toEqual({
      wants: [{ pk: `${TENANT}#cs_1`, sk: "order" }],
    });
    expect(spread(undefined, refundRow("re_1", { amount: 1 }), look)).not.toHaveProperty("wants");
  });
});

/** A payment and the order that it has paid for. */
function paidOrder(): { paymentRow: Row; orderRow: Row } {
  const share = { noun: "order", id: "cs_1", state: { status: "paid", customer: null } };
  const charge = nounOf("charge").project(CHARGE, "");
  const session = nounOf("checkout.session").project(
    {
      ...{ object: "checkout.session", id: "cs_1", mode: "payment", payment_intent: "pi_1" },
      ...{ payment_status: "paid", metadata: { price_id: "price_1", quantity: "2" } },
    },
    "",
  );
  const named = (noun: string, id: string) => ({ tenant: TENANT, noun, id, customer: null });
  return {
    paymentRow: rowOf(nounOf("charge"), named("payment", "pi_1"), { ch_1: { state: charge } as Part }, 1, [
      share,
    ]),
    orderRow: rowOf(
      nounOf("checkout.session"),
      named("order", "cs_1"),
      { cs_1: { state: session } as Part },
      1,
    ),
  };
}

const CHARGE = {
  object: "charge",
  id: "ch_1",
  payment_intent: "pi_1",
  status: "succeeded",
  amount: 500,
  amount_captured: 500,
};
