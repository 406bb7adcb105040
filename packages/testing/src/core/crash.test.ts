import { handleBatch } from "@stripe-lanes/core/batch";
import { entriesOf, rowsOf } from "@stripe-lanes/core/item";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import type { Message } from "@stripe-lanes/core/ports";
import { describe, expect, it } from "vitest";
import { messageOf } from "../events.ts";
import { answerLost, anyOf, at, atKeys, crash, defect, type StoreFaults, unavailable } from "../faults.ts";
import { givenWith, outcomes, parked, reasons, row } from "../given.ts";
import { NOW, TEST_OPTIONS, type TestPorts, testPorts } from "../ports.ts";
import { again, deliverAll, handle } from "../redeliver.ts";
import { productIs, subscriptionIs } from "./told.ts";

const killer = () => subscriptionIs("active", { of: "sub_killer", customer: "cus_killer" });
const kills = atKeys(crash, ({ pk, sk }) => pk === "main#cus_killer" && sk.startsWith("subscription"));

const operationsOf = ({ calls }: TestPorts) => calls.map(({ operation }) => operation);
const startsIn = (store: MemoryStore) => entriesOf(store.items()).map(({ started = [] }) => started.length);

/** A process handles a message and ends in the middle of it, so many times. */
async function crashes(store: MemoryStore, message: Message, times: number): Promise<Message> {
  for (let crashed = 0; crashed < times; crashed++) {
    expect(await handle([message], testPorts({ store, faults: kills }))).toBeNull();
    message = again(message);
  }
  return message;
}

describe("a message that was received twice before", () => {
  it("runs after the others, alone, after a note that it starts", async () => {
    const ports = testPorts();
    const suspect = messageOf(subscriptionIs("active"), { receives: 3 });
    await handleBatch([suspect, messageOf(productIs("A"))], ports, TEST_OPTIONS);
    expect(operationsOf(ports)).toEqual(["load", "commit", "load", "note", "load", "commit"]);
    expect(ports.calls.map(({ consistent }) => consistent)[2]).toBe(true);
    expect(ports.calls[1]?.keys).toContainEqual({ pk: "main#prod_1", sk: "product" });
  });

  it("fails with what failed of its aggregate before it, and takes nobody's time", async () => {
    const ports = testPorts({ faults: atKeys(unavailable, ({ pk }) => pk === "main#cus_killer") });
    const sick = [killer(), killer(), killer()].map((event) => messageOf(event, { receives: 3 }));
    const healthy = messageOf(productIs("A"), { receives: 3 });
    const results = await handleBatch([...sick, healthy], ports, TEST_OPTIONS);
    expect(results.map(({ kind }) => kind)).toEqual(["moved", "moved", "moved", "settled"]);
    expect(operationsOf(ports).filter((operation) => operation === "commit")).toHaveLength(2);
  });

  it("leaves no note behind when it is settled", async () => {
    const store = memoryStore();
    await givenWith({ store })()
      .when(messageOf(subscriptionIs("active"), { receives: 3 }))
      .then(outcomes("applied"));
    expect(startsIn(store)).toEqual([0]);
  });

  it("is a duplicate where it has had its outcome, whatever its receives", async () => {
    const event = subscriptionIs("active");
    await givenWith({})(event)
      .when(messageOf(event, { receives: 3 }), messageOf(event, { receives: 30 }))
      .then(outcomes("duplicate", "duplicate"));
  });

  it("is no suspect at its second receive", async () => {
    const ports = testPorts();
    await handleBatch([messageOf(subscriptionIs("active"), { receives: 2 })], ports, TEST_OPTIONS);
    expect(operationsOf(ports)).toEqual(["load", "commit"]);
  });
});

