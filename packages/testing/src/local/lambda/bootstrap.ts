// Runs inside an execution environment: takes over the output, imports the module once, then answers one
// invocation at a time. Lines and answers leave by one channel, so that no answer overtakes a line.
import { writeFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import { contextOf } from "./context.ts";
import { FunctionError } from "./errors.ts";
import { captureOutput, linesOf } from "./output.ts";
import {
  type FromEnvironment,
  type FunctionConfiguration,
  failureOf,
  type Initialisation,
  type Invocation,
  REPORTS,
  type ToEnvironment,
} from "./protocol.ts";

type Handler = (event: unknown, context: object) => unknown;
type Ready = { handler: Handler; configuration: FunctionConfiguration };

/** Lambda's exit status for an uncaught exception. */
const UNCAUGHT = 129;

// It is the sandbox's, for a quick start: a function on Lambda would not see it.
delete process.env.NODE_COMPILE_CACHE;

let ready: Ready | undefined;
const printed = (line: string) => send({ type: "printed", line });
const [out, err] = [linesOf(printed), linesOf(printed)];
captureOutput(process.stdout, out);
captureOutput(process.stderr, err);

process.on("exit", endLines);
process.on("uncaughtException", (error) => {
  report({ type: "crashed", failure: failureOf(error) });
  process.exit(UNCAUGHT);
});
if (parentPort) {
  parentPort.on("message", receive);
} else {
  process.on("message", receive);
  process.on("disconnect", () => process.exit());
}

function receive(message: ToEnvironment) {
  void (message.type === "initialise" ? initialise(message) : invoke(message));
}

async function initialise({ module, export: name, clockAhead, configuration }: Initialisation) {
  setClockAhead(clockAhead);
  const outcome = await outcomeOf(async () => {
    ready = { handler: handlerOf(await import(module), name), configuration };
  });
  report(outcome);
  flushCompileCache();
}

/** What the function sees of the time; what it waits for takes as long as it does. */
function setClockAhead(milliseconds: number) {
  const machine = Date.now;
  if (milliseconds > 0) Date.now = () => machine() + milliseconds;
}

async function invoke({ event, traceId, ...request }: Invocation) {
  process.env._X_AMZN_TRACE_ID = traceId;
  const outcome = await outcomeOf(() => {
    if (!ready) throw new FunctionError("Runtime.InitError", "The function was invoked before its init.");
    return ready.handler(JSON.parse(event), contextOf(ready.configuration, request));
  });
  report(outcome);
}

async function outcomeOf(run: () => unknown): Promise<FromEnvironment> {
  try {
    return { type: "answered", answer: JSON.stringify(await run()) ?? "null" };
  } catch (error) {
    return { type: "failed", failure: failureOf(error) };
  }
}

function handlerOf(module: Record<string, unknown>, name: string): Handler {
  const handler = module[name];
  if (typeof handler !== "function") {
    throw new FunctionError("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (handler.length > 2) {
    throw new FunctionError(
      "Runtime.CallbackHandlerDeprecated",
      `${name} takes a callback, which nodejs24.x does not support: make it async`,
    );
  }
  return handler as Handler;
}

function report(message: FromEnvironment) {
  endLines();
  send(message);
}

function endLines() {
  out.end();
  err.end();
}

/** At once: a process that exits or is killed right after would lose what it only queued. */
function send(message: FromEnvironment) {
  if (parentPort) parentPort.postMessage(message);
  else writeFileSync(REPORTS, `${JSON.stringify(message)}\n`);
}
