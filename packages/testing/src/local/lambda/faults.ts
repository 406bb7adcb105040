// What can go wrong around an invocation on AWS, by name.
import { FunctionError, killed, Throttled } from "./errors.ts";
import type { Runtime } from "./runtime.ts";

/** How an invocation, or what follows it, goes wrong. A redelivery follows each but `duplicate`. */
export type InvocationFault =
  /** No environment is free: the handler does not run. */
  | "throttled"
  /** The environment dies before the handler runs. */
  | "killed-before"
  /** The environment dies after the handler finished: its work is done and its answer lost. */
  | "killed-after"
  /** The handler does its work, too late: its answer is not used and the environment dies. */
  | "timeout"
  /** The handler's answer is used, and its deletes never arrive. */
  | "delete-lost"
  /** The same records are delivered once more while the first invocation runs, whose answer is used. */
  | "duplicate";

type Invoke = () => Promise<unknown>;
type Target = Pick<Runtime, "invoke" | "environments">;

const FAULTS: Record<InvocationFault, (invoke: Invoke, runtime: Target) => Promise<unknown>> = {
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
): Promise<unknown> {
  const invoke = () => runtime.invoke(event);
  return fault === undefined ? invoke() : FAULTS[fault](invoke, runtime);
}

/** Takes a warm environment along, so that the next invocation has a cold start. */
function dieWith(runtime: Target, error: FunctionError): never {
  runtime
    .environments()
    .find(({ busy }) => !busy)
    ?.kill();
  throw error;
}
