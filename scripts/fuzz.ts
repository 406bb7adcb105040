// `npm run fuzz`: hostile requests to the webhook and hostile bodies to the worker; a seed decides all of them.
import { FLAG, readArguments, TEXT } from "@stripe-lanes/ops/arguments";
import { runCommand } from "@stripe-lanes/ops/command";
import { whole } from "@stripe-lanes/ops/options";
import { showProgress } from "@stripe-lanes/ops/progress";

const SUCCESS = 0;
const FAILURE = 1;

const USAGE = `npm run fuzz -- [options]

Sends hostile requests to the webhook and hostile bodies to the worker, in this process. Fails where one is accepted
that Stripe did not sign, where one is lost, or where our code throws; prints the smallest such input that it finds.

  --requests N   N requests to the webhook (200,000)
  --bodies N     N bodies to the worker (50,000)
  --seed S       other inputs (1)
  --json         prints the report as JSON`;

async function start(args: string[]): Promise<number> {
  const kinds = { requests: TEXT, bodies: TEXT, seed: TEXT, json: FLAG };
  const { values } = readArguments("npm run fuzz --", args, kinds);
  const requests = whole("--requests", values.requests ?? "200000");
  const bodies = whole("--bodies", values.bodies ?? "50000");
  const seed = whole("--seed", values.seed ?? "1");
  const [{ reportText }, { fuzzAll }] = await Promise.all([
    import("./fuzz/report.ts"),
    import("./fuzz/all.ts"),
  ]);
  let done = 0;
  const progress = showProgress(() => ({ done, total: requests + bodies, what: "inputs" }), process.stderr);
  const report = await fuzzAll({ seed, requests, bodies }, (now) => {
    done = now;
  }).finally(progress.stop);
  console.log(values.json ? JSON.stringify(report) : reportText(report));
  return report.violations.length === 0 ? SUCCESS : FAILURE;
}

process.exitCode = await runCommand({ usage: USAGE, run: start }, process.argv.slice(2));
