import { describe, expect, it } from "vitest";
import {
  after,
  answered,
  deleted,
  deletes,
  failing,
  invoke,
  pollerOf,
  receive,
  received,
  wake,
} from "./fixtures/commands.ts";
import { messageOf } from "./fixtures/messages.ts";
import { isIdle, type PollerCommand, type PollerSettings, wakeAt } from "./poller.ts";

describe("a poller that receives", () => {
  it("receives at most a batch when it is woken, once at a time", () => {
    const poller = pollerOf({ batchSize: 4 });
    expect(after(poller, [wake])).toEqual([{ type: "receive", max: 4 }]);
    expect(after(poller, [wake])).toEqual([]);
  });

  it("invokes one batch with several message groups, and receives on", () => {
    const messages = [messageOf("m1", "lane-a"), messageOf("m2", "lane-b")];
    expect(after(pollerOf(), [wake, { type: "received", messages }])).toEqual([
      { type: "invoke", invocation: 1, messages },
      receive,
    ]);
  });

  it("stops receiving when the queue has nothing to give, until it is woken", () => {
    const poller = pollerOf();
    expect(after(poller, [wake, received()])).toEqual([]);
    expect(isIdle(poller)).toBe(true);
    expect(after(poller, [wake])).toEqual([receive]);
  });

  it("receives again after an empty answer when it was woken while it received", () => {
    const poller = pollerOf();
    expect(after(poller, [wake, wake, received()])).toEqual([receive]);
    expect(after(poller, [received()])).toEqual([]);
  });

  it("runs no more invocations than its maximum concurrency", () => {
    const poller = pollerOf();
    expect(after(poller, [wake, received("m1"), received("m2")])).toEqual([invoke(2, "m2")]);
    expect(after(poller, [wake])).toEqual([]);
    expect(after(poller, [{ type: "invocation-failed", invocation: 1 }])).toEqual([receive]);
    expect(poller.metrics.peakConcurrency).toBe(2);
  });

  it.each([{ batchSize: 0 }, { batchSize: 11 }, { maximumConcurrency: 1 }, { batchSize: Number.NaN }])(
    "refuses %j as AWS does",
    (settings) => {
      expect(() => pollerOf(settings)).toThrow(RangeError);
    },
  );
});

describe("a poller that is answered", () => {
  const busy = (settings?: Partial<PollerSettings>) => {
    const poller = pollerOf(settings);
    after(poller, [wake, received("m1", "m2", "m3"), received()]);
    return poller;
  };

  it("deletes the batch on success, and receives what followed once it is deleted", () => {
    const poller = busy();
    expect(after(poller, [answered(1, { batchItemFailures: [] })])).toEqual([deletes(1, "m1", "m2", "m3")]);
    expect(isIdle(poller)).toBe(false);
    expect(after(poller, [deleted(1, 3)])).toEqual([receive]);
    expect(poller.metrics).toMatchObject({ received: 3, invocations: 1, succeeded: 1, deleted: 3 });
  });

  it("deletes all but the messages that a partial batch response names", () => {
    const poller = busy();
    expect(after(poller, [answered(1, failing("m2"))])).toEqual([deletes(1, "m1", "m3")]);
    expect(poller.metrics).toMatchObject({ partiallyFailed: 1, succeeded: 0, failed: 0 });
  });

  it.each([
    ["every message is named", failing("m1", "m2", "m3")],
    ["an unknown message is named", failing("m1", "elsewhere")],
    ["the answer is malformed", "done"],
  ])("deletes nothing when %s", (_name, answer) => {
    const poller = busy();
    expect(after(poller, [answered(1, answer)])).toEqual([receive]);
    expect(poller.metrics).toMatchObject({ failed: 1, deleted: 0 });
  });

  it("deletes nothing when the invocation failed", () => {
    expect(after(busy(), [{ type: "invocation-failed", invocation: 1 }])).toEqual([receive]);
  });

  it("deletes everything whatever is answered, without the function response type", () => {
    const poller = busy({ reportBatchItemFailures: false });
    expect(after(poller, [answered(1, failing("m1"))])).toEqual([deletes(1, "m1", "m2", "m3")]);
  });

  it("counts the deletes that failed and goes on", () => {
    const poller = busy();
    after(poller, [answered(1)]);
    expect(after(poller, [{ type: "deleted", invocation: 1, deleted: 1, failed: 2 }])).toEqual([receive]);
    expect(poller.metrics).toMatchObject({ deleted: 1, deletesFailed: 2 });
  });
});

