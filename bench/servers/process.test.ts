import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { AnsweringCalls } from "./fixtures/answering.ts";
import { opened, startProcess } from "./process.ts";

function started(env?: Record<string, string>) {
  const running = startProcess<AnsweringCalls>(
    "it",
    new URL("./fixtures/answering.ts", import.meta.url),
    env,
  );
  onTestFinished(running.close);
  return running;
}

describe("a process of its own", () => {
  it("answers each call with what it gives, side by side", async () => {
    const { call } = started();
    expect(await Promise.all([call("add", 1, 2), call("add", 3, 4)])).toEqual([3, 7]);
  });

  it("has the environment that was given, and no other", async () => {
    expect(await started({ GIVEN: "yes" }).call("environment")).toEqual({ GIVEN: "yes" });
  });

  it("tells what went wrong with a call, and goes on", async () => {
    const { call } = started();
    await expect(call("fail")).rejects.toThrow(/^it: not today$/);
    expect(await call("add", 1, 1)).toBe(2);
  });

  it("fails all that wait when it dies, and says why; so does every call after that", async () => {
    const { call } = started();
    const waiting = expect(call("wait")).rejects.toThrow("it ended with exit code 3.\nout of luck");
    await expect(call("die")).rejects.toThrow("it ended with exit code 3.\nout of luck");
    await waiting;
    await expect(call("add", 1, 1)).rejects.toThrow("it ended with exit code 3.");
  });

  it("is gone when it is closed, in the middle of whatever it does", async () => {
    const { call, close } = started();
    await call("add", 1, 1);
    const waiting = expect(call("wait")).rejects.toThrow("it ended with SIGKILL.");
    await close();
    await waiting;
  });

  it("is gone when the one that started it is, whatever ended that", async () => {
    const starting = spawn(process.execPath, [
      fileURLToPath(new URL("./fixtures/starting.ts", import.meta.url)),
    ]);
    const [told] = await once(starting.stdout, "data");
    const isThere = () => {
      try {
        return process.kill(Number(`${told}`), 0);
      } catch {
        return false;
      }
    };
    expect(isThere()).toBe(true);
    starting.kill("SIGKILL");
    await vi.waitUntil(() => !isThere(), { timeout: 10_000 });
  });

  it("is closed when its first call fails", async () => {
    const running = started();
    await expect(opened(running, running.call("fail"))).rejects.toThrow("not today");
    await expect(running.call("add", 1, 1)).rejects.toThrow("SIGKILL");
  });
});
