import { handleBatch } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import { entriesOf, rowsOf } from "@stripe-lanes/core/item";
import type { Json } from "@stripe-lanes/core/json";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import { describe, expect, it } from "vitest";
import { messageOf, messagesOf, thinEvent } from "../events.ts";
import { answerLost, at, unavailable } from "../faults.ts";
import { given, givenWith, noRow, outcomes, parked, reasons, row, stock } from "../given.ts";
import { NOW, TEST_OPTIONS, testPorts } from "../ports.ts";
import { customerIs, orderIs, productIs, subscriptionIs } from "./told.ts";

const thin = thinEvent({ type: "v2.x.updated", related: { id: "sub_1", type: "subscription" } });
const live = subscriptionIs("active", { livemode: true });

/** Writes the order's lines past all code, as an older bug might have. */
async function writeLines(store: MemoryStore, lines: Json): Promise<void> {
  const rows = rowsOf(store.items()).flatMap((found) => {
    const part = found.parts.cs_1;
    const state = { ...found.state, lines };
    return part
      ? [{ ...found, revision: found.revision + 1, state, parts: { cs_1: { ...part, state } } }]
      : [];
  });
  await store.commit({ rows, ledger: [], moves: [] }, NOW / 1000);
}

/** The code that reads them throws. */
async function storeWithSpoiltOrder(): Promise<MemoryStore> {
  const store = memoryStore();
  await handleBatch(messagesOf(orderIs("open")), testPorts({ store }), TEST_OPTIONS);
  await writeLines(store, null);
  return store;
}

describe("a body that is no event", () => {
  it("is parked with its reason, and nobody else is", async () => {
    await given()
      .when("{", '{"object":"event"}', '{"object":"event","id":9007199254740993}', productIs("A"))
      .then(
        outcomes("parked", "parked", "parked", "applied"),
        parked("not-json", "not-an-event", "unsafe-number"),
      );
  });

  it("that is larger than an item can be is parked as that", async () => {
    await given()
      .when(productIs("A".repeat(400 * 1024)))
      .then(outcomes("parked"), parked("too-large"));
  });

  it("leaves no ledger row", async () => {
    const ports = testPorts();
    await handleBatch(messagesOf("{"), ports, TEST_OPTIONS);
    expect(ports.memory.items()).toEqual([]);
    expect(ports.parked).toEqual([
      {
        message: expect.objectContaining({ body: "{" }),
        note: { reason: "not-json", error: expect.any(String) },
      },
    ]);
  });
});

describe("an event of the other mode", () => {
  it("is parked", async () => {
    await given().when(live, productIs("A")).then(outcomes("parked", "applied"), parked("wrong-mode"));
  });

  it("leaves a ledger row that says so, and no row", async () => {
    const ports = testPorts();
    await handleBatch(messagesOf(live), ports, TEST_OPTIONS);
    expect(rowsOf(ports.memory.items())).toEqual([]);
    expect(entriesOf(ports.memory.items())).toMatchObject([
      { event: live.id, type: live.type, object: "sub_1", outcome: "parked", reason: "wrong-mode" },
    ]);
    expect(ports.parked[0]?.note).toMatchObject({ eventId: live.id, eventType: live.type });
  });

  it("leaves a ledger row that says when, and until when it is kept", async () => {
    const at = NOW / 1000;
    const ports = testPorts({ now: () => NOW + 999 });
    const event = subscriptionIs("active", { livemode: true, created: at - 90 });
    await handleBatch(messagesOf(event), ports, TEST_OPTIONS);
    expect(entriesOf(ports.memory.items())).toMatchObject([
      { outcome: "parked", at, expires: at + TEST_OPTIONS.ledgerSeconds, lag: 90 },
    ]);
  });

  it("is ignored where it comes from a connected account", async () => {
    await given()
      .when(subscriptionIs("active", { livemode: true, account: "acct_1" }))
      .then(outcomes("ignored"), reasons("other-mode"), parked(), noRow("subscription", "sub_1"));
  });

  it("is applied where any mode is taken", async () => {
    await givenWith({ mode: "any" })().when(live, productIs("A")).then(outcomes("applied", "applied"));
  });
});

describe("a thin event that cannot be fetched, since there is no key", () => {
  it("is parked", async () => {
    await given().when(thin).then(outcomes("parked"), parked("no-stripe-key"));
  });

  it("is ignored all the same where it is of the other mode of a connected account", async () => {
    const related = { id: "sub_1", type: "subscription" };
    const foreign = thinEvent({ type: "v2.x.updated", related, livemode: true, account: "acct_1" });
    await given().when(foreign).then(outcomes("ignored"));
  });
});

