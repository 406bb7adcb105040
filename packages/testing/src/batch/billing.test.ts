import { entriesOf, rowsOf } from "@stripe-lanes/core/item";
import { describe, expect, it } from "vitest";
import { productIs } from "../core/told.ts";
import { atKeys, unavailable } from "../faults.ts";
import type { InvocationFault } from "../local/lambda/faults.ts";
import { NOW } from "../ports.ts";
import { type BillingWorker, billingWorker } from "./billing.ts";
import { isBad, lane, three, twoCustomers } from "./fixtures/batches.ts";
import "./matchers.ts";
import { type BatchRun, simulateBatch } from "./simulate.ts";

/** Every message group that a record came by. */
function groupsOf({ invocations }: BatchRun): (string | undefined)[] {
  const records = invocations.flatMap((invocation) => invocation.records);
  return [...new Set(records.map(({ attributes }) => attributes.MessageGroupId))];
}

describe("the product's worker", () => {
  it("applies each event once, and gives the rows and the results", async () => {
    const worker = billingWorker();
    const run = await simulateBatch(worker, lane(three()));
    expect(run).toBeExactlyOnce(worker);
    expect(run).toLoseNothing();
    expect(worker.results.map((result) => result.kind === "settled" && result.outcome)).toEqual([
      "applied",
      "applied",
      "applied",
    ]);
    const rows = rowsOf(worker.store.items()).map(({ identity, status }) => [identity.noun, status]);
    expect(rows).toContainEqual(["subscription", "active"]);
  });

  it.each<InvocationFault>([
    "throttled",
    "killed-before",
    "killed-after",
    "timeout",
    "answer-lost",
    "stalled",
    "delete-lost",
    "duplicate",
  ])("applies each event once when an invocation is %s", async (fault) => {
    const worker = billingWorker();
    const run = await simulateBatch(worker, lane(three()), { fail: [{ fault, invocation: 1 }] });
    expect(run).toBeExactlyOnce(worker);
    expect(run).toLoseNothing();
    expect(run.deadLetters).toEqual([]);
  });

  it("takes no event again that the store had before", async () => {
    const events = three();
    const { store } = billingWorker();
    await simulateBatch(billingWorker({ store }), lane(events));
    const worker = billingWorker({ store });
    expect(await simulateBatch(worker, lane(events))).toBeExactlyOnce(worker);
    expect(worker.results).toMatchObject([
      { outcome: "duplicate" },
      { outcome: "duplicate" },
      { outcome: "duplicate" },
    ]);
  });

  it("tells the time of the simulation", async () => {
    const worker = billingWorker();
    await simulateBatch(worker, lane(three().slice(0, 1)), {
      fail: [{ fault: "killed-before", invocation: 1 }],
    });
    expect(entriesOf(worker.store.items())).toMatchObject([{ at: NOW / 1000 + 90 }]);
  });

  it("gives one event to which two messages belong one effect", async () => {
    const [event] = three();
    const worker = billingWorker();
    expect(await simulateBatch(worker, lane([event ?? {}, event ?? {}]))).toBeExactlyOnce(worker);
  });
});

describe("retrying never stops a lane (D9)", () => {
  it("an outage is waited for in place, for as long as it lasts, and nobody is parked", async () => {
    const isOver = () => worker.results.length >= 30;
    const worker: BillingWorker = billingWorker({ faults: () => (isOver() ? undefined : unavailable) });
    const run = await simulateBatch(worker, lane(three()));
    expect(run.invocations.map(({ messages }) => messages.length)).toEqual(
      Array.from({ length: 11 }, () => 3),
    );
    expect(groupsOf(run)).toEqual(["lane-07"]);
    expect(run.seconds).toBeLessThan(10 * 60);
    expect(run.deadLetters).toEqual([]);
    expect(run).toBeExactlyOnce(worker);
  });

  it("an aggregate that fails on its own moves to a group of its own, and its story goes on there", async () => {
    const hasWaited = () => worker.results.filter(({ kind }) => kind !== "settled").length >= 5;
    const bad = atKeys(unavailable, isBad);
    const worker: BillingWorker = billingWorker({ faults: (call) => (hasWaited() ? undefined : bad(call)) });
    const products = ["one", "two", "three", "four"].map((name) => productIs(name, { of: `prod_${name}` }));
    const [head, follower] = twoCustomers();
    const run = await simulateBatch(worker, lane([head ?? {}, ...products, follower ?? {}]), {
      batchSize: 2,
    });
    expect(groupsOf(run)).toEqual(["lane-07", "retry-main#cus_bad"]);
    expect(run.story("lane-07-1")).toMatchObject({ deliveries: 6, end: "deleted" });
    expect(run.invocations.at(-1)?.records[0]?.messageAttributes).toMatchObject({
      attempt: { stringValue: "3" },
      lane: { stringValue: "lane-07" },
      origin: { stringValue: "lane-07-1" },
    });
    expect(run.messages).toHaveLength(6);
    expect(run).toBeExactlyOnce(worker);
    expect(run).toLoseNothing();
  });
});
