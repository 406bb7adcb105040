// From arguments to an exit code.
import { runCommand } from "@stripe-lanes/ops/command";
import { readOptions, USAGE } from "./options.ts";

/** Gives the exit code: 0, 1 where a figure got worse, 2 for a usage error. */
export function main(args: string[]): Promise<number> {
  return runCommand({ usage: USAGE, run: bench }, args);
}

/** What runs is loaded when the options are right: a usage error is said at once. */
async function bench(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options.kind === "check") return (await import("./check/check.ts")).check(options);
  return (await import("./run.ts")).run(options);
}
