// `npm run graph -- --stage NAME [--json]` shows every resource that a deployment of the stage would make.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { FLAG, readArguments, TEXT } from "@stripe-lanes/ops/arguments";
import { runCommand } from "@stripe-lanes/ops/command";
import { Mistake } from "@stripe-lanes/ops/mistake";
import { graphOf } from "./graph/graph-of.ts";
import { ROOT } from "./graph/platform.ts";
import { treeOf } from "./graph/tree.ts";

export { graphOf } from "./graph/graph-of.ts";
export type { Resource } from "./graph/resource.ts";

const SUCCESS = 0;
const FAILURE = 1;

const USAGE = `npm run graph -- --stage NAME [--json]

  --stage NAME   the stage, such as production, staging or a personal one
  --json         prints every resource with its properties as JSON`;

async function graph(args: string[]): Promise<number> {
  const { values } = readArguments("npm run graph --", args, { stage: TEXT, json: FLAG });
  if (values.stage === undefined)
    throw new Mistake("Say which stage: npm run graph -- --stage production [--json]");
  try {
    const resources = await graphOf(values.stage, { env: environmentOf(values.stage) });
    console.log(values.json ? JSON.stringify(resources) : treeOf(resources));
    return SUCCESS;
  } catch (error) {
    if (error instanceof Mistake) throw error;
    console.error(error instanceof Error ? error.message : error);
    return FAILURE;
  }
}

/** What SST gives sst.config.ts: the files that it reads, under what the shell says. Of the shell no more than that. */
function environmentOf(stage: string): Record<string, string> {
  const { STAGE_SETTINGS } = process.env;
  const files = [".env", `.env.${stage}`].map((name) => join(ROOT, name)).filter((path) => existsSync(path));
  const read = files.map((path) => parseEnv(readFileSync(path, "utf8")) as Record<string, string>);
  return Object.assign({}, ...read, STAGE_SETTINGS && { STAGE_SETTINGS });
}

if (import.meta.main)
  process.exitCode = await runCommand({ usage: USAGE, run: graph }, process.argv.slice(2));
