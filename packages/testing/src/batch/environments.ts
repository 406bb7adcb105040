// Execution environments as Lambda has them: each has a handler of its own, which runs one invocation at a time.
import type { Context, SQSEvent } from "aws-lambda";
import { configurationOf, traceIdOf } from "../local/lambda/context.ts";
import { type Handler, inProcess } from "../local/lambda/inprocess.ts";
import type { RunningEnvironment } from "../local/lambda/pool.ts";
import type { Runtime } from "../local/lambda/runtime.ts";
import type { Queues, SimulatedQueues } from "./queues.ts";

/** A handler as Lambda calls it; its answer is a partial batch response, or nothing where all went well. */
export type BatchHandler = (event: SQSEvent, context: Context, callback: never) => unknown;

/** Gives each execution environment a handler of its own, which may use the queues. */
export type Connect = (queues: SimulatedQueues) => BatchHandler;

type Run = Pick<Runtime, "environments"> & { run: Handler };

/** Milliseconds; Lambda's longest. A handler that hangs is found by the test's own timeout. */
const LONGEST_INVOCATION = 900_000;

/** What runs a handler as Lambda does: events and answers go through JSON, and what is thrown is a FunctionError. */
export function runtimeOf(
  worker: BatchHandler | { connect: Connect },
  queues: Queues,
): Pick<Runtime, "invoke" | "environments"> {
  const { run, environments } =
    typeof worker === "function" ? single(worker) : pooled(worker.connect, queues);
  const place = inProcess(run, configurationOf("worker", 1024, "simulated"), Number.POSITIVE_INFINITY);
  return {
    environments,
    async invoke(event) {
      const awsRequestId = queues.uniqueId();
      const about = { awsRequestId, traceId: traceIdOf(awsRequestId), timeout: LONGEST_INVOCATION };
      return JSON.parse(await place.invoke({ type: "invoke", ...about, event: JSON.stringify(event) }));
    },
  };
}

/**
 * A function is one environment, which cannot be had twice or started anew: its module may keep state from one
 * await to the next, as a processor of Powertools does, so one invocation waits for the other.
 */
function single(handler: BatchHandler): Run {
  let last: Promise<unknown> = Promise.resolve();
  return {
    environments: () => [],
    run(event, context) {
      const answer = last.then(() => handler(event, context, undefined as never));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** The environment that was used last is the first to be used again, or killed. */
function pooled(connect: Connect, queues: Queues): Run {
  const warm: BatchHandler[] = [];
  return {
    environments: () => warm.map((handler) => environmentOf(handler, warm)),
    async run(event, context) {
      const handler = warm.shift() ?? connect(queues);
      try {
        return await handler(event, context, undefined as never);
      } finally {
        warm.unshift(handler);
      }
    },
  };
}

function environmentOf(handler: BatchHandler, warm: BatchHandler[]): RunningEnvironment {
  const kill = () => void warm.splice(warm.indexOf(handler), 1);
  return { id: "simulated", pid: undefined, busy: false, kill };
}
