import type { Context } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { Throttled } from "./errors.ts";
import { failureOf } from "./fixtures/runtimes.ts";
import { startRuntime } from "./runtime.ts";

describe("a function in this process", () => {
  const inProcess = (handler: (event: { id: string }, context: Context) => Promise<unknown>, timeout = 1) =>
    startRuntime({ handler, timeout, maxEnvironments: 1 });

  it("is called with the event and its context, both ways through JSON", async () => {
    const { invoke, environments } = inProcess(async ({ id }, context) => ({
      id,
      dropped: undefined,
      name: context.functionName,
    }));
    expect(await invoke({ id: "evt_1" })).toStrictEqual({ id: "evt_1", name: "function" });
    expect(environments()).toEqual([]);
  });

  it("fails with what it threw as the cause", async () => {
    const cause = new TypeError("no such row");
    const failure = await failureOf(inProcess(() => Promise.reject(cause)).invoke({}));
    expect(failure).toMatchObject({ errorType: "TypeError", message: "no such row", cause });
  });

  it("times out, and is free for the next invocation", async () => {
    const { invoke } = inProcess(
      ({ id }) => (id === "slow" ? new Promise(() => {}) : Promise.resolve(id)),
      0.02,
    );
    const slow = failureOf(invoke({ id: "slow" }));
    await expect(invoke({ id: "quick" })).rejects.toBeInstanceOf(Throttled);
    expect(await slow).toMatchObject({ errorType: "Sandbox.Timedout" });
    expect(await invoke({ id: "quick" })).toBe("quick");
  });
});