describe("an event on which our own code throws", () => {
  it("is parked alone, at once, without a second try", async () => {
    const store = await storeWithSpoiltOrder();
    await givenWith({ store })()
      .when(customerIs("a@example.com"), orderIs("paid"), subscriptionIs("active"))
      .then(
        outcomes("applied", "parked", "applied"),
        parked("defect"),
        row("subscription", "sub_1", { status: "active" }),
        stock("price_1", { reserved: 2 }),
      );
  });

  it("is handled anew when it is sent again after the bug is gone", async () => {
    const store = await storeWithSpoiltOrder();
    const [paid, sub] = [orderIs("paid"), subscriptionIs("active")];
    await givenWith({ store })(sub).when(paid).then(outcomes("parked"));
    await writeLines(store, [{ price: "price_1", quantity: 2 }]);
    await givenWith({ store })()
      .when(paid, sub)
      .then(outcomes("applied", "duplicate"), stock("price_1", { sold: 2 }));
  });
});

describe("parking that fails", () => {
  it.each([
    [
      "since the queue does not take it",
      { queue: { park: () => Promise.reject(new Unavailable("SQS is down.")) } },
    ],
    ["since the ledger does not take it", { faults: at(unavailable, "commit") }],
    ["since the ledger's answer is lost", { faults: at(answerLost, "commit") }],
  ])("%s, acknowledges nothing", async (_, failing) => {
    const ports = testPorts(failing);
    const [result] = await handleBatch(messagesOf(live), ports, TEST_OPTIONS);
    expect(result).toMatchObject({ kind: "retry", error: expect.any(Unavailable) });
    expect(ports.hidden).toMatchObject([{ messages: [{ id: result?.message.id }] }]);
  });

  it("is done again", async () => {
    const ports = testPorts({ faults: at(answerLost, "commit", 1) });
    const message = messageOf(live);
    await handleBatch([message], ports, TEST_OPTIONS);
    const [result] = await handleBatch([{ ...message, receives: 2 }], ports, TEST_OPTIONS);
    expect(result).toMatchObject({ kind: "settled", outcome: "parked" });
    expect(ports.parked).toHaveLength(1);
  });

  it("comes after the ledger is told, so that tries in an outage leave no copies in the dead-letter queue", async () => {
    const ports = testPorts({ faults: at(unavailable, "commit") });
    const message = messageOf(live);
    await handleBatch([message], ports, TEST_OPTIONS);
    await handleBatch([{ ...message, receives: 2 }], ports, TEST_OPTIONS);
    expect(ports.parked).toEqual([]);
  });

  it("is acknowledged by the dead-letter queue only: what the ledger says is parked comes again until it is", async () => {
    const queue = { park: () => Promise.reject(new Unavailable("SQS is down.")) };
    const ports = testPorts({ queue });
    const [result] = await handleBatch(messagesOf(live), ports, TEST_OPTIONS);
    expect(result).toMatchObject({ kind: "retry" });
    expect(entriesOf(ports.memory.items())).toMatchObject([{ outcome: "parked" }]);
  });

  it("says what it was, and what the queue said", async () => {
    const cause = new Unavailable("SQS is down.");
    const ports = testPorts({ queue: { park: () => Promise.reject(cause) } });
    const [result] = await handleBatch(messagesOf(live), ports, TEST_OPTIONS);
    expect(result).toMatchObject({ error: { message: "The message could not be parked.", cause } });
  });

  it("of one event fails no other", async () => {
    const queue = { park: () => Promise.reject(new Unavailable("SQS is down.")) };
    await givenWith({ queue })()
      .when("{", productIs("A"), live)
      .then(outcomes("retried", "applied", "retried"));
  });
});

describe("parking", () => {
  it("never takes back an outcome that an event has had", async () => {
    const ports = testPorts();
    const inAnyMode = { ...TEST_OPTIONS, mode: "any" as const };
    await handleBatch(messagesOf(live), ports, inAnyMode);
    const [result] = await handleBatch(messagesOf(live), ports, TEST_OPTIONS);
    expect(result).toMatchObject({ outcome: "parked" });
    expect(entriesOf(ports.memory.items())).toMatchObject([{ outcome: "applied" }]);
  });
});
