// Two ways an invocation ends without an answer, each named by what its caller does next.

/** No execution environment was free and nothing ran: back off, then try again. */
export class Throttled extends Error {
  override readonly name = "Throttled";
}

/** The function ended without an answer: it threw, crashed, ran out of time or could not start. */
export class FunctionError extends Error {
  override readonly name = "FunctionError";
  /** Lambda's `errorType`: the thrown error's name, or a word such as `Sandbox.Timedout`. */
  readonly errorType: string;

  constructor(errorType: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.errorType = errorType;
  }
}

/** An init or an invocation took longer than its `timeout`, in milliseconds. */
export function timedOut({
  timeout,
  awsRequestId,
}: {
  timeout: number;
  awsRequestId?: string;
}): FunctionError {
  const task = awsRequestId === undefined ? "Init" : `RequestId: ${awsRequestId} Error: Task`;
  return new FunctionError(
    "Sandbox.Timedout",
    `${task} timed out after ${(timeout / 1000).toFixed(2)} seconds`,
  );
}

/** The environment ended by itself or from outside; the reason is in Lambda's words. */
export function runtimeExited(reason: string): FunctionError {
  return new FunctionError("Runtime.ExitError", `Runtime exited ${reason}`);
}

/** As for a process that SIGKILL ended: the messages of its invocation come back after their visibility timeout. */
export function killed(): FunctionError {
  return runtimeExited("with error: signal: killed");
}
