// The execution environments of a function: started on demand, reused while warm, replaced when gone.
import { configurationOf, environmentVariables } from "./context.ts";
import { type Environment, startEnvironment } from "./environment.ts";
import { FunctionError, Throttled } from "./errors.ts";
import type { Invocation } from "./protocol.ts";
import type { Isolation } from "./sandbox.ts";

export type PoolOptions = {
  /** The module's URL. */
  module: string;
  /** Milliseconds by which its environments' clock is ahead of the machine's. */
  clockAhead: number;
  /** The name of the exported handler. */
  export: string;
  functionName: string;
  env: Record<string, string>;
  /** Megabytes. */
  memory: number;
  maxEnvironments: number;
  isolation: Isolation;
  /** Milliseconds. */
  initTimeout: number;
  onLog(line: string, environment: string): void;
  onInitError(error: FunctionError): void;
};

export type RunningEnvironment = {
  id: string;
  /** The id of its process; none for a thread. */
  pid: number | undefined;
  busy: boolean;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): void;
};

/** Where invocations run. */
export type Place = {
  /** Gives the answer as JSON. @throws Throttled, FunctionError */
  invoke(invocation: Invocation): Promise<string>;
  environments(): RunningEnvironment[];
  stop(): Promise<void>;
};

type Member = { id: string; environment: Environment; busy: boolean; warm: boolean };

type Pool = { options: PoolOptions; members: Set<Member>; started: number };

/** Starts none before the first invocation, which then waits for its init, too. */
export function environmentPool(options: PoolOptions): Place {
  const pool: Pool = { options, members: new Set(), started: 0 };
  return {
    invoke: (invocation) => invoke(pool, invocation),
    environments: () => present(pool).map(running),
    async stop() {
      const members = [...pool.members];
      for (const { environment } of members) environment.kill();
      await Promise.all(members.map(({ environment }) => environment.ended));
    },
  };
}

async function invoke(pool: Pool, invocation: Invocation): Promise<string> {
  const member = present(pool).find(({ busy }) => !busy) ?? start(pool);
  member.busy = true;
  try {
    if (!member.warm) await initialise(pool, member);
    return await member.environment.invoke(invocation);
  } finally {
    member.busy = false;
  }
}

/** All but those that were killed while idle, which only have to end. */
function present({ members }: Pool): Member[] {
  return [...members].filter(({ busy, environment }) => busy || environment.alive());
}

/** @throws Throttled */
function start(pool: Pool): Member {
  const { options, members } = pool;
  if (present(pool).length >= options.maxEnvironments) {
    throw new Throttled(`All ${options.maxEnvironments} environments are busy.`);
  }
  const id = `environment-${++pool.started}`;
  const member = { id, environment: startMember(options, id), busy: false, warm: false };
  members.add(member);
  void member.environment.ended.then(() => members.delete(member));
  return member;
}

function startMember(options: PoolOptions, id: string): Environment {
  const { module, export: name, functionName, memory, clockAhead, initTimeout: timeout } = options;
  const configuration = configurationOf(functionName, memory, id);
  return startEnvironment({
    ...options,
    initialisation: { type: "initialise", module, export: name, timeout, clockAhead, configuration },
    env: environmentVariables(configuration, options.env),
    onLog: (line) => options.onLog(line, id),
  });
}

async function initialise({ options }: Pool, member: Member): Promise<void> {
  try {
    await member.environment.initialise();
    member.warm = true;
  } catch (error) {
    if (error instanceof FunctionError) options.onInitError(error);
    throw error;
  }
}

function running({ id, environment, busy }: Member): RunningEnvironment {
  return { id, pid: environment.pid, busy, kill: environment.kill };
}
