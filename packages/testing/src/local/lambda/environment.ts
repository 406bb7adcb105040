// One execution environment: it imports the function once, then runs one invocation at a time until it
// is killed, crashes or is no longer needed.
import { type FunctionError, killed, runtimeExited, timedOut } from "./errors.ts";
import {
  errorOf,
  type FromEnvironment,
  type Initialisation,
  type Invocation,
  type ToEnvironment,
} from "./protocol.ts";
import { type Isolation, type Sandbox, startSandbox } from "./sandbox.ts";

export type EnvironmentOptions = {
  isolation: Isolation;
  initialisation: Initialisation;
  /** All of its environment variables. */
  env: Record<string, string>;
  /** Megabytes. */
  memory: number;
  onLog(line: string): void;
};

export type Environment = {
  /** The id of its process; none for a thread. */
  pid: number | undefined;
  /** @throws FunctionError when the function cannot be imported; the environment is gone then. */
  initialise(): Promise<void>;
  /** Gives the answer as JSON. @throws FunctionError */
  invoke(invocation: Invocation): Promise<string>;
  /** It can take an invocation: it was not killed and did not crash. */
  alive(): boolean;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): void;
  /** Fulfilled when nothing of it runs any more. */
  ended: Promise<void>;
};

type Waiting = { resolve(answer: string): void; reject(error: FunctionError): void };

type Life = {
  /** Who waits for the init or for an answer. */
  waiting: Waiting | undefined;
  /** Why it is gone, or about to be. */
  ending: FunctionError | undefined;
  onLog(line: string): void;
};

/** Starts the sandbox without waiting for it; `initialise` has to end before the first `invoke`. */
export function startEnvironment(options: EnvironmentOptions): Environment {
  const life: Life = { waiting: undefined, ending: undefined, onLog: options.onLog };
  const ended = Promise.withResolvers<void>();
  const sandbox = startSandbox(options.isolation, {
    ...options,
    onMessage: (message) => heard(life, message),
    onExit: (reason) => {
      life.ending ??= runtimeExited(reason);
      settle(life)?.reject(life.ending);
      ended.resolve();
    },
  });
  return {
    pid: sandbox.pid,
    ended: ended.promise,
    alive: () => life.ending === undefined,
    async initialise() {
      try {
        await ask(life, sandbox, options.initialisation);
      } catch (error) {
        sandbox.kill();
        await ended.promise;
        throw error;
      }
    },
    invoke: (invocation) => ask(life, sandbox, invocation),
    kill: () => end(life, sandbox, killed()),
  };
}

/** What is late is killed and answers by its exit: nothing of it runs any more when the error is told. */
function ask(life: Life, sandbox: Sandbox, message: ToEnvironment): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => end(life, sandbox, timedOut(message)), message.timeout);
  life.waiting = { resolve, reject };
  sandbox.post(message);
  return promise.finally(() => clearTimeout(timer));
}

function end(life: Life, sandbox: Sandbox, error: FunctionError) {
  life.ending ??= error;
  sandbox.kill();
}

function heard(life: Life, message: FromEnvironment) {
  if (message.type === "printed") return life.onLog(message.line);
  if (life.ending) return;
  if (message.type === "answered") return settle(life)?.resolve(message.answer);
  if (message.type === "failed") return settle(life)?.reject(errorOf(message.failure));
  life.ending = errorOf(message.failure);
  // Between two invocations nobody else would tell.
  if (!life.waiting) life.onLog(`${life.ending.errorType}: ${life.ending.message}`);
}

function settle(life: Life): Waiting | undefined {
  const { waiting } = life;
  life.waiting = undefined;
  return waiting;
}
