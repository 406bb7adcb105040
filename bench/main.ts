// From arguments to an exit code; a mistake is told in one sentence.
import { tellingMistakes } from "@stripe-lanes/ops/mistake";
import { check } from "./check/check.ts";
import { readOptions, USAGE } from "./options.ts";
import { run } from "./run.ts";

const SUCCESS = 0;

/** Gives the exit code: 0, 1 where a figure got worse, 2 for a mistake. */
export function main(args: string[]): Promise<number> {
  return tellingMistakes(async () => {
    const options = readOptions(args);
    if (options.kind === "check") return check(options);
    if (options.kind === "run") return run(options);
    console.log(USAGE);
    return SUCCESS;
  });
}
