// The environment that SST's CLI gives sst.config.ts: `.env` under what the shell says, and `.env.<stage>` over it. Of
// the shell there is no more than STAGE_SETTINGS and what `.env` names, so that a graph is the same on every machine.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

type Environment = Record<string, string | undefined>;

/** @param root the folder of sst.config.ts */
export function environmentOf(root: string, stage: string, shell: Environment): Record<string, string> {
  const shared = readEnv(join(root, ".env"));
  const told = ["STAGE_SETTINGS", ...Object.keys(shared)].flatMap((name) => {
    const value = shell[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...shared, ...Object.fromEntries(told), ...readEnv(join(root, `.env.${stage}`)) };
}

function readEnv(path: string): Record<string, string> {
  return existsSync(path) ? (parseEnv(readFileSync(path, "utf8")) as Record<string, string>) : {};
}
