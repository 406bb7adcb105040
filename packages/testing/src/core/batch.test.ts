import { handleBatch } from "@stripe-lanes/core/batch";
import { entriesOf, rowsOf } from "@stripe-lanes/core/item";
import { describe, expect, it } from "vitest";
import { FIRST_SECOND, messagesOf, snapshotEvent } from "../events.ts";
import { given, outcomes, reasons, row, stock } from "../given.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { customerIs, orderIs, productIs, subscriptionIs } from "./told.ts";

describe("a batch", () => {
  it("of any size takes two round trips: one load and one commit", async () => {
    const ports = testPorts();
    const subscriptions = [subscriptionIs("active"), subscriptionIs("past_due")];
    const others = [orderIs("paid"), productIs("A"), customerIs("a@example.com")];
    await handleBatch(messagesOf(...subscriptions, ...others), ports, TEST_OPTIONS);
    expect(ports.calls.map(({ operation }) => operation)).toEqual(["load", "commit"]);
    expect(ports.calls[0]?.consistent).toBe(false);
  });

  it("of nothing asks for nothing", async () => {
    const ports = testPorts();
    expect(await handleBatch([], ports, TEST_OPTIONS)).toEqual([]);
    expect(ports.calls).toEqual([]);
  });

  it("of duplicates alone is read and not written", async () => {
    const event = subscriptionIs("active");
    const ports = testPorts();
    for (const _ of [1, 2]) await handleBatch(messagesOf(event), ports, TEST_OPTIONS);
    expect(ports.calls.map(({ operation }) => operation)).toEqual(["load", "commit", "load"]);
  });

  it("makes of several events of one object one write", async () => {
    const ports = testPorts();
    const events = ["incomplete", "active", "past_due", "canceled"].map((status) => subscriptionIs(status));
    await handleBatch(messagesOf(...events), ports, TEST_OPTIONS);
    expect(rowsOf(ports.memory.items())).toMatchObject([
      { revision: 1, key: { sk: "profile#cus_1" } },
      { revision: 1, status: "canceled" },
    ]);
    expect(entriesOf(ports.memory.items())).toHaveLength(4);
  });

  it("answers for each message, in their order", async () => {
    const [known, fresh] = [subscriptionIs("active"), subscriptionIs("past_due")];
    const messages = messagesOf(fresh, known, fresh);
    const results = await handleBatch(messages, testPorts(), TEST_OPTIONS);
    expect(results.map(({ message }) => message)).toEqual(messages);
    expect(results.map(({ event }) => event?.id)).toEqual([fresh.id, known.id, fresh.id]);
  });

  it("settles what came out of order", async () => {
    const first = subscriptionIs("incomplete");
    const second = subscriptionIs("active");
    const third = subscriptionIs("canceled");
    await given()
      .when(third, first, second)
      .then(
        outcomes("applied", "superseded", "superseded"),
        row("subscription", "sub_1", { status: "canceled" }),
      );
  });
});

describe("a copy of an event", () => {
  const event = orderIs("paid");

  it("is a duplicate within its batch", async () => {
    await given()
      .when(event, event)
      .then(outcomes("applied", "duplicate"), stock("price_1", { sold: 2 }));
  });

  it("is a duplicate in a later batch", async () => {
    await given(event)
      .when(event, event)
      .then(
        outcomes("duplicate", "duplicate"),
        reasons("seen-before", "seen-before"),
        stock("price_1", { sold: 2 }),
      );
  });

  it("is a duplicate whatever came in between", async () => {
    await given(event, orderIs("expired"), event)
      .when(event)
      .then(outcomes("duplicate"), row("order", "cs_1", { status: "expired" }), stock("price_1", {}));
  });

  it("that is of the same change is an event of its own", async () => {
    const a = subscriptionIs("active", { created: FIRST_SECOND });
    const b = subscriptionIs("active", { created: FIRST_SECOND });
    await given(a).when(b).then(outcomes("applied"), reasons("same-state"));
  });
});

describe("an event that nobody knows", () => {
  it("is kept under the same rules", async () => {
    const object = { object: "tax.novelty", id: "tax_1", status: "new", amount: 5 };
    await given()
      .when(snapshotEvent({ type: "tax.novelty.created", object }))
      .then(outcomes("applied"), row("generic", "tax_1", { status: "new", amount: 5 }));
  });

  it("may be of an object without an id", async () => {
    const object = { object: "cash_balance", available: { eur: 5 } };
    await given()
      .when(snapshotEvent({ type: "cash_balance.funds_available", object }))
      .then(outcomes("applied"), reasons("no-row"));
  });
});

describe("events of connected accounts", () => {
  it("are of a tenant of their own", async () => {
    const ports = testPorts();
    const theirs = subscriptionIs("paused", { account: "acct_1" });
    await handleBatch(messagesOf(subscriptionIs("active"), theirs), ports, TEST_OPTIONS);
    const tenants = rowsOf(ports.memory.items()).map(({ key, status }) => [key.pk, status]);
    expect(tenants).toEqual([
      ["acct_1#cus_1", null],
      ["acct_1#cus_1", "paused"],
      ["main#cus_1", null],
      ["main#cus_1", "active"],
    ]);
  });
});
