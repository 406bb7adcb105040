// What a runtime and its execution environments tell each other; all of it survives JSON.
import { FunctionError } from "./errors.ts";

/** The file descriptor by which a process of its own reports, one JSON text a line. */
export const REPORTS = 4;

export type FunctionConfiguration = {
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  /** Megabytes, as text: so Lambda gives it. */
  memoryLimitInMB: string;
  logGroupName: string;
  logStreamName: string;
};

export type Initialisation = {
  type: "initialise";
  /** The module's URL. */
  module: string;
  /** The name of the exported handler. */
  export: string;
  /** Milliseconds until an init that has not ended is killed. */
  timeout: number;
  /** Milliseconds by which its clock is ahead of the machine's. */
  clockAhead: number;
  configuration: FunctionConfiguration;
};

export type Invocation = {
  type: "invoke";
  awsRequestId: string;
  traceId: string;
  /** Milliseconds until the invocation is killed. */
  timeout: number;
  /** The event as JSON. */
  event: string;
};

export type ToEnvironment = Initialisation | Invocation;

export type Failure = { errorType: string; message: string; stack: string | undefined };

export type FromEnvironment =
  | { type: "printed"; line: string }
  | { type: "answered"; answer: string }
  | { type: "failed"; failure: Failure }
  /** Outside any handler's promise: the environment ends with it. */
  | { type: "crashed"; failure: Failure };

/** What is reported of anything that was thrown; `errorType` is the error's name, or the type of what is no error. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof FunctionError) {
    return { errorType: thrown.errorType, message: thrown.message, stack: thrown.stack };
  }
  if (thrown instanceof Error)
    return { errorType: thrown.name, message: thrown.message, stack: thrown.stack };
  return { errorType: typeof thrown, message: String(thrown), stack: undefined };
}

/** The failure as an error again, with the stack it had where it was thrown. */
export function errorOf({ errorType, message, stack }: Failure): FunctionError {
  const error = new FunctionError(errorType, message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
