import { handleBatch } from "@stripe-lanes/core/batch";
import { NotBegun, Unavailable } from "@stripe-lanes/core/errors";
import { entriesOf } from "@stripe-lanes/core/item";
import { describe, expect, it } from "vitest";
import { FIRST_SECOND, messageOf, messagesOf, thinEvent } from "../events.ts";
import { at, conflict } from "../faults.ts";
import { givenWith, outcomes, parked, row } from "../given.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { productIs, subscriptionIs } from "./told.ts";

const { reserve } = TEST_OPTIONS;

/** Milliseconds left, one figure a question; the last one from then on. */
function left(...milliseconds: number[]): () => number {
  return () => (milliseconds.length > 1 ? milliseconds.shift() : milliseconds[0]) ?? 0;
}

describe("a function whose time is nearly over", () => {
  it("begins nothing", async () => {
    const ports = testPorts({ remaining: left(reserve - 1) });
    const messages = [...messagesOf(subscriptionIs("active")), messageOf(productIs("A"), { receives: 3 })];
    const results = await handleBatch(messages, ports, TEST_OPTIONS);
    const retried = { kind: "retry", error: expect.any(Unavailable) };
    expect(results).toMatchObject([retried, retried]);
    expect(ports.calls).toEqual([]);
  });

  it("still begins with exactly its reserve left", async () => {
    await givenWith({ remaining: left(reserve) })()
      .when(subscriptionIs("active"))
      .then(outcomes("applied"));
  });

  it("does not decide again after a conflict", async () => {
    const ports = testPorts({ remaining: left(reserve, 0), faults: at(conflict, "commit", 1) });
    const results = await handleBatch(messagesOf(subscriptionIs("active")), ports, TEST_OPTIONS);
    expect(results).toMatchObject([{ kind: "retry" }]);
    expect(ports.calls.map(({ operation }) => operation)).toEqual(["load", "commit"]);
  });

  it("leaves the sets that it has not come to, and acknowledges the others", async () => {
    const events = ["a", "b", "c"].map((name) => productIs(name, { of: `prod_${name}` }));
    const faults = at(conflict, "commit", 1, 2, 3, 4);
    await givenWith({ faults, remaining: left(...Array(6).fill(reserve), 0) })()
      .when(...events)
      .then(outcomes("applied", "applied", "retried"), row("product", "prod_a", { name: "a" }));
  });

  it("leaves the suspects that it has not come to, without a note", async () => {
    const suspects = ["a", "b"].map((name) =>
      messageOf(productIs(name, { of: `prod_${name}` }), { receives: 3 }),
    );
    const ports = testPorts({ remaining: left(reserve, reserve, 0) });
    const [first] = await handleBatch(suspects, ports, TEST_OPTIONS);
    expect(first).toMatchObject({ outcome: "applied" });
    expect(entriesOf(ports.memory.items())).toHaveLength(1);
  });

  it("moves no suspect that it has not come to, since that is no failure of its own", async () => {
    const suspects = ["a", "b"].map((name) =>
      messageOf(productIs(name, { of: `prod_${name}` }), { receives: 3 }),
    );
    const ports = testPorts({ remaining: left(reserve, reserve, 0) });
    expect(await handleBatch(suspects, ports, TEST_OPTIONS)).toMatchObject([
      { outcome: "applied" },
      { kind: "retry" },
    ]);
    expect(ports.moved).toEqual([]);
    expect(ports.hidden).toEqual([{ messages: [suspects[1]], seconds: 1 }]);
  });

  it("asks Stripe nothing more, and acknowledges what Stripe answered", async () => {
    const asked: string[] = [];
    const stripe = {
      async fetch({ id }: { id: string }) {
        asked.push(id);
        const object = { object: "customer", id, name: "A" };
        return { object, second: FIRST_SECOND, until: FIRST_SECOND + 1 };
      },
    };
    const changed = (id: string) =>
      thinEvent({ type: "v1.customer.updated", related: { id, type: "customer" } });
    await givenWith({ stripe, remaining: left(reserve, reserve, 0) })()
      .when(changed("cus_a"), changed("cus_b"))
      .then(outcomes("applied", "retried"), row("customer", "cus_a", { name: "A" }));
    expect(asked).toEqual(["cus_a"]);
  });

  it("parks nothing: what it would park stays in the queue", async () => {
    const ports = testPorts({ remaining: left(reserve - 1) });
    const messages = [messageOf("{", { receives: 3 }), messageOf("[]")];
    const retried = { kind: "retry", error: expect.any(NotBegun) };
    expect(await handleBatch(messages, ports, TEST_OPTIONS)).toMatchObject([retried, retried]);
    expect([ports.parked, ports.moved, ports.calls]).toEqual([[], [], []]);
    expect(ports.hidden).toEqual([{ messages, seconds: 1 }]);
  });

  it("still parks with exactly its reserve left", async () => {
    await givenWith({ remaining: left(reserve) })()
      .when("{")
      .then(outcomes("parked"), parked("not-json"));
  });

  it("moves nothing to a group of its own, and hides it instead", async () => {
    const ports = testPorts({
      remaining: left(reserve, reserve, 0),
      faults: (call) =>
        call.operation === "probe" ? undefined : { when: "before", error: new Unavailable("down") },
    });
    const messages = [messageOf(productIs("A"), { receives: 3 })];
    expect(await handleBatch(messages, ports, TEST_OPTIONS)).toMatchObject([{ kind: "retry" }]);
    expect(ports.moved).toEqual([]);
    expect(ports.hidden).toMatchObject([{ messages }]);
  });

  it("neither moves nor parks what it did not come to", async () => {
    const ports = testPorts({ remaining: left(0) });
    const messages = [1, 2, 3, 99].map((receives) => messageOf(productIs("A"), { receives }));
    await handleBatch(messages, ports, TEST_OPTIONS);
    expect([ports.moved, ports.parked]).toEqual([[], []]);
    expect(ports.hidden).toMatchObject([{ messages }]);
  });
});
