// A function as Lambda runs it: in execution environments of its own, or in this process for a debugger.
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { configurationOf, traceIdOf } from "./context.ts";
import type { FunctionError } from "./errors.ts";
import { type Handler, inProcess } from "./inprocess.ts";
import { environmentPool, type Place, type RunningEnvironment } from "./pool.ts";
import type { Isolation } from "./sandbox.ts";

export type FunctionModule = {
  /** A TypeScript or JavaScript file: its URL, or its path from the working directory. */
  module: URL | string;
  /** The name of the exported handler. */
  export: string;
};

export type RuntimeOptions = {
  /** A module runs as on Lambda; a function in this process, without `env`, captured output or kill. */
  handler: Handler | FunctionModule;
  /** Added to what Lambda sets; nothing else of this process's environment is seen but PATH. */
  env?: Record<string, string>;
  /** Seconds an invocation may take; fractions are allowed. */
  timeout: number;
  /** Seconds an init may take, 10 by default. */
  initTimeout?: number;
  /** Megabytes, 1024 by default. */
  memory?: number;
  functionName?: string;
  /** Milliseconds by which the clock of its environments is ahead of this machine's. */
  clockAhead?: number;
  /** Environments at one time, 10 by default: an invocation that finds all of them busy is throttled. */
  maxEnvironments?: number;
  /** `thread` by default; a `process` can be killed from outside at any moment. */
  isolation?: Isolation;
  /** Every line a function prints, given before the answer that follows it. */
  onLog?(line: string, environment: string): void;
  /** Told of an init that failed, besides the invocation that caused it. */
  onInitError?(error: FunctionError): void;
};

export type Runtime = {
  /**
   * Gives what the handler answered, after a round trip through JSON.
   * @throws Throttled when no environment is free; FunctionError when the function failed
   */
  invoke(event: object): Promise<unknown>;
  /** Those that exist now; none for a function in this process. */
  environments(): RunningEnvironment[];
  /** Kills all environments: invocations that still run fail. */
  stop(): Promise<void>;
};

/** A module is imported at the first invocation, and `invoke` throws FunctionError when that fails. */
export function startRuntime(options: RuntimeOptions): Runtime {
  const place = placeOf(options);
  return {
    environments: place.environments,
    stop: place.stop,
    async invoke(event) {
      const awsRequestId = randomUUID();
      const answer = await place.invoke({
        type: "invoke",
        awsRequestId,
        traceId: traceIdOf(awsRequestId),
        timeout: options.timeout * 1000,
        event: JSON.stringify(event),
      });
      return JSON.parse(answer);
    },
  };
}

function placeOf({ handler, ...options }: RuntimeOptions): Place {
  const { functionName = "function", memory = 1024, maxEnvironments = 10 } = options;
  if (typeof handler === "function") {
    return inProcess(handler, configurationOf(functionName, memory, "in-process"), maxEnvironments);
  }
  return environmentPool({
    module: urlOf(handler.module),
    export: handler.export,
    functionName,
    memory,
    maxEnvironments,
    env: options.env ?? {},
    isolation: options.isolation ?? "thread",
    clockAhead: options.clockAhead ?? 0,
    initTimeout: (options.initTimeout ?? 10) * 1000,
    onLog: (line, environment) => options.onLog?.(line, environment),
    onInitError: (error) => options.onInitError?.(error),
  });
}

function urlOf(module: URL | string): string {
  return (module instanceof URL ? module : pathToFileURL(resolve(module))).href;
}
