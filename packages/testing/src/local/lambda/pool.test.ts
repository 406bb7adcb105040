import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { Throttled } from "./errors.ts";
import { FAILS, failureOf, type Seen, STATE, startModule, stopRuntimes, until } from "./fixtures/runtimes.ts";

afterEach(stopRuntimes);

describe("a process of its own", () => {
  it("can be killed from outside by its id", async () => {
    const { invoke, environments, lines } = startModule(FAILS, { isolation: "process" });
    const looping = failureOf(invoke({ how: "loop" }));
    await until(() => lines.length === 1);
    const pid = environments()[0]?.pid ?? 0;
    process.kill(pid, "SIGKILL");
    expect(await looping).toMatchObject({ message: "Runtime exited with error: signal: killed" });
  });
});

describe("execution environments", () => {
  it("run one invocation at a time each, and what finds none free is throttled", async () => {
    const { invoke, environments } = startModule(STATE, { maxEnvironments: 2 });
    const answers = [invoke({}), invoke({})];
    await expect(invoke({})).rejects.toBeInstanceOf(Throttled);
    expect(environments()).toMatchObject([{ busy: true }, { busy: true }]);
    expect(await Promise.all(answers)).toMatchObject([{ invocations: 1 }, { invocations: 1 }]);
    expect(await invoke({})).toMatchObject({ invocations: 2 });
  });

  it.each([
    ["missing", "Runtime.HandlerNotFound"],
    ["notAFunction", "Runtime.HandlerNotFound"],
    ["withCallback", "Runtime.CallbackHandlerDeprecated"],
  ])("do not start with a handler that is %s", async (name, errorType) => {
    expect(await failureOf(startModule(STATE, { export: name }).invoke({}))).toMatchObject({ errorType });
  });

  it("take a module by its path too", async () => {
    expect(await startModule(fileURLToPath(STATE), { export: "nothing" }).invoke({})).toBeNull();
  });
});

describe("the context of an invocation", () => {
  it("names the function and counts down to its timeout", async () => {
    const { invoke } = startModule(STATE, { functionName: "worker", memory: 512, timeout: 2 });
    const { context, remaining } = (await invoke({})) as Seen;
    expect(context).toEqual({
      functionName: "worker",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:worker",
      memoryLimitInMB: "512",
      logGroupName: "/aws/lambda/worker",
      logStreamName: "[$LATEST]environment-1",
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      callbackWaitsForEmptyEventLoop: true,
    });
    expect(remaining).toBeGreaterThan(1_500);
    expect(remaining).toBeLessThanOrEqual(2_000);
  });
});
