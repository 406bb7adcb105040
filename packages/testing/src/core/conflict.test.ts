import { handleBatch, type Result } from "@stripe-lanes/core/batch";
import { Conflict } from "@stripe-lanes/core/errors";
import { countersOf, rowsOf } from "@stripe-lanes/core/item";
import { describe, expect, it } from "vitest";
import { type EventJson, messagesOf, snapshotEvent } from "../events.ts";
import { at, atKeys, conflict, defect, type StoreFaults } from "../faults.ts";
import { givenWith, outcomes, parked, row, stock } from "../given.ts";
import { TEST_OPTIONS, type TestPorts, testPorts } from "../ports.ts";
import { orderIs, productIs, subscriptionIs } from "./told.ts";

const handled = (events: EventJson[], ports: TestPorts) =>
  handleBatch(messagesOf(...events), ports, TEST_OPTIONS);

const kindsOf = (results: Result[]) => results.map(({ kind }) => kind);
const operationsOf = ({ calls }: TestPorts) => calls.map(({ operation }) => operation);
const commitsOf = ({ calls }: TestPorts) => calls.filter(({ operation }) => operation === "commit");

describe("a batch that meets another writer", () => {
  it("reads again, consistently, and decides again", async () => {
    const ports = testPorts({ faults: at(conflict, "commit", 1) });
    const results = await handled([subscriptionIs("active")], ports);
    expect(kindsOf(results)).toEqual(["settled"]);
    expect(operationsOf(ports)).toEqual(["load", "commit", "load", "commit"]);
    expect(ports.calls.map(({ consistent }) => consistent)).toEqual([false, undefined, true, undefined]);
  });

  it("decides on what the other one wrote", async () => {
    const ports = testPorts();
    const other = testPorts({ store: ports.memory });
    const [active, canceled] = [subscriptionIs("active"), subscriptionIs("canceled")];
    let isFirst = true;
    const load: typeof ports.store.load = async (...asked) => {
      const loaded = await ports.memory.load(...asked);
      if (isFirst) await handled([canceled], other);
      isFirst = false;
      return loaded;
    };
    const [result] = await handled([active], { ...ports, store: { ...ports.store, load } });
    expect(result).toMatchObject({ outcome: "superseded" });
    expect(rowsOf(ports.memory.items())).toMatchObject([
      { key: { sk: "profile#cus_1" }, revision: 1 },
      // The superseded event leaves what it proves.
      { status: "canceled", revision: 2 },
    ]);
  });

  it("tries three times more, each after a longer pause", async () => {
    const ports = testPorts({ faults: at(conflict, "commit") });
    const results = await handled([subscriptionIs("active"), subscriptionIs("paused")], ports);
    const retried = { kind: "retry", error: expect.any(Conflict) };
    expect(results).toMatchObject([retried, retried]);
    expect(commitsOf(ports)).toHaveLength(4);
    expect(ports.slept).toEqual([10, 20, 40]);
  });

  it("counts stock once, however often it tries", async () => {
    await givenWith({ faults: at(conflict, "commit", 1, 2, 3) })()
      .when(orderIs("paid"))
      .then(outcomes("applied"), stock("price_1", { sold: 2 }));
  });
});

