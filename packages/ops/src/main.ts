// From arguments to an exit code.
import { runCommand } from "./command.ts";
import { readOptions, USAGE } from "./options.ts";

/** Gives the exit code: 0, 1 for a run that lost or missed something, 2 for a usage error, 130 when interrupted. */
export function main(args: string[]): Promise<number> {
  return runCommand({ usage: USAGE, run: start }, args);
}

/** What runs is loaded when the options are right: a usage error is said at once. */
async function start(args: string[]): Promise<number> {
  const options = readOptions(args, process.env);
  const { run } = await import("./run.ts");
  return run(options);
}
