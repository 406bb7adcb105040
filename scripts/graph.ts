// `npm run graph -- --stage NAME [--json]` shows every resource that a deployment of the stage would make.
import { FLAG, readArguments, TEXT } from "@stripe-lanes/ops/arguments";
import { runCommand } from "@stripe-lanes/ops/command";
import { Mistake } from "@stripe-lanes/ops/mistake";
import { settingsOf, toldIn } from "../infra/stage-settings.ts";
import { environmentOf } from "./graph/environment.ts";
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
  const env = environmentOf(ROOT, values.stage, process.env);
  checkSettings(values.stage, env);
  try {
    const resources = await graphOf(values.stage, { env });
    console.log(values.json ? JSON.stringify(resources) : treeOf(resources));
    return SUCCESS;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return FAILURE;
  }
}

/** Before the program is run for it. @throws Mistake with the sentence that every command says */
function checkSettings(stage: string, env: Record<string, string>): void {
  try {
    settingsOf(stage, toldIn(env.STAGE_SETTINGS));
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
}

if (import.meta.main)
  process.exitCode = await runCommand({ usage: USAGE, run: graph }, process.argv.slice(2));
