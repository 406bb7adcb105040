import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { productIs } from "../core/told.ts";
import { answerLost, anyOf, at, crashAfter, unavailable } from "../faults.ts";
import type { InvocationFault } from "../local/lambda/faults.ts";
import { billingWorker } from "./billing.ts";
import { lane, three, twoCustomers } from "./fixtures/batches.ts";
import "./matchers.ts";
import { sqsRecords } from "./records.ts";
import { simulateBatch } from "./simulate.ts";

describe("a crash of the process in the store (D6)", () => {
  it("after the commit makes the redelivery a duplicate", async () => {
    const worker = billingWorker({ faults: at(crashAfter, "commit", 1) });
    const run = await simulateBatch(worker, lane(three()));
    expect(run).toBeExactlyOnce(worker);
    expect(String(run.invocations[0]?.error)).toContain("signal: killed");
    expect(worker.results.map((result) => result.kind === "settled" && result.outcome)).toEqual([
      "duplicate",
      "duplicate",
      "duplicate",
    ]);
  });

  it("is seen to count twice where a store forgets the ledger", async () => {
    const worker = billingWorker({ store: forgetful(memoryStore()) });
    const run = await simulateBatch(worker, lane(three()), {
      fail: [{ fault: "killed-after", invocation: 1 }],
    });
    expect(() => expect(run).toBeExactlyOnce(worker)).toThrow(/evt_\d+ took effect 2 times: lane-07-1 was/);
  });
});

/** Knows no event again. */
function forgetful(store: MemoryStore): MemoryStore {
  return {
    ...store,
    load: async (keys, options) => ({ ...(await store.load(keys, options)), ledger: new Map() }),
    async commit(changes, now) {
      if (changes.rows.length > 0) await store.commit({ ...changes, ledger: [] }, now);
    },
  };
}

it("whatever strikes, nothing is lost and nothing counts twice", async () => {
  const faults = fc.constantFrom<InvocationFault>(
    "throttled",
    "killed-before",
    "killed-after",
    "timeout",
    "answer-lost",
    "stalled",
    "delete-lost",
    "duplicate",
  );
  const fail = fc.uniqueArray(fc.record({ fault: faults, invocation: fc.integer({ min: 1, max: 8 }) }), {
    selector: ({ invocation }) => invocation,
  });
  const commits = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
  const storeFaults = fc.record({ lost: commits, down: commits, crashed: commits });
  const property = fc.asyncProperty(
    fail,
    storeFaults,
    fc.integer({ min: 1, max: 10 }),
    async (told, store, batchSize) => {
      const { lost, down, crashed } = store;
      const worker = billingWorker({
        faults: anyOf(
          at(answerLost, "commit", ...lost),
          at(unavailable, "load", ...down),
          at(crashAfter, "commit", ...crashed),
        ),
      });
      const batch = [
        ...lane([...three(), ...twoCustomers()]),
        ...sqsRecords([productIs("A")], { group: "lane-08" }),
      ];
      const run = await simulateBatch(worker, batch, { fail: told, batchSize });
      expect(run).toLoseNothing();
      expect(run).toBeExactlyOnce(worker);
      const again = await run.redrive();
      expect(again.deadLetters).toEqual([]);
      expect(again).toBeExactlyOnce(worker);
    },
  );
  await fc.assert(property, { numRuns: 60, seed: 1 });
});
