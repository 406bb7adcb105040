// Where histories run: in this thread, or each in one of its own, which may die without taking the others along.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { History } from "./ending.ts";
import { runHistory } from "./history.ts";
import type { Plan } from "./plan.ts";
import type { Answer } from "./thread.ts";
import type { Failure, Finished } from "./totals.ts";

/** @throws what the code threw that is simulated, or an Error that says how its thread ended */
export type Run = (plan: Plan) => Promise<History>;

/** Runs one history at a time. */
export type Runner = { run: Run; close(): void };

const THREAD = new URL("./thread.ts", import.meta.url);

/**
 * Megabytes of heap. A history of 2,000 events lives in about 100; with little more, V8 collects garbage most of the
 * time, and without a bound it lets it lie about.
 */
const HEAP = 256;
const EVENTS_A_MEGABYTE = 8;

export function runnerHere(run: Run = (plan) => runHistory(plan)): Runner {
  return { run, close() {} };
}

type Thread = { worker: Worker; isGone: boolean; gone: Promise<never> };

/** @param entry the module that the thread begins with */
export function runnerInThread(entry: URL = THREAD): Runner {
  let thread: Thread | undefined;
  return {
    close: () => void thread?.worker.terminate(),
    async run(plan) {
      if (thread === undefined || thread.isGone) thread = startThread(entry, plan);
      return answerOf(thread, plan);
    },
  };
}

function startThread(entry: URL, { events }: Plan): Thread {
  const maxOldGenerationSizeMb = Math.max(HEAP, Math.ceil(events / EVENTS_A_MEGABYTE));
  const worker = new Worker(entry, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb } });
  const { promise: gone, reject } = Promise.withResolvers<never>();
  const thread = { worker, isGone: false, gone };
  const end = (error: Error) => {
    thread.isGone = true;
    reject(error);
  };
  worker.once("error", end).once("exit", (code) => end(new Error(`its thread ended with exit code ${code}`)));
  // Who waits for a history then is told; a thread that ends idle is nobody's loss.
  gone.catch(() => {});
  return thread;
}

async function answerOf({ worker, gone }: Thread, plan: Plan): Promise<History> {
  const answered = once(worker, "message") as Promise<[Answer]>;
  worker.postMessage(plan);
  const [answer] = await Promise.race([answered, gone]);
  if ("error" in answer) throw answer.error;
  return answer.history;
}

/** A history that breaks off is a failure like any other. */
export async function finish(run: Run, plan: Plan): Promise<Finished> {
  try {
    return { history: await run(plan) };
  } catch (error) {
    return { failure: brokenOff(plan, error) };
  }
}

function brokenOff(plan: Plan, error: unknown): Failure {
  const what = `the history of seed ${plan.seed} broke off: ${error instanceof Error ? (error.stack ?? error.message) : error}`;
  return { plan, violations: [{ invariant: "the history ends", what }] };
}
