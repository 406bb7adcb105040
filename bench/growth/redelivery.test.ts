import { setImmediate } from "node:timers/promises";
import type { Result } from "@stripe-lanes/core/batch";
import { Conflict, Unavailable } from "@stripe-lanes/core/errors";
import type { Message, Queue } from "@stripe-lanes/core/ports";
import { messageOf } from "@stripe-lanes/testing/events";
import { describe, expect, it } from "vitest";
import { workLane } from "./redelivery.ts";

const settled = (message: Message): Result => ({
  message,
  kind: "settled",
  outcome: "applied",
  reason: "later-second",
});
const failed = (message: Message): Result => ({ message, kind: "retry", error: new Conflict("Too slow.") });

/** A lane of batches, each message named by its body, and what was handled in which order. */
async function worked(batches: string[][], handle: (messages: Message[], queue: Queue) => Promise<Result[]>) {
  const [handled, slept]: [string[], number[]] = [[], []];
  const world = {
    async handle(messages: Message[], queue: Queue) {
      handled.push(messages.map(({ body, receives, group }) => `${body} ${group} ${receives}`).join(", "));
      return handle(messages, queue);
    },
    sleep: async (milliseconds: number) => void slept.push(milliseconds),
  };
  const lane = batches.map((batch) => batch.map((body) => messageOf(body, { group: "lane" })));
  return { ...(await workLane(lane, world)), handled, slept };
}

describe("a lane", () => {
  it("goes on with what failed, when it is visible again, before the next batch", async () => {
    const { handled, slept, redelivered, batchMilliseconds } = await worked(
      [["a", "b"], ["c"]],
      async (messages, queue) => {
        const late = messages.filter(({ body, receives }) => body === "b" && receives === 1);
        await queue.hide(late, late.length * 2);
        return messages.map((message) => (late.includes(message) ? failed(message) : settled(message)));
      },
    );
    expect(handled).toEqual(["a lane 1, b lane 1", "b lane 2", "c lane 1"]);
    expect(slept).toEqual([2000]);
    expect(redelivered).toBe(1);
    expect(batchMilliseconds).toHaveLength(3);
  });

  it("handles what was moved in a group of its own", async () => {
    const { handled, redelivered } = await worked([["a", "b"]], async (messages, queue) => {
      const moved = messages.filter(({ body, group }) => body === "a" && group === "lane");
      if (moved.length > 0) await queue.moveTo("retry-a", moved, 3);
      return messages.map((message) =>
        moved.includes(message)
          ? { message, kind: "moved", group: "retry-a", error: new Conflict("Too slow.") }
          : settled(message),
      );
    });
    expect(handled).toEqual(["a lane 1, b lane 1", "a retry-a 1"]);
    expect(redelivered).toBe(1);
  });

  it("is an error with an event that is parked", async () => {
    const parked = async (messages: Message[]): Promise<Result[]> =>
      messages.map((message) => ({ message, kind: "settled", outcome: "parked", reason: "defect" }));
    await expect(worked([["a"]], parked)).rejects.toThrow("An event was parked: defect");
  });

  it("is an error with a message that fails for ever", async () => {
    const never = async (messages: Message[]): Promise<Result[]> => messages.map(failed);
    await expect(worked([["a"]], never)).rejects.toThrow("A message failed 50 times.");
  });

  it("is an error when what was moved cannot be handled, though the lane went on beside it", async () => {
    const gone = async (messages: Message[], queue: Queue): Promise<Result[]> => {
      if (messages[0]?.group === "retry") throw new Unavailable("Nobody answers.");
      if (messages[0]?.body === "b") return setImmediate(messages.map(settled));
      await queue.moveTo("retry", messages, 1);
      return messages.map((message) => ({ message, kind: "moved", group: "retry", error: new Conflict("") }));
    };
    await expect(worked([["a"], ["b"]], gone)).rejects.toThrow("Nobody answers.");
  });
});
