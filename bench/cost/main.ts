// From arguments to an exit code; a mistake is told in one sentence.
import { fileURLToPath } from "node:url";
import { tellingMistakes } from "@stripe-lanes/ops/mistake";
import { quantitiesIn } from "./measured.ts";
import { readOptions, USAGE } from "./options.ts";
import { PRICES } from "./prices.ts";
import { reportOf } from "./report.ts";
import { reportText } from "./report-text.ts";

const SUCCESS = 0;
const BENCH = fileURLToPath(new URL("../", import.meta.url));

/**
 * Gives the exit code: 0, or 2 for a mistake.
 * @param folder where the benchmark leaves results.json and baseline.json
 */
export function main(args: string[], folder = BENCH): Promise<number> {
  return tellingMistakes(async () => {
    const options = readOptions(args);
    if (options.help) {
      console.log(USAGE);
      return SUCCESS;
    }
    const report = reportOf(await quantitiesIn(folder), options, PRICES);
    console.log(options.json ? JSON.stringify(report) : reportText(report));
    return SUCCESS;
  });
}
