// Processes of their own that are called by name: what they spend is not what the one that measures spends.
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a process answers: each takes and gives what survives JSON. */
export type Calls = Record<string, (...input: never[]) => unknown>;

export type Running<C extends Calls> = {
  /** @throws Error with what the process says, or with why it ended. */
  call<N extends keyof C & string>(name: N, ...input: Parameters<C[N]>): Promise<Awaited<ReturnType<C[N]>>>;
  close(): Promise<void>;
};

type Call = { id: number; name: string; input: unknown[] };
type Answer = { id: number; output?: unknown; error?: string };
type Waiting = Map<number, PromiseWithResolvers<unknown>>;

/** Characters of what it last wrote to stderr. */
const TOLD = 2_000;

/**
 * Starts a module that calls `answerCalls`. It has this environment and no other, and what it prints goes to
 * /dev/null; `name` is what errors call it.
 */
export function startProcess<C extends Calls>(
  name: string,
  module: URL,
  env: Record<string, string> = {},
): Running<C> {
  const child = fork(fileURLToPath(module), [], {
    env,
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const waiting: Waiting = new Map();
  const ended = endOf(child, name, waiting);
  child.on("message", (answer: Answer) => settle(name, waiting, answer));
  let calls = 0;
  const call = (called: string, ...input: unknown[]) => {
    const id = calls++;
    const answered = Promise.withResolvers<unknown>();
    waiting.set(id, answered);
    send(child, { id, name: called, input }, () => ended.then((error) => answered.reject(error)));
    return answered.promise;
  };
  return {
    call: call as Running<C>["call"],
    async close() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The first call, without whose answer the process is of no use. */
export async function opened<T>({ close }: { close(): Promise<void> }, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    await close();
    throw error;
  }
}

function send(child: ChildProcess, call: Call, failed: () => void): void {
  if (child.connected) child.send(call, (error) => error && failed());
  else failed();
}

function settle(name: string, waiting: Waiting, { id, output, error }: Answer): void {
  const answered = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) answered?.resolve(output);
  else answered?.reject(new Error(`${name}: ${error}`));
}

/** Fulfilled when it is gone, with why; whoever waits for it hears that too. */
function endOf(child: ChildProcess, name: string, waiting: Waiting): Promise<Error> {
  let told = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    told = (told + text).slice(-TOLD);
  });
  return new Promise((resolve) => {
    const end = (how: string) => {
      const error = new Error([`${name} ended with ${how}.`, told.trim()].filter(Boolean).join("\n"));
      for (const { reject } of waiting.values()) reject(error);
      resolve(error);
    };
    child.once("error", ({ message }) => end(message));
    child.once("close", (code, signal) => end(signal ?? `exit code ${code}`));
  });
}

/** In the process: answers calls until the one that started it is gone. Ctrl-C reaches both, and that one decides. */
export function answerCalls(calls: Calls): void {
  process.on("SIGINT", () => {});
  process.on("disconnect", () => process.exit());
  process.on("message", ({ id, name, input }: Call) => void answer(calls, id, name, input));
}

async function answer(calls: Calls, id: number, name: string, input: unknown[]): Promise<void> {
  process.send?.(await answerOf(calls, id, name, input));
}

async function answerOf(calls: Calls, id: number, name: string, input: unknown[]): Promise<Answer> {
  try {
    const called = calls[name] as ((...input: unknown[]) => unknown) | undefined;
    if (called === undefined) throw new Error(`There is no call ${name}.`);
    return { id, output: await called(...input) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
