// `npm start`: the whole pipeline on this machine, fed with simulated or given Stripe events.
import { Mistake } from "./mistake.ts";
import { readOptions, USAGE } from "./options.ts";
import { run } from "./run.ts";

try {
  const options = readOptions(process.argv.slice(2));
  process.exitCode = options.help ? showUsage() : await run(options);
} catch (error) {
  process.exitCode = explain(error);
}

function showUsage(): number {
  console.log(USAGE);
  return 0;
}

function explain(error: unknown): number {
  if (!(error instanceof Mistake)) throw error;
  console.error(error.message);
  return 2;
}
