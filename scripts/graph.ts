// `npm run graph -- --stage NAME [--json]` shows every resource that a deployment of the stage would make.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { graphOf } from "./graph/graph-of.ts";
import { ROOT } from "./graph/platform.ts";
import { treeOf } from "./graph/tree.ts";

export { graphOf } from "./graph/graph-of.ts";
export type { Resource } from "./graph/resource.ts";

const OPTIONS = { stage: { type: "string" }, json: { type: "boolean", default: false } } as const;

const USAGE = "Say which stage: npm run graph -- --stage production [--json]";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.stage === undefined) throw new Error(USAGE);
  const resources = await graphOf(values.stage, { env: environmentOf(values.stage) });
  console.log(values.json ? JSON.stringify(resources) : treeOf(resources));
}

/** What SST gives sst.config.ts: the files that it reads, under what the shell says. Of the shell no more than that. */
function environmentOf(stage: string): Record<string, string> {
  const { STAGE_SETTINGS } = process.env;
  const files = [".env", `.env.${stage}`].map((name) => join(ROOT, name)).filter((path) => existsSync(path));
  const read = files.map((path) => parseEnv(readFileSync(path, "utf8")) as Record<string, string>);
  return Object.assign({}, ...read, STAGE_SETTINGS && { STAGE_SETTINGS });
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
