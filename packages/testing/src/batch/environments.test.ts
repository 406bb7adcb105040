import { describe, expect, it } from "vitest";
import type { InvocationFault } from "../local/lambda/faults.ts";
import type { Connect } from "./environments.ts";
import { sqsRecord, sqsRecords } from "./records.ts";
import { simulateBatch } from "./simulate.ts";

describe("execution environments", () => {
  const batch = ["a", "b", "c", "d"].map((group) => sqsRecord("one", { group }));

  /** Tells how many runs there were at one time, at most. */
  function watched() {
    let running = 0;
    const seen = { most: 0, started: 0 };
    const handler = async () => {
      seen.most = Math.max(seen.most, ++running);
      await Promise.resolve();
      running -= 1;
    };
    const connect = () => {
      seen.started += 1;
      return handler;
    };
    return { seen, handler, connect };
  }

  it("are as many at one time as there are message groups, and at most `maximumConcurrency`", async () => {
    const { seen, connect } = watched();
    const run = await simulateBatch({ connect }, batch, { batchSize: 1, maximumConcurrency: 3 });
    expect(seen).toEqual({ most: 3, started: 3 });
    expect(run.invocations).toHaveLength(4);
  });

  it("are one for a function, whose module may keep state while it waits", async () => {
    const { seen, handler } = watched();
    const run = await simulateBatch(handler, batch, { batchSize: 1, maximumConcurrency: 3 });
    expect(seen.most).toBe(1);
    expect(run.invocations).toHaveLength(4);
  });

  it.each<InvocationFault>(["duplicate", "stalled"])(
    "run the same records at one time: %s",
    async (fault) => {
      const { seen, connect } = watched();
      const run = await simulateBatch({ connect }, [sqsRecord("one")], { fail: [{ fault, invocation: 1 }] });
      expect(seen).toEqual({ most: 2, started: 2 });
      expect(run).toMatchObject({ messages: [{ deliveries: 2, end: "deleted" }], seconds: 0 });
    },
  );

  it("are killed one by one: the one whose invocation it was", async () => {
    const used: number[] = [];
    let started = 0;
    const connect = () => {
      const number = ++started;
      return async () => void used.push(number);
    };
    const two = [...sqsRecords(["one", "two"], { group: "a" }), ...sqsRecords(["one"], { group: "b" })];
    await simulateBatch({ connect }, two, {
      batchSize: 1,
      fail: [{ fault: "killed-after", message: "a-2" }],
    });
    const [, , killed, next] = used;
    expect([killed, next].toSorted()).toEqual([1, 2]);
  });

  it.each<[InvocationFault, number]>([
    ["killed-before", 2],
    ["killed-after", 2],
    ["timeout", 2],
    ["throttled", 1],
    ["delete-lost", 1],
  ])("start anew after %s or stay warm: %i in all", async (fault, started) => {
    const { seen, connect } = watched();
    const fail = [{ fault, invocation: 2 }];
    await simulateBatch({ connect }, sqsRecords(["one", "two"]), { batchSize: 1, fail });
    expect(seen.started).toBe(started);
  });
});

describe("a worker that uses the queues", () => {
  it("may send what has a story of its own, in each message group once in five minutes", async () => {
    const connect: Connect =
      (queues) =>
      async ({ Records }) => {
        if (Records.some(({ body }) => body === "copy")) return;
        for (const MessageGroupId of ["a", "a", "b"])
          queues.command("SendMessage", { QueueUrl: queues.queueUrl, MessageBody: "copy", MessageGroupId });
      };
    const run = await simulateBatch({ connect }, sqsRecords(["one"], { group: "a" }));
    expect(run.messages).toMatchObject([
      { messageId: "a-1", end: "deleted" },
      { body: "copy", group: "b", deliveries: 1, end: "deleted" },
      { body: "copy", group: "a", deliveries: 1, end: "deleted" },
    ]);
  });
});
