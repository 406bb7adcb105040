// Pitfalls of the twenty that are about failure: work that is noted and not done, and what throws.
import { countersOf, entriesOf, rowsOf } from "@stripe-lanes/core/item";
import type { Json } from "@stripe-lanes/core/json";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventJson, messageOf, messagesOf, snapshotEvent } from "../events.ts";
import { answerLost, at, atKeys, conflict, crash, crashAfter, unavailable } from "../faults.ts";
import { given, givenWith, outcomes, row, stock } from "../given.ts";
import { testPorts } from "../ports.ts";
import { again, deliverAll, handle } from "../redeliver.ts";
import { settles } from "./readings.ts";
import { SESSION } from "./stories/checkout-objects.ts";
import { CARD, CUSTOMER } from "./stories/customer-objects.ts";
import { INVOICE } from "./stories/invoice-objects.ts";
import { CHARGE, DISPUTE, INTENT, REFUND } from "./stories/money-objects.ts";
import { SUBSCRIPTION } from "./stories/subscription-objects.ts";
import { customerIs, orderIs } from "./told.ts";

describe("pitfall 3: an event is noted as processed before, or apart from, its work", () => {
  /** Of everything that one sale writes. */
  const written = ({ items }: MemoryStore) => ({
    ledger: entriesOf(items()).filter(({ outcome }) => outcome !== undefined).length,
    rows: rowsOf(items()).length,
    counters: countersOf(items()).length,
  });

  it.each([
    ["ends before its commit", crash, 0],
    ["ends after its commit", crashAfter, 1],
    ["never hears of its commit", answerLost, 1],
    ["cannot commit", unavailable, 0],
  ])("has all of a sale or nothing where a process %s, and sells once", async (_, fault, all) => {
    const store = memoryStore();
    const sale = messageOf(orderIs("paid"));
    await handle([sale], testPorts({ store, faults: at(fault, "commit", 1) }));
    expect(written(store)).toEqual({ ledger: all, rows: all, counters: all });
    await deliverAll([again(sale)], () => testPorts({ store }));
    expect(written(store)).toEqual({ ledger: 1, rows: 1, counters: 1 });
    await givenWith({ store })()
      .when()
      .then(stock("price_1", { sold: 2 }));
  });

  it("notes nothing of the one sale in a batch that could not be written", async () => {
    const store = memoryStore();
    const sales = messagesOf(orderIs("paid"), orderIs("paid", { of: "cs_2", customer: "cus_2" }));
    const faults = atKeys(conflict, ({ pk }) => pk === "main#cs_2");
    await givenWith({ store, faults })()
      .when(...sales)
      .then(outcomes("applied", "retried"));
    expect(written(store)).toEqual({ ledger: 1, rows: 1, counters: 1 });
    await deliverAll(sales.slice(1).map(again), () => testPorts({ store }));
    await givenWith({ store })()
      .when()
      .then(stock("price_1", { sold: 4 }));
  });
});

describe("pitfall 5: what is unknown throws, and is tried for days in front of all that follows", () => {
  const unknown: [string, EventJson][] = [
    ["an event type", snapshotEvent({ type: "customer.teleported", object: CUSTOMER })],
    [
      "an object type",
      snapshotEvent({ type: "hologram.created", object: { object: "hologram", id: "ho_1" } }),
    ],
    [
      "an object without an id",
      snapshotEvent({ type: "hologram.due", object: { object: "hologram", id: null } }),
    ],
    [
      "a status",
      snapshotEvent({
        type: "customer.subscription.updated",
        object: { ...SUBSCRIPTION, status: "on_hold" },
      }),
    ],
    [
      "an API version",
      { ...snapshotEvent({ type: "charge.updated", object: CHARGE }), api_version: "2031-01-01.zinnia" },
    ],
  ];

  it.each(unknown)("takes %s that nobody knows, and what follows it", async (_, event) => {
    const follower = customerIs("ada@example.com", { of: "cus_2" });
    await given()
      .when(event, follower)
      .then(outcomes("applied", "applied"), row("customer", "cus_2", { email: "ada@example.com" }));
  });

  const junk = 'null 0 -1.5 "" "x" true [] {} [null] [{}] {"id":5} {"data":null} {"data":[null,{}]}'
    .split(" ")
    .map((text) => JSON.parse(text) as Json);
  const anyObject = fc.constantFrom(
    SUBSCRIPTION,
    INVOICE,
    CHARGE,
    INTENT,
    REFUND,
    DISPUTE,
    SESSION,
    CUSTOMER,
    CARD,
  );
  const anyEvent = anyObject.chain((object) => {
    const names = Object.keys(object).filter((name) => !["id", "object"].includes(name));
    return fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...junk)).map((previous) => {
      return snapshotEvent({ type: "x.updated", object: { ...object, ...previous }, previous });
    });
  });

  it("takes every object, whatever Stripe makes of its members", async () => {
    const property = fc.asyncProperty(anyEvent, (event) => given().when(event).then(settles));
    await fc.assert(property, { numRuns: 500, seed: 20 });
  });
});