describe("a message that ends the process that handles it", () => {
  it("is noted from its third receive", async () => {
    const store = memoryStore();
    const message = await crashes(store, messageOf(killer()), 2);
    expect(startsIn(store)).toEqual([]);
    await crashes(store, message, 2);
    expect(startsIn(store)).toEqual([2]);
  });

  it("is noted with the time, and for as long as every event", async () => {
    const store = memoryStore();
    await crashes(store, messageOf(killer(), { receives: 3 }), 1);
    const at = NOW / 1000;
    expect(entriesOf(store.items())).toMatchObject([{ at, expires: at + TEST_OPTIONS.ledgerSeconds }]);
  });

  it("is parked after two notes without an outcome, and not run again", async () => {
    const store = memoryStore();
    const event = killer();
    const message = await crashes(store, messageOf(event), 4);
    const ports = testPorts({ store, faults: kills });
    const results = await handle([message], ports);
    expect(results).toMatchObject([{ kind: "settled", outcome: "parked", reason: "crash" }]);
    const error = expect.stringContaining("ended 2 times");
    expect(ports.parked).toMatchObject([{ note: { reason: "crash", error, eventId: event.id } }]);
    expect(entriesOf(store.items())).toMatchObject([{ outcome: "parked", reason: "crash" }]);
    expect(rowsOf(store.items())).toEqual([]);
  });

  it("takes nobody along who was received with it", async () => {
    const store = memoryStore();
    const innocents = ["a", "b", "c"].map((name) => productIs(name, { of: `prod_${name}` }));
    const messages = [killer(), ...innocents].map((event) => messageOf(event));
    const ends = await deliverAll(messages, () => testPorts({ store, faults: kills }));
    const parked = ends.filter((end) => end.kind === "settled" && end.outcome === "parked");
    expect(ends).toHaveLength(4);
    expect(parked).toMatchObject([{ reason: "crash", message: { body: messages[0]?.body } }]);
    expect(rowsOf(store.items())).toHaveLength(3);
  });

  it("is run again when it is sent again, with chances as at first", async () => {
    const store = memoryStore();
    const message = await crashes(store, messageOf(killer()), 4);
    await givenWith({ store })().when(message).then(outcomes("parked"));
    await givenWith({ store })()
      .when({ ...message, receives: 3 })
      .then(outcomes("applied"), row("subscription", "sub_killer", { status: "active" }));
  });

  it("was not to blame where its outcome came after all", async () => {
    const store = memoryStore();
    const message = await crashes(store, messageOf(killer()), 3);
    await givenWith({ store })().when(message).then(outcomes("applied"));
    await givenWith({ store })().when(again(message)).then(outcomes("duplicate"));
  });
});

describe("a failure that the process lives through", () => {
  const innocent = () => messageOf(subscriptionIs("active"), { receives: 3 });

  const outages: [string, StoreFaults][] = [
    ["the store is down", () => unavailable],
    ["the store takes notes and no transactions", at(unavailable, "commit")],
    ["the store takes notes and cannot be read twice", at(unavailable, "load", 2)],
    ["the answer to the withdrawal is lost", anyOf(at(unavailable, "commit"), at(answerLost, "withdraw"))],
    ["the answer to the note is lost", at(answerLost, "note", 1)],
  ];

  it.each(outages)("never leads to parking, however long, while %s", async (_, faults) => {
    const store = memoryStore();
    let message = innocent();
    for (; message.receives < 40; message = again(message)) {
      const ports = testPorts({ store, faults });
      expect(await handle([message], ports)).toMatchObject([{ kind: expect.stringMatching(/retry|moved/) }]);
    }
    await givenWith({ store })().when(message).then(outcomes("applied"));
  });

  it("is a defect of that event alone where the store refuses its note", async () => {
    await givenWith({ faults: at(defect, "note") })()
      .when(productIs("A"), innocent())
      .then(outcomes("applied", "parked"), parked("defect"));
  });

  it("withdraws its note, and tries that several times", async () => {
    const store = memoryStore();
    const faults = anyOf(at(unavailable, "commit"), at(unavailable, "withdraw", 1, 2, 3, 4));
    const ports = testPorts({ store, faults });
    await handle([innocent()], ports);
    expect(startsIn(store)).toEqual([0]);
    expect(ports.slept).toEqual([100, 200, 300, 400]);
  });

  it("gives up after five tries to withdraw it", async () => {
    const ports = testPorts({
      faults: anyOf(at(unavailable, "commit"), at(unavailable, "withdraw")),
    });
    await handle([innocent()], ports);
    expect(startsIn(ports.memory)).toEqual([1]);
    expect(operationsOf(ports).filter((operation) => operation === "withdraw")).toHaveLength(5);
  });

  it("keeps the notes of crashes before it", async () => {
    const store = memoryStore();
    const message = await crashes(store, messageOf(killer(), { receives: 3 }), 1);
    await handle([message], testPorts({ store, faults: at(unavailable, "commit") }));
    expect(startsIn(store)).toEqual([1]);
  });

  it("that lost the answer of its commit leaves the outcome alone", async () => {
    const store = memoryStore();
    const message = innocent();
    await givenWith({ store, faults: at(answerLost, "commit") })()
      .when(message)
      .then(outcomes("moved"));
    expect(entriesOf(store.items())).toMatchObject([{ outcome: "applied" }]);
    await givenWith({ store })().when(again(message)).then(outcomes("duplicate"), reasons("seen-before"));
  });
});
