// What a run of the benchmark ran on.
import { execFileSync } from "node:child_process";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import type { Machine } from "./results.ts";
import { postgresPrograms } from "./servers/postgres-cluster.ts";

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    node: process.versions.node,
    postgres: postgresVersion(),
  };
}

/** As 15.18; null where there is none. */
function postgresVersion(): string | null {
  const programs = postgresPrograms();
  if (programs === null) return null;
  const told = execFileSync(join(programs, "postgres"), ["--version"], { encoding: "utf8" });
  return /\d+(\.\d+)*/.exec(told)?.[0] ?? null;
}
