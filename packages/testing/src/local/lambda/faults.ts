// What can go wrong around an invocation on AWS, by name.
import { FunctionError, killed, Throttled } from "./errors.ts";
import type { Runtime } from "./runtime.ts";

/** How an invocation, or what follows it, goes wrong. Each but `throttled` and `duplicate` has a redelivery follow. */
export type InvocationFault =
  /** No environment is free: the handler does not run, and the same batch is invoked again a second later. */
  | "throttled"
  /** The environment dies before the handler runs. */
  | "killed-before"
  /** The environment dies after the handler finished: its work is done and its answer lost. */
  | "killed-after"
  /** The handler does its work, too late: its answer is not used and the environment dies. */
  | "timeout"
  /** The handler finishes, its answer is lost on the way, and the environment lives on. */
  | "answer-lost"
  /** The records become visible while the handler runs: another environment gets them beside it. */
  | "stalled"
  /** The handler's answer is used, and its deletes never arrive. */
  | "delete-lost"
  /** The same records are delivered once more while the first invocation runs, whose answer is used. */
  | "duplicate";

type Invoke = () => Promise<unknown>;
type Target = Pick<Runtime, "invoke" | "environments">;
/** Ends the visibility timeout of an invocation's records. */
type EndVisibility = () => Promise<unknown>;
type Failing = (invoke: Invoke, runtime: Target, endVisibility: EndVisibility) => Promise<unknown>;

const FAULTS: Record<InvocationFault, Failing> = {
  throttled: async () => {
    throw new Throttled("Injected: no environment is free.");
  },
  "killed-before": async (_invoke, runtime) => dieWith(runtime, killed()),
  "killed-after": async (invoke, runtime) => {
    await invoke();
    return dieWith(runtime, killed());
  },
  timeout: async (invoke, runtime) => {
    await invoke();
    return dieWith(runtime, new FunctionError("Sandbox.Timedout", "Injected: the task timed out."));
  },
  "answer-lost": async (invoke) => {
    await invoke();
    throw new FunctionError("Runtime.AnswerLost", "Injected: the answer was lost.");
  },
  stalled: async (invoke, _runtime, endVisibility) => {
    const [answer] = await Promise.all([invoke(), endVisibility()]);
    return answer;
  },
  "delete-lost": (invoke) => invoke(),
  duplicate: async (invoke) => {
    const [first] = await Promise.allSettled([invoke(), invoke()]);
    if (first.status === "rejected") throw first.reason;
    return first.value;
  },
};

/** @throws Throttled, FunctionError */
export function invokeWith(
  fault: InvocationFault | undefined,
  runtime: Target,
  event: object,
  endVisibility: EndVisibility = async () => {},
): Promise<unknown> {
  const invoke = () => runtime.invoke(event);
  return fault === undefined ? invoke() : FAULTS[fault](invoke, runtime, endVisibility);
}

/** Takes a warm environment along, so that the next invocation has a cold start. */
function dieWith(runtime: Target, error: FunctionError): never {
  runtime
    .environments()
    .find(({ busy }) => !busy)
    ?.kill();
  throw error;
}
