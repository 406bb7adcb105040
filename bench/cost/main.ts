// From arguments to an exit code.
import { fileURLToPath } from "node:url";
import { runCommand } from "@stripe-lanes/ops/command";
import { quantitiesIn } from "./measured.ts";
import { readOptions, USAGE } from "./options.ts";
import { PRICES } from "./prices.ts";
import { reportOf } from "./report.ts";
import { reportText } from "./report-text.ts";

const SUCCESS = 0;
const BENCH = fileURLToPath(new URL("../", import.meta.url));

/**
 * Gives the exit code: 0, or 2 for a usage error.
 * @param folder where the benchmark leaves results.json and baseline.json
 */
export function main(args: string[], folder = BENCH): Promise<number> {
  return runCommand({ usage: USAGE, run: (given) => cost(given, folder) }, args);
}

async function cost(args: string[], folder: string): Promise<number> {
  const options = readOptions(args);
  const report = reportOf(await quantitiesIn(folder), options, PRICES);
  console.log(options.json ? JSON.stringify(report) : reportText(report));
  return SUCCESS;
}
