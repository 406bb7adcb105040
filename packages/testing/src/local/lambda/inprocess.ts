// Runs a function in this very process: for tests, and for a debugger that stops in the handler.
import type { Context } from "aws-lambda";
import { contextOf } from "./context.ts";
import { FunctionError, Throttled, timedOut } from "./errors.ts";
import type { Place } from "./pool.ts";
import { type FunctionConfiguration, failureOf, type Invocation } from "./protocol.ts";

/** A handler of any event: the event is what its JSON says. */
export type Handler = (event: never, context: Context) => Promise<unknown>;

/** Nothing can be killed here: a handler that times out runs on, and its late answer is dropped. */
export function inProcess(
  handler: Handler,
  configuration: FunctionConfiguration,
  maxEnvironments: number,
): Place {
  let running = 0;
  return {
    environments: () => [],
    stop: async () => {},
    async invoke(invocation) {
      if (running === maxEnvironments) throw new Throttled(`All ${maxEnvironments} environments are busy.`);
      running += 1;
      try {
        return await withinTimeout(run(handler, configuration, invocation), invocation);
      } finally {
        running -= 1;
      }
    },
  };
}

async function run(handler: Handler, configuration: FunctionConfiguration, invocation: Invocation) {
  try {
    const answer = await handler(JSON.parse(invocation.event) as never, contextOf(configuration, invocation));
    return JSON.stringify(answer) ?? "null";
  } catch (cause) {
    const { errorType, message } = failureOf(cause);
    throw new FunctionError(errorType, message, { cause });
  }
}

function withinTimeout(answer: Promise<string>, invocation: Invocation): Promise<string> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(timedOut(invocation)), invocation.timeout);
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
