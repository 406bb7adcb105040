// Where an execution environment lives: a thread of this process, or a process of its own.
import { type ChildProcess, fork } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { linesOf } from "./output.ts";
import { type FromEnvironment, failureOf, REPORTS, type ToEnvironment } from "./protocol.ts";

export type Isolation = "thread" | "process";

export type Sandbox = {
  /** The id of the process, where it has one of its own. */
  pid: number | undefined;
  post(message: ToEnvironment): void;
  kill(): void;
};

export type SandboxOptions = {
  /** The whole environment. */
  env: Record<string, string>;
  /** Megabytes of JavaScript heap. */
  memory: number;
  onMessage(message: FromEnvironment): void;
  /** It is gone, and every message it sent has been given. */
  onExit(reason: string): void;
};

const BOOTSTRAP = new URL("./bootstrap.ts", import.meta.url);

/** Compiled modules are kept between environments: stripping their types takes half of a cold start. */
const NODE_COMPILE_CACHE = join(tmpdir(), "stripe-lanes-compile-cache");

/** Gives it before it runs: one that cannot start is reported by `onExit`. */
export function startSandbox(isolation: Isolation, options: SandboxOptions): Sandbox {
  return isolation === "thread" ? startThread(options) : startProcess(options);
}

function startThread({ env, memory, onMessage, onExit }: SandboxOptions): Sandbox {
  const worker = new Worker(BOOTSTRAP, {
    env: { ...env, NODE_COMPILE_CACHE },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  worker.on("message", onMessage);
  worker.on("error", (error) => onMessage({ type: "crashed", failure: failureOf(error) }));
  worker.on("exit", (code) => onExit(reasonOf(code)));
  printRest([worker.stdout, worker.stderr], onMessage);
  return {
    pid: undefined,
    post: (message) => worker.postMessage(message),
    kill: () => void worker.terminate(),
  };
}

function startProcess({ env, memory, onMessage, onExit }: SandboxOptions): Sandbox {
  const child = fork(fileURLToPath(BOOTSTRAP), [], {
    env: { ...env, NODE_COMPILE_CACHE },
    execArgv: [`--max-old-space-size=${memory}`],
    serialization: "json",
    stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
  });
  // What a kill cut off in the middle of a line is no report.
  child.stdio[REPORTS]?.on("data", linesOf((line) => onMessage(JSON.parse(line))).read);
  child.on("error", (error) => onMessage({ type: "crashed", failure: failureOf(error) }));
  onceGone(child, onExit);
  printRest([child.stdout, child.stderr], onMessage);
  return {
    pid: child.pid,
    // One that is gone already tells so by its exit.
    post: (message) => void child.send(message, () => {}),
    kill: () => void child.kill("SIGKILL"),
  };
}

/** `close` comes after `exit`, once the last message and line have been read. */
function onceGone(child: ChildProcess, onExit: (reason: string) => void) {
  if (child.pid === undefined) {
    process.nextTick(onExit, "before it could start");
    return;
  }
  child.once("close", (code, signal) => onExit(reasonOf(code, signal)));
}

/** What was written past the bootstrap, such as the engine's last words when it runs out of memory. */
function printRest(streams: (Readable | null)[], onMessage: SandboxOptions["onMessage"]) {
  for (const stream of streams) {
    const { read, end } = linesOf((line) => onMessage({ type: "printed", line }));
    stream?.on("data", read).on("end", end);
  }
}

/** In Lambda's words. */
function reasonOf(code: number | null, signal: NodeJS.Signals | null = null): string {
  if (signal === "SIGKILL") return "with error: signal: killed";
  if (signal !== null) return `with error: signal: ${signal}`;
  if (code === 0) return "without providing a reason";
  return `with error: exit status ${code}`;
}
