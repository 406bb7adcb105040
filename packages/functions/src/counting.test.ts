import { handleBatch } from "@stripe-lanes/core/batch";
import { memoryStore } from "@stripe-lanes/core/memory";
import { describeStore } from "@stripe-lanes/testing/contract";
import { messagesOf, snapshotEvent } from "@stripe-lanes/testing/events";
import { at, conflict, type StoreFaults, unavailable } from "@stripe-lanes/testing/faults";
import { TEST_OPTIONS, testPorts } from "@stripe-lanes/testing/ports";
import { describe, expect, it } from "vitest";
import { counting } from "./counting.ts";

describeStore("a store that is counted", async () => counting(memoryStore()));

function subscriptionIs(status: string, second: number, id = "sub_1") {
  const object = { object: "subscription", id, customer: `cus_of_${id}`, status };
  return snapshotEvent({ type: "customer.subscription.updated", object, created: second });
}

type Event = ReturnType<typeof subscriptionIs>;

/** What a batch of these counts, in a table that is empty before. */
async function countsOf(events: Event[], faults: StoreFaults = () => undefined) {
  const ports = testPorts({ faults });
  const { store, counts } = counting(ports.store);
  await handleBatch(messagesOf(...events), { ...ports, store }, TEST_OPTIONS);
  return { counts, calls: ports.calls.length };
}

describe("an ordinary batch", () => {
  it("takes two round trips (D5)", async () => {
    const { counts, calls } = await countsOf([subscriptionIs("active", 1), subscriptionIs("past_due", 2)]);
    expect(counts).toEqual({ roundTrips: 2, conflicts: 0, ties: 0 });
    expect(calls).toBe(2);
  });
});

describe("a batch that another writer was faster than", () => {
  it("counts every commit that came too late, and the round trips of each try", async () => {
    const { counts, calls } = await countsOf([subscriptionIs("active", 1)], at(conflict, "commit", 1, 2));
    expect(counts).toEqual({ roundTrips: 6, conflicts: 2, ties: 0 });
    expect(calls).toBe(6);
  });

  it("is another thing than a table that is down", async () => {
    const { counts } = await countsOf([subscriptionIs("active", 1)], at(unavailable, "commit"));
    expect(counts.conflicts).toBe(0);
  });
});

describe("a tie (D4)", () => {
  const tied = (id?: string) => [subscriptionIs("active", 1, id), subscriptionIs("past_due", 1, id)];

  it("is counted once a row that it is left in", async () => {
    const { counts } = await countsOf([
      ...tied("sub_1"),
      ...tied("sub_2"),
      subscriptionIs("active", 1, "sub_3"),
    ]);
    expect(counts.ties).toBe(2);
  });

  it("is not counted where a later second decides in the same batch", async () => {
    const { counts } = await countsOf([...tied(), subscriptionIs("active", 2)]);
    expect(counts.ties).toBe(0);
  });

  it("is not counted before it is committed", async () => {
    const { counts } = await countsOf(tied(), at(unavailable, "commit"));
    expect(counts.ties).toBe(0);
    const again = await countsOf(tied(), at(conflict, "commit", 1));
    expect(again.counts.ties).toBe(1);
  });
});
