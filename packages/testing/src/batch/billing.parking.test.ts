import { Defect } from "@stripe-lanes/core/errors";
import { describe, expect, it } from "vitest";
import { atKeys, crash, defect } from "../faults.ts";
import { billingWorker } from "./billing.ts";
import { isBad, lane, three, twoCustomers } from "./fixtures/batches.ts";
import "./matchers.ts";
import { sqsRecords } from "./records.ts";
import { simulateBatch } from "./simulate.ts";

describe("parking is the worker's job (D8)", () => {
  it("what is no event goes to the dead-letter queue with its reason, and is deleted", async () => {
    const worker = billingWorker();
    const run = await simulateBatch(worker, sqsRecords(["{", ...three()], { group: "lane-07" }));
    expect(run.deadLetters).toMatchObject([
      {
        messageId: "lane-07-1",
        body: "{",
        group: "lane-07",
        attributes: { reason: "not-json", lane: "lane-07", origin: "lane-07-1", receiveCount: "1" },
      },
    ]);
    expect(run.messages.map(({ end }) => end)).toEqual(["dead-lettered", "deleted", "deleted", "deleted"]);
    expect(run).toBeExactlyOnce(worker);
    expect(run).toLoseNothing();
  });

  it.each([
    ["once", 90, ["a-1"]],
    ["twice, after the five minutes of deduplication,", 600, ["a-1", "a-1"]],
  ])("what an invocation parked whose answer is lost is %s there", async (_, visibilityTimeout, parked) => {
    const fail = [{ fault: "killed-after", invocation: 1 }] as const;
    const batch = sqsRecords(["{"], { group: "a" });
    const run = await simulateBatch(billingWorker(), batch, { fail, visibilityTimeout });
    expect(run.deadLetters.map(({ messageId }) => messageId)).toEqual(parked);
    expect(run).toLoseNothing();
  });

  it("what is redriven with the cause removed is applied once", async () => {
    let isBroken = true;
    const bad = atKeys(defect, isBad);
    const worker = billingWorker({ faults: (call) => (isBroken ? bad(call) : undefined) });
    const run = await simulateBatch(worker, lane(twoCustomers()));
    expect(run.deadLetters).toMatchObject([{ messageId: "lane-07-1", attributes: { reason: "defect" } }]);
    isBroken = false;
    const redriven = await run.redrive();
    expect(redriven.deadLetters).toEqual([]);
    expect(redriven).toBeExactlyOnce(worker);
    expect(redriven.story("lane-07-1")).toMatchObject({ end: "deleted" });
  });

  it("what is parked carries the beginning of a long error", async () => {
    const long = { when: "before", error: new Defect("x".repeat(2_000)) } as const;
    const run = await simulateBatch(billingWorker({ faults: atKeys(long, isBad) }), lane(twoCustomers()));
    expect(run.deadLetters[0]?.attributes.error).toBe("x".repeat(1_000));
  });

  it("what kills the process is parked as a crash, and its neighbours are applied", async () => {
    const worker = billingWorker({ faults: atKeys(crash, isBad) });
    const run = await simulateBatch(worker, lane(twoCustomers()));
    expect(run.deadLetters).toMatchObject([{ messageId: "lane-07-1", attributes: { reason: "crash" } }]);
    expect(run.story("lane-07-2").end).toBe("deleted");
    expect(run).toBeExactlyOnce(worker);
  });
});