describe("a batch that goes on meeting another writer", () => {
  const mine = subscriptionIs("active", { of: "sub_mine", customer: "cus_mine" });
  const yours = subscriptionIs("active", { of: "sub_yours", customer: "cus_yours" });

  it("falls apart, and one customer's trouble does not fail another's", async () => {
    await givenWith({ faults: atKeys(conflict, ({ pk }) => pk === "main#cus_mine") })()
      .when(mine, yours, productIs("A"))
      .then(
        outcomes("retried", "applied", "applied"),
        row("subscription", "sub_yours", { status: "active" }),
        row("product", "prod_1", { name: "A" }),
      );
  });

  it("keeps the events of one customer together", async () => {
    const ports = testPorts({ faults: at(conflict, "commit", 1, 2, 3, 4) });
    const [a, b] = [mine, subscriptionIs("active", { of: "sub_2", customer: "cus_mine" })];
    const results = await handled([a, yours, b], ports);
    expect(kindsOf(results)).toEqual(["settled", "settled", "settled"]);
    const apart = commitsOf(ports).slice(4);
    expect(apart.map(({ keys }) => new Set(keys.map(({ pk }) => pk)))).toEqual([
      new Set(["main#cus_yours"]),
      new Set(["main#cus_mine"]),
    ]);
  });

  it("keeps the events of one row together, though they name different customers", async () => {
    const ports = testPorts({ faults: at(conflict, "commit", 1, 2, 3, 4) });
    await handled(
      [orderIs("open", { customer: "cus_a" }), yours, orderIs("paid", { customer: "cus_b" })],
      ports,
    );
    const orders = ports.calls.slice(8).filter(({ keys }) => keys.some(({ pk }) => pk === "main#cs_1"));
    expect(orders.map(({ operation }) => operation)).toEqual(["load", "commit"]);
    expect(rowsOf(ports.memory.items())).toContainEqual(
      expect.objectContaining({ status: "paid", revision: 1 }),
    );
  });

  it("does not keep two orders together because they sell one price", async () => {
    const faults = atKeys(conflict, ({ pk }) => pk === "main#cs_1");
    await givenWith({ faults })()
      .when(orderIs("paid"), orderIs("paid", { of: "cs_2", customer: "cus_2" }))
      .then(outcomes("retried", "applied"), stock("price_1", { sold: 2 }));
  });
});

describe("a batch that the store refuses", () => {
  it("falls apart until the event that it is refused for stands alone", async () => {
    const faults = atKeys(defect, ({ pk, sk }) => pk === "main#prod_bad" && sk === "product");
    await givenWith({ faults })()
      .when(productIs("A"), productIs("B", { of: "prod_bad" }), productIs("C"))
      .then(
        outcomes("applied", "parked", "applied"),
        parked("defect"),
        row("product", "prod_1", { name: "C" }),
      );
  });

  it("falls apart even where all of it is of one object", async () => {
    const [first, bad, last] = [productIs("A"), productIs("B", { id: "evt_bad" }), productIs("C")];
    const refuses = at(defect, "commit");
    const isOfBad: StoreFaults = (call) =>
      call.keys.length > 1 && call.keys.some(({ sk }) => sk.endsWith("#evt_bad")) ? refuses(call) : undefined;
    await givenWith({ faults: isOfBad })()
      .when(first, bad, last)
      .then(outcomes("applied", "parked", "applied"), row("product", "prod_1", { name: "C" }));
  });
});

describe("a batch of more than a hundred actions", () => {
  it("is split", async () => {
    const ports = testPorts();
    const orders = Array.from({ length: 10 }, (_, number) => orderOf(`cs_${number}`, 12));
    expect(kindsOf(await handled(orders, ports))).toEqual(Array(10).fill("settled"));
    expect(countersOf(ports.memory.items())).toHaveLength(120);
    expect(commitsOf(ports).map(({ keys }) => keys.length)).toEqual(Array(10).fill(14));
  });

  it("is not: a hundred fit one transaction", async () => {
    const ports = testPorts();
    await handled([orderOf("cs_1", 48), orderOf("cs_2", 48)], ports);
    expect(commitsOf(ports).map(({ keys }) => keys.length)).toEqual([100]);
  });

  it("is one too many at a hundred and one", async () => {
    const ports = testPorts();
    await handled([orderOf("cs_1", 48), orderOf("cs_2", 49)], ports);
    expect(commitsOf(ports).map(({ keys }) => keys.length)).toEqual([50, 51]);
  });
});

/** An order that sells one each of so many prices of its own. */
function orderOf(id: string, prices: number): EventJson {
  const lines = Array.from({ length: prices }, (_, number) => ({
    price: `price_${id}_${number}`,
    quantity: 1,
  }));
  const object = { object: "checkout.session", id, status: "complete", payment_status: "paid" };
  return snapshotEvent({
    type: "checkout.session.completed",
    object: { ...object, metadata: { lines: JSON.stringify(lines) } },
  });
}
