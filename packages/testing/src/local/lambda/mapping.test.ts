import { setImmediate as turn } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { FunctionError, Throttled } from "./errors.ts";
import { settled, startMapping, stopMappings, succeed } from "./fixtures/mappings.ts";
import { messageOf, messagesOf } from "./fixtures/messages.ts";
import { VISIBILITY } from "./fixtures/queue.ts";

afterEach(stopMappings);

describe("an event source mapping", () => {
  it("hands over what is on the queue, in full batches, and deletes it", async () => {
    const { queue, batches, mapping } = startMapping(succeed, { batchSize: 2 });
    queue.send(messageOf("m1"), messageOf("m2"));
    queue.send(messageOf("m3"));
    expect(mapping.idle()).toBe(false);
    await settled(mapping);
    expect(batches).toEqual([["m1", "m2"], ["m3"]]);
    expect(queue.ids()).toEqual([]);
    expect(mapping.metrics()).toMatchObject({ received: 3, invocations: 2, succeeded: 2, deleted: 3 });
  });

  it("gives a failed message again when its visibility timeout ends, and its followers after it", async () => {
    const { clock, queue, batches, mapping } = startMapping((ids) => ({
      batchItemFailures:
        batches.length === 1 ? ids.slice(1).map((itemIdentifier) => ({ itemIdentifier })) : [],
    }));
    queue.send(...messagesOf("m1", "m2", "m3"));
    await settled(mapping);
    expect(queue.ids()).toEqual(["m2", "m3"]);
    expect(mapping.nextWakeAt()).toBe(VISIBILITY);
    clock.advance(VISIBILITY);
    await settled(mapping);
    expect(batches).toEqual([
      ["m1", "m2", "m3"],
      ["m2", "m3"],
    ]);
    expect(queue.ids()).toEqual([]);
  });

  it("asks the queue for nothing while nothing can come", async () => {
    const { clock, queue, mapping } = startMapping(() => Promise.reject(new Error("no")));
    queue.send(messageOf("m1"));
    await settled(mapping);
    const { ReceiveMessage } = queue.asked;
    clock.advance(VISIBILITY - 1);
    await settled(mapping);
    expect(queue.asked.ReceiveMessage).toBe(ReceiveMessage);
  });

  it("tells why an invocation failed, with its records", async () => {
    const told: unknown[] = [];
    const { queue, mapping } = startMapping(() => Promise.reject(new FunctionError("Refused", "not today")), {
      onInvocationError: (error, records) => told.push([error, records.map((record) => record.messageId)]),
    });
    queue.send(messageOf("m1"));
    await settled(mapping);
    expect(told).toEqual([[expect.objectContaining({ errorType: "Refused" }), ["m1"]]]);
  });

  it("backs off when all environments are busy, and invokes the same batch again", async () => {
    const { clock, queue, batches, mapping } = startMapping(() => {
      if (batches.length === 1) throw new Throttled("busy");
      return succeed();
    });
    queue.send(...messagesOf("m1", "m2"));
    await settled(mapping);
    expect(mapping.nextWakeAt()).toBe(1_000);
    clock.advance(1_000);
    await settled(mapping);
    expect(batches).toEqual([
      ["m1", "m2"],
      ["m1", "m2"],
    ]);
    expect(mapping.metrics()).toMatchObject({ received: 2, throttled: 1, succeeded: 1, deleted: 2 });
    expect(queue.ids()).toEqual([]);
  });

  it("lets a batch that stays throttled come back when its visibility ends", async () => {
    const { clock, queue, batches, mapping } = startMapping(() => {
      if (clock.now() < VISIBILITY) throw new Throttled("busy");
      return succeed();
    });
    queue.send(messageOf("m1"));
    for (let at = 0; at < VISIBILITY + 30_000; at = clock.now()) {
      await settled(mapping);
      clock.advance((mapping.nextWakeAt() ?? at + 30_000) - at);
    }
    await settled(mapping);
    expect(batches).toHaveLength(6);
    expect(mapping.metrics()).toMatchObject({ received: 2, throttled: 5, succeeded: 1 });
    expect(queue.ids()).toEqual([]);
  });

  it("lets a throttled batch go where the queue does not tell its visibility timeout", async () => {
    const { queue, mapping } = startMapping(() => Promise.reject(new Throttled("busy")));
    queue.breakNext("GetQueueAttributes");
    queue.send(messageOf("m1"));
    await settled(mapping);
    expect(mapping.metrics()).toMatchObject({ throttled: 1, invocations: 1 });
    expect(queue.ids()).toEqual(["m1"]);
  });

  it("tries again a second after the queue could not be asked", async () => {
    const { clock, queue, mapping } = startMapping(succeed);
    queue.breakNext("ReceiveMessage");
    queue.send(messageOf("m1"));
    await settled(mapping);
    expect(queue.ids()).toEqual(["m1"]);
    clock.advance(1_000);
    await settled(mapping);
    expect(queue.ids()).toEqual([]);
  });

  it("counts the deletes that the queue refuses, one by one or all at once", async () => {
    const { clock, queue, mapping } = startMapping(succeed);
    queue.refused.add("handle of m2");
    queue.send(...messagesOf("m1", "m2"));
    await settled(mapping);
    expect(queue.ids()).toEqual(["m2"]);
    queue.breakNext("DeleteMessageBatch");
    clock.advance(VISIBILITY);
    await settled(mapping);
    expect(queue.ids()).toEqual(["m2"]);
    expect(mapping.metrics()).toMatchObject({ deleted: 1, deletesFailed: 2 });
  });

  it("waits for its invocations when it is stopped, and takes no more", async () => {
    const gate = Promise.withResolvers<void>();
    const { queue, batches, mapping } = startMapping(() => gate.promise);
    queue.send(messageOf("m1"));
    while (batches.length === 0) await turn();
    const stopped = mapping.stop();
    queue.send(messageOf("m2"));
    gate.resolve();
    await stopped;
    expect(mapping.idle()).toBe(true);
    expect(queue.ids()).toEqual(["m2"]);
  });
});
