import { afterEach, describe, expect, it } from "vitest";
import type { FunctionError } from "./errors.ts";
import {
  FAILS,
  failureOf,
  INIT_HANGS,
  INIT_THROWS,
  PRINTS,
  type Seen,
  STATE,
  startModule,
  stopRuntimes,
  until,
} from "./fixtures/runtimes.ts";
import type { Isolation } from "./sandbox.ts";

const ISOLATIONS: Isolation[] = ["thread", "process"];

afterEach(stopRuntimes);

describe.each(ISOLATIONS)("a function in a %s of its own", (isolation) => {
  it("answers, and keeps its state while it is warm", async () => {
    const { invoke, environments } = startModule(STATE, { isolation });
    const first = (await invoke({ a: [1, null] })) as Seen;
    const second = (await invoke({})) as Seen;
    expect(first.event).toEqual({ a: [1, null] });
    expect([first.invocations, second.invocations]).toEqual([1, 2]);
    expect(environments()).toMatchObject([{ id: "environment-1", busy: false }]);
    expect(first.pid === process.pid).toBe(isolation === "thread");
    expect(environments()[0]?.pid).toBe(isolation === "thread" ? undefined : first.pid);
  });

  it("answers null when its handler gives nothing", async () => {
    expect(await startModule(STATE, { isolation, export: "nothing" }).invoke({})).toBeNull();
  });

  it("sees the machine's clock, or one that is ahead of it", async () => {
    const DAY = 86_400_000;
    for (const clockAhead of [0, 3 * DAY]) {
      const { invoke } = startModule(STATE, { isolation, export: "clock", clockAhead });
      const ahead = Number(await invoke({})) - Date.now();
      expect(Math.abs(ahead - clockAhead)).toBeLessThan(60_000);
    }
  });

  it("sees what Lambda sets, what is given, and nothing of our environment but PATH", async () => {
    process.env.STRIPE_LANES_LEAK = "ours";
    const given = { TABLE: "billing", AWS_REGION: "eu-central-1" };
    const { invoke } = startModule(STATE, {
      isolation,
      export: "environment",
      env: given,
      memory: 256,
      functionName: "worker",
    });
    const seen = await invoke({});
    delete process.env.STRIPE_LANES_LEAK;
    expect(seen).toEqual({
      PATH: process.env.PATH,
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      AWS_LAMBDA_FUNCTION_NAME: "worker",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/worker",
      AWS_LAMBDA_LOG_STREAM_NAME: "[$LATEST]environment-1",
      TABLE: "billing",
      _X_AMZN_TRACE_ID: expect.stringMatching(
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
      ),
    });
  });

  it("prints every line before its answer, in the order it printed them, whatever it prints with", async () => {
    const { invoke, lines } = startModule(PRINTS, { isolation });
    expect(await invoke({ lines: 300 })).toBe("answer");
    const out = Array.from({ length: 300 }, (_, line) => [
      `${line === 0 ? "in two " : "€"}parts ${line}`,
      `console ${line}`,
      `own console ${line}`,
    ]);
    expect(lines).toEqual([...out.flat(), "with a callback", "€unfinished"]);
  });

  it("loses no line when it exits right after it printed thousands", async () => {
    const { invoke, lines } = startModule(PRINTS, { isolation });
    await failureOf(invoke({ lines: 3_000, exit: true }));
    expect(lines).toHaveLength(9_001);
  });

  it.each([
    ["throw", "Refused", "not today"],
    ["throw a text", "string", "just text"],
    ["answer a circle", "TypeError", /circular/],
  ])("fails its invocation and stays warm when told to %s", async (how, errorType, message) => {
    const { invoke } = startModule(FAILS, { isolation });
    const failure = await failureOf(invoke({ how }));
    expect(failure).toMatchObject({ errorType, message: expect.stringMatching(message) });
    expect(await invoke({ how: "succeed" })).toEqual({ invocations: 2 });
  });

  it.each([
    ["exit", "Runtime.ExitError", "Runtime exited with error: exit status 3"],
    ["exit with success", "Runtime.ExitError", "Runtime exited without providing a reason"],
    ["throw outside", "Refused", "nobody catches"],
    ["reject outside", "Refused", "nobody awaits"],
    ["loop", "Sandbox.Timedout", /^RequestId: [0-9a-f-]{36} Error: Task timed out after 0.30 seconds$/],
    ["wait", "Sandbox.Timedout", /timed out/],
  ])("fails its invocation and gets a new environment when told to %s", async (how, errorType, message) => {
    const { invoke, lines, environments } = startModule(FAILS, {
      isolation,
      timeout: 0.3,
      maxEnvironments: 1,
    });
    const failure = await failureOf(invoke({ how }));
    expect(failure).toMatchObject({ errorType, message: expect.stringMatching(message) });
    expect(lines).toEqual([`about to ${how}`]);
    expect(environments()).toEqual([]);
    expect(await invoke({ how: "succeed" })).toEqual({ invocations: 1 });
    expect(environments()).toMatchObject([{ id: "environment-2" }]);
  });

  it("gets a new environment when it fills its memory", async () => {
    const { invoke } = startModule(FAILS, { isolation, memory: 32 });
    await failureOf(invoke({ how: "fill the memory" }));
    expect(await invoke({ how: "succeed" })).toEqual({ invocations: 1 });
  });

  it("gets a new environment when it crashes between two invocations, and that is logged", async () => {
    const { invoke, lines, environments } = startModule(FAILS, { isolation });
    await invoke({ how: "crash later" });
    await until(() => environments().length === 0);
    expect(lines).toContain("Refused: after the answer");
    expect(await invoke({ how: "succeed" })).toEqual({ invocations: 1 });
  });

  it("tells why its module could not be imported, and is imported anew by the next invocation", async () => {
    const told: FunctionError[] = [];
    const onInitError = (error: FunctionError) => void told.push(error);
    const { invoke, lines, environments } = startModule(INIT_THROWS, { isolation, onInitError });
    const failures = [await failureOf(invoke({})), await failureOf(invoke({}))];
    expect(failures[0]).toMatchObject({ errorType: "TypeError", message: "TABLE is not set" });
    expect(told).toEqual(failures);
    expect(lines).toEqual(["looking for TABLE", "looking for TABLE"]);
    expect(environments()).toEqual([]);
    expect(await startModule(INIT_THROWS, { isolation, env: { TABLE: "billing" } }).invoke({})).toBe(
      "billing",
    );
  });

  it("fails when its init takes too long", async () => {
    const { invoke } = startModule(INIT_HANGS, { isolation, initTimeout: 0.1 });
    const failure = await failureOf(invoke({}));
    expect(failure).toMatchObject({ message: "Init timed out after 0.10 seconds" });
  });

  it("dies at once when it is killed, whatever it does, and is replaced", async () => {
    const { invoke, environments, lines } = startModule(FAILS, { isolation, maxEnvironments: 1 });
    const looping = failureOf(invoke({ how: "loop" }));
    await until(() => lines.length === 1);
    environments()[0]?.kill();
    expect(await looping).toMatchObject({ message: "Runtime exited with error: signal: killed" });
    await invoke({ how: "succeed" });
    environments()[0]?.kill();
    expect(environments()).toEqual([]);
    expect(await invoke({ how: "succeed" })).toEqual({ invocations: 1 });
  });

  it("fails what still runs when it is stopped", async () => {
    const { invoke, lines, stop } = startModule(FAILS, { isolation });
    const waiting = failureOf(invoke({ how: "wait" }));
    await until(() => lines.length === 1);
    await stop();
    expect(await waiting).toMatchObject({ errorType: "Runtime.ExitError" });
  });
});
