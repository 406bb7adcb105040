import { entriesOf, rowsOf } from "@stripe-lanes/core/item";
import { memoryStore } from "@stripe-lanes/core/memory";
import { describe, expect, it } from "vitest";
import { messageOf } from "../events.ts";
import { answerLost, anyOf, at, crash, crashAfter, type StoreFault, unavailable } from "../faults.ts";
import { given, givenWith, outcomes, row, stock } from "../given.ts";
import { testPorts } from "../ports.ts";
import { again, deliverAll, handle } from "../redeliver.ts";
import { orderIs, subscriptionIs } from "./told.ts";

describe("a commit that happened although its answer was lost", () => {
  it("makes the next delivery a duplicate, and the state is there once", async () => {
    const store = memoryStore();
    const message = messageOf(orderIs("paid"));
    const faults = at(answerLost, "commit");
    await givenWith({ store, faults })().when(message).then(outcomes("retried"));
    await givenWith({ store })()
      .when(again(message))
      .then(outcomes("duplicate"), row("order", "cs_1", { status: "paid" }), stock("price_1", { sold: 2 }));
    expect(rowsOf(store.items())).toMatchObject([{ revision: 1 }]);
  });

  it("of a batch makes duplicates of all of it, even where it falls apart", async () => {
    const events = [orderIs("paid"), orderIs("paid", { of: "cs_2", customer: "cus_2" })];
    await givenWith({ faults: at(answerLost, "commit", 1) })()
      .when(...events)
      .then(outcomes("duplicate", "duplicate"), stock("price_1", { sold: 4 }));
  });
});

describe("a process that ends", () => {
  const faults: [string, StoreFault, number][] = [
    ["before its commit changes nothing", crash, 0],
    ["after its commit has done all of it", crashAfter, 2],
  ];

  it.each(faults)("%s, and the next delivery settles", async (_, fault, sold) => {
    const store = memoryStore();
    const message = messageOf(orderIs("paid"));
    expect(await handle([message], testPorts({ store, faults: at(fault, "commit") }))).toBeNull();
    await givenWith({ store })().when().then(stock("price_1", { sold }));
    await givenWith({ store })()
      .when(again(message))
      .then(stock("price_1", { sold: 2 }));
  });
});

describe("an order that is delivered again and again", () => {
  const faults = anyOf(
    at(unavailable, "commit", 1, 3, 4),
    at(answerLost, "commit", 2),
    at(unavailable, "load", 2),
  );

  it("moves its stock exactly once", async () => {
    const [open, paid] = [orderIs("open"), orderIs("paid")];
    const ports = testPorts({ faults });
    const messages = [open, paid, open, paid, paid].map((event) => messageOf(event));
    const ends = await deliverAll(
      messages,
      () => ports,
      () => 2,
    );
    expect(ends).toHaveLength(5);
    await givenWith({ store: ports.memory })()
      .when()
      .then(stock("price_1", { sold: 2 }));
    expect(entriesOf(ports.memory.items())).toHaveLength(2);
  });
});

describe("stock", () => {
  it("is moved in the transaction of the order that moves it", async () => {
    const ports = testPorts();
    await handle([messageOf(orderIs("paid"))], ports);
    const commits = ports.calls.filter(({ operation }) => operation === "commit");
    expect(commits.map(({ keys }) => keys.map(({ pk }) => pk).toSorted())).toEqual([
      ["main#cs_1", "main#cus_1", "main#price_1"],
    ]);
  });

  it("that two orders of a batch move is added to once", async () => {
    const ports = testPorts();
    const orders = [orderIs("paid"), orderIs("paid", { of: "cs_2", quantity: 5 })];
    await handle(
      orders.map((event) => messageOf(event)),
      ports,
    );
    const added = ports.calls.flatMap(({ keys }) => keys.filter(({ sk }) => sk === "stock"));
    expect(added).toEqual([{ pk: "main#price_1", sk: "stock" }]);
    await givenWith({ store: ports.memory })()
      .when()
      .then(stock("price_1", { sold: 7 }));
  });

  it("goes back when a session expires, and not twice", async () => {
    const expired = orderIs("expired");
    await given(orderIs("open"), orderIs("open", { of: "cs_2" }))
      .when(expired, expired)
      .then(outcomes("applied", "duplicate"), stock("price_1", { reserved: 2 }));
  });

  it("knows nothing of a subscription's quantity", async () => {
    await given()
      .when(subscriptionIs("active", { quantity: 9 }))
      .then(stock("price_1", {}));
  });
});
