// Batches whose events meet at rows that they share: they are settled together, and fall apart where that fails.
import { handleBatch, type Result } from "@stripe-lanes/core/batch";
import { countersOf, rowsOf } from "@stripe-lanes/core/item";
import { describe, expect, it } from "vitest";
import { type EventJson, messageOf, messagesOf, snapshotEvent } from "../events.ts";
import { at, atKeys, conflict } from "../faults.ts";
import { TEST_OPTIONS, type TestPorts, testPorts } from "../ports.ts";
import { deliverAll } from "../redeliver.ts";
import { chargeIs, refundIs, sessionIs } from "./contributions.ts";
import { expectAllJoined } from "./joined.ts";
import { productIs, subscriptionIs } from "./told.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

const handled = (events: EventJson[], ports: TestPorts) =>
  handleBatch(messagesOf(...events), ports, TEST_OPTIONS);

const commitsOf = ({ calls }: TestPorts) => calls.filter(({ operation }) => operation === "commit");
const sizesOf = (ports: TestPorts) => commitsOf(ports).map(({ keys }) => keys.length);

const outcomesOf = (results: Result[]) =>
  results.map((result) => (result.kind === "settled" ? result.outcome : result.kind));

const soldOf = ({ memory }: TestPorts) => countersOf(memory.items()).map(({ amounts }) => amounts.sold);

/** A tenth of the product page's visitors at once: each of them another customer, all of one price. */
const buyers = () =>
  upTo(10).map((n) => sessionIs("paid", { of: `cs_${n}`, payment: `pi_${n}`, customer: `cus_${n}` }));

describe("ten orders of ten customers, all of one price", () => {
  it("are one transaction: their rows, their payments' and one counter", async () => {
    const ports = testPorts();
    expect(outcomesOf(await handled(buyers(), ports))).toEqual(Array(10).fill("applied"));
    expect(sizesOf(ports)).toEqual([10 + 10 + 10 + 1]);
    expect(soldOf(ports)).toEqual([20]);
    expectAllJoined(ports.memory);
  });

  it("take one transaction each where they meet another writer again and again, and no more", async () => {
    const ports = testPorts({ faults: at(conflict, "commit", 1, 2, 3, 4) });
    expect(outcomesOf(await handled(buyers(), ports))).toEqual(Array(10).fill("applied"));
    expect(sizesOf(ports).slice(4)).toEqual(Array(10).fill(4));
    expect(soldOf(ports)).toEqual([20]);
  });

  it("do not wait for the one whose payment is never free", async () => {
    const ports = testPorts({
      faults: atKeys(conflict, ({ pk, sk }) => pk === "main#pi_3" && sk === "payment"),
    });
    const results = outcomesOf(await handled(buyers(), ports));
    expect(results).toEqual(upTo(10).map((n) => (n === 3 ? "retry" : "applied")));
    expect(soldOf(ports)).toEqual([18]);
    expect(commitsOf(ports)).toHaveLength(4 + 9 + 4);
    expectAllJoined(ports.memory);
  });
});

describe("ten refunds of one payment", () => {
  const refunds = () => upTo(10).map((n) => refundIs("succeeded", { of: `re_${n}`, amount: 10 }));

  it("are one transaction with one write of the payment", async () => {
    const ports = testPorts();
    await handled([chargeIs("succeeded"), sessionIs("paid"), ...refunds().slice(2)], ports);
    await handled(refunds().slice(0, 2), ports);
    expect(sizesOf(ports)).toEqual([9 + 1 + 10 + 1, 2 + 1 + 1 + 2 + 1]);
    expect(soldOf(ports)).toEqual([0]);
    expectAllJoined(ports.memory);
  });

  it("stay together where the payment is contended, and settle once it is free", async () => {
    const faults = at(conflict, "commit", 1, 2, 3, 4);
    const ports = testPorts({ faults });
    expect(outcomesOf(await handled(refunds(), ports))).toEqual(Array(10).fill("retry"));
    expect(commitsOf(ports)).toHaveLength(4);
    await deliverAll(messagesOf(...refunds()), () => testPorts({ store: ports.memory }));
    expect(rowsOf(ports.memory.items())).toContainEqual(
      expect.objectContaining({ state: expect.objectContaining({ refunded: 100 }) }),
    );
    expectAllJoined(ports.memory);
  });
});

/** Of so many prices, one each. */
function orderOf(id: string, prices: number, customer = "cus_1"): EventJson {
  const lines = upTo(prices).map((n) => ({ price: `price_${id}_${n}`, quantity: 1 }));
  const object = {
    object: "checkout.session",
    id: `cs_${id}`,
    customer,
    mode: "payment",
    payment_intent: `pi_${id}`,
  };
  const paid = { status: "complete", payment_status: "paid", line_items: { object: "list", data: lines } };
  return snapshotEvent({ type: "checkout.session.completed", object: { ...object, ...paid } });
}

describe("a batch of more than a hundred actions", () => {
  it("falls apart into its orders, though all are one customer's, and nothing is parked", async () => {
    const ports = testPorts();
    const orders = upTo(10).map((n) => orderOf(`${n}`, 20));
    expect(outcomesOf(await handled(orders, ports))).toEqual(Array(10).fill("applied"));
    expect(sizesOf(ports)).toEqual(Array(10).fill(20 + 3));
    expect(ports.parked).toEqual([]);
    expectAllJoined(ports.memory);
  });

  it("falls apart into its payments where refunds free many prices, and those of one payment stay together", async () => {
    const ports = testPorts();
    for (const id of ["a", "b"]) await handled([orderOf(id, 60), chargeOf(id)], ports);
    const refunds = upTo(10).map((n) => {
      const id = n % 2 === 0 ? "a" : "b";
      return refundIs("succeeded", { of: `re_${n}`, payment: `pi_${id}`, charge: `ch_${id}`, amount: 20 });
    });
    expect(outcomesOf(await handled(refunds, ports))).toEqual(Array(10).fill("applied"));
    expect(sizesOf(ports).slice(2)).toEqual([72, 72]);
    expect(soldOf(ports)).toEqual(Array(120).fill(0));
    expectAllJoined(ports.memory);
  });

  it("is more than one order may take: of 98 prices it is parked as a defect, of 97 it is settled (D5)", async () => {
    const ports = testPorts();
    expect(outcomesOf(await handled([orderOf("large", 97)], ports))).toEqual(["applied"]);
    expect(outcomesOf(await handled([orderOf("larger", 98)], ports))).toEqual(["parked"]);
  });
});

const chargeOf = (id: string) => chargeIs("succeeded", { of: `ch_${id}`, payment: `pi_${id}` });

describe("an event on which our own code throws before anything is read", () => {
  // More than fit the arguments of one call: it stands for any noun that throws.
  const items = `[${Array(130_000).fill("{}").join(",")}]`;
  const body = JSON.stringify(subscriptionIs("active")).replace(
    /"items":\{.*?\]\}/,
    `"current_period_end":1,"items":${items}`,
  );

  it("is parked, and the others of its batch are applied", async () => {
    const results = await handleBatch(
      [messageOf(body), messageOf(productIs("A"))],
      testPorts(),
      TEST_OPTIONS,
    );
    expect(outcomesOf(results)).toEqual(["parked", "applied"]);
  });
});
