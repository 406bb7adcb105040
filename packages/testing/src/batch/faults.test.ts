import { describe, expect, it } from "vitest";
import type { InvocationFault } from "../local/lambda/faults.ts";
import { succeed } from "./fixtures/handlers.ts";
import { sqsRecords } from "./records.ts";
import { simulateBatch } from "./simulate.ts";

describe("a fault", () => {
  it.each<[InvocationFault, number, number]>([
    ["throttled", 1, 2],
    ["killed-before", 1, 2],
    ["killed-after", 2, 2],
    ["timeout", 2, 2],
    ["answer-lost", 2, 2],
    ["stalled", 2, 2],
    ["delete-lost", 2, 2],
    ["duplicate", 2, 1],
  ])("%s has its message delivered %i times in %i invocations", async (fault, deliveries, invocations) => {
    const run = await simulateBatch(succeed, sqsRecords(["one"], { group: "a" }), {
      fail: [{ fault, invocation: 1 }],
    });
    expect(run.story("a-1")).toMatchObject({ deliveries, end: "deleted" });
    expect(run.invocations).toHaveLength(invocations);
    expect(run.invocations[0]?.fault).toBe(fault);
    expect(run.invocations[1]?.fault).toBeUndefined();
    expect(run.unstruck).toEqual([]);
  });

  it("of a message strikes as often as it says, and follows the message", async () => {
    const batch = [...sqsRecords(["one"], { group: "a" }), ...sqsRecords(["one"], { group: "b" })];
    const run = await simulateBatch(succeed, batch, {
      batchSize: 1,
      fail: [{ fault: "killed-before", message: "b-1", times: 2 }],
    });
    expect(run.story("a-1")).toMatchObject({ deliveries: 1, invocations: [1] });
    expect(run.story("b-1")).toMatchObject({ deliveries: 1, invocations: [2, 3, 4], end: "deleted" });
  });

  it("that never ends leads to the dead-letter queue", async () => {
    const run = await simulateBatch(succeed, sqsRecords(["one"], { group: "a" }), {
      fail: [{ fault: "killed-before", message: "a-1", times: Infinity }],
    });
    expect(run.story("a-1")).toMatchObject({
      deliveries: 0,
      invocations: [1, 2, 3, 4, 5],
      end: "dead-lettered",
    });
  });

  it("is the first that is meant, where several are", async () => {
    const run = await simulateBatch(succeed, sqsRecords(["one"], { group: "a" }), {
      fail: [
        { fault: "timeout", message: "a-1" },
        { fault: "throttled", invocation: 1 },
        { fault: "delete-lost", message: "a-1" },
      ],
    });
    expect(run.invocations.map(({ fault }) => fault)).toEqual(["timeout", "delete-lost", undefined]);
    expect(run.unstruck).toEqual([{ fault: "throttled", invocation: 1 }]);
  });

  it("that never struck is told", async () => {
    const fail = [{ fault: "throttled", invocation: 7 }] as const;
    expect((await simulateBatch(succeed, sqsRecords(["one"]), { fail })).unstruck).toEqual(fail);
  });

  it.each([
    [{ fault: "throttled", message: "a-9" } as const, "which is not in the batch"],
    [{ fault: "throttled", invocation: 0 } as const, "the first is 1"],
  ])("that cannot strike is refused: %j", async (fault, why) => {
    const batch = sqsRecords(["one"], { group: "a" });
    await expect(simulateBatch(succeed, batch, { fail: [fault] })).rejects.toThrow(why);
  });
});
