// A PostgreSQL for one run, as far away as it is told to be, in processes of its own.
import { tmpdir } from "node:os";
import { postgresPrograms } from "./postgres-cluster.ts";
import type { PostgresCalls } from "./postgres-process.ts";
import { opened, startProcess } from "./process.ts";

export type Postgres = {
  /** A connection string: of the proxy that adds the latency. */
  url: string;
  /** As 15.18. */
  version: string;
  /** Milliseconds that each round trip takes longer from now on; 0 adds nothing. */
  setLatency(milliseconds: number): Promise<void>;
  /** Empties the database; who is connected to it is thrown out. */
  reset(): Promise<void>;
  /** Done when nothing is left of it. The end of this process does the same, be it by Ctrl-C or SIGKILL. */
  close(): Promise<void>;
};

/**
 * Starts PostgreSQL with its default settings, fsync included; gives null where the machine has none.
 * @throws what its programs say when it does not start
 */
export async function startPostgres({ latency = 0 }: { latency?: number } = {}): Promise<Postgres | null> {
  const programs = postgresPrograms();
  if (programs === null) return null;
  const running = startProcess<PostgresCalls>(
    "PostgreSQL",
    new URL("./postgres-process.ts", import.meta.url),
  );
  const { call } = running;
  const started = await opened(running, call("open", programs, tmpdir()));
  await call("setLatency", latency);
  return {
    ...started,
    setLatency: (milliseconds) => call("setLatency", milliseconds),
    reset: () => call("reset"),
    close: () => call("stop").finally(running.close),
  };
}
