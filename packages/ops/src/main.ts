// From arguments to an exit code; a mistake is told in one sentence.
import { Mistake } from "./mistake.ts";
import { readOptions, USAGE } from "./options.ts";
import { run } from "./run.ts";

const SUCCESS = 0;
const MISTAKE = 2;

/** Gives the exit code: 0, 1 for a run that lost or missed something, 2 for a mistake, 130 when interrupted. */
export async function main(args: string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (!options.help) return await run(options);
    console.log(USAGE);
    return SUCCESS;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    console.error(error.message);
    return MISTAKE;
  }
}
