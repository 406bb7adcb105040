// From arguments to an exit code; a mistake is told in one sentence.
import { tellingMistakes } from "../mistake.ts";
import { readOptions, USAGE } from "./options.ts";
import { run } from "./run.ts";

const SUCCESS = 0;

/** Gives the exit code: 0, 1 where an invariant broke, 2 for a mistake, 130 when interrupted. */
export function main(args: string[]): Promise<number> {
  return tellingMistakes(async () => {
    const options = readOptions(args);
    if (!options.help) return run(options);
    console.log(USAGE);
    return SUCCESS;
  });
}