describe("a poller that is throttled", () => {
  const throttled = (invocation: number, visibility = 0): PollerCommand => ({
    type: "invocation-throttled",
    invocation,
    visibility,
  });
  const never = () => undefined;

  // "Handling errors for an SQS event source", AWS Lambda operator guide.
  it("invokes the batch again after a second, and receives nothing until then", () => {
    const poller = pollerOf();
    after(poller, [wake, received("m1", "m2"), received()]);
    expect(after(poller, [throttled(1, 30_000)], 500)).toEqual([]);
    expect(isIdle(poller)).toBe(true);
    expect(wakeAt(poller, 500, never)).toBe(1_500);
    expect(after(poller, [wake], 1_499)).toEqual([]);
    expect(after(poller, [wake], 1_500)).toEqual([invoke(2, "m1", "m2"), receive]);
    expect(poller.metrics).toMatchObject({ received: 2, invocations: 2, throttled: 1 });
  });

  it("invokes it ever later until its visibility ends, and leaves the messages to come again", () => {
    const poller = pollerOf();
    after(poller, [wake, received("m1"), received()]);
    const tries: number[] = [];
    for (let invocation = 1, now = 0; invocation === 1 || poller.running.size > 0; invocation++) {
      after(poller, [throttled(invocation, 30_000)], now);
      now = poller.resumeAt;
      after(poller, [wake, received()], now);
      if (poller.running.size > 0) tries.push(now);
    }
    expect(tries).toEqual([1_000, 3_000, 7_000, 15_000]);
    expect(poller.waiting).toEqual([]);
  });

  it("has throttled batches hold their slots", () => {
    const poller = pollerOf();
    after(poller, [wake, received("m1"), received("m2"), throttled(1, 30_000), throttled(2, 30_000)]);
    expect(wakeAt(poller, 0, never)).toBe(1_000);
    expect(after(poller, [wake], 1_000)).toEqual([invoke(3, "m1"), invoke(4, "m2")]);
  });

  it("forgets throttled batches when it is stopped", () => {
    const poller = pollerOf();
    after(poller, [wake, received("m1"), received(), throttled(1, 30_000), { type: "stop" }]);
    expect(wakeAt(poller, 0, never)).toBeUndefined();
    expect(after(poller, [wake], 1_000)).toEqual([]);
  });

  it("waits longer each time, up to half a minute, until something is answered", () => {
    const poller = pollerOf();
    const waits = [1, 2, 3, 4, 5, 6, 7].map((invocation) => {
      const now = Math.max(0, poller.resumeAt);
      after(poller, [wake, received("m1"), received(), throttled(invocation)], now);
      return poller.resumeAt - now;
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    const now = poller.resumeAt;
    after(poller, [wake, received("m1"), received(), answered(8), deleted(8)], now);
    after(poller, [received("m1"), received(), throttled(9)], now);
    expect(poller.resumeAt - now).toBe(1_000);
  });

  it("counts several throttles at one time as one setback", () => {
    const poller = pollerOf();
    after(poller, [wake, received("m1"), received("m2"), throttled(1), throttled(2)]);
    expect(poller.resumeAt).toBe(1_000);
    expect(poller.metrics.throttled).toBe(2);
  });

  it("backs off in the same way when receiving fails", () => {
    const poller = pollerOf();
    expect(after(poller, [wake, { type: "receive-failed" }])).toEqual([]);
    expect(wakeAt(poller, 0, never)).toBe(1_000);
  });
});

describe("the next wake", () => {
  const later = () => 30_000;

  it("is when a message becomes visible, once a receive came back empty", () => {
    const poller = pollerOf();
    after(poller, [wake]);
    expect(wakeAt(poller, 0, later)).toBeUndefined();
    after(poller, [received()]);
    expect(wakeAt(poller, 0, later)).toBe(30_000);
  });

  it("is not asked for while no more invocations may run", () => {
    const poller = pollerOf();
    after(poller, [wake, received("m1"), received("m2")]);
    expect(wakeAt(poller, 0, later)).toBeUndefined();
  });
});

describe("a poller that is stopped", () => {
  it("receives no more, and deletes what its last invocations handled", () => {
    const poller = pollerOf();
    after(poller, [wake, received("m1"), { type: "stop" }]);
    expect(after(poller, [received("m2")])).toEqual([invoke(2, "m2")]);
    expect(after(poller, [{ type: "invocation-failed", invocation: 2 }])).toEqual([]);
    expect(after(poller, [answered(1)])).toEqual([deletes(1, "m1")]);
    expect(after(poller, [deleted(1)])).toEqual([]);
    expect(isIdle(poller)).toBe(true);
    expect(after(poller, [wake])).toEqual([]);
    expect(wakeAt(poller, 0, () => 1)).toBeUndefined();
  });
});
