// How long a cold start loads: ours, the client alone, and the textbook worker, each bundled as SST bundles ours.
import { execFileSync } from "node:child_process";
import { seeded } from "@stripe-lanes/testing/random";
import { bundleOf, WORKER } from "./bundles.ts";
import { environmentOf } from "./contenders/ours.ts";
import type { Imports } from "./results.ts";
import { spread } from "./statistics.ts";

/** Each is ready to be called once it is loaded. */
const HANDLERS: Record<keyof Imports, string> = {
  ours: WORKER,
  client: "bench/contenders/client.client",
  textbook: "bench/contenders/textbook-start.handler",
};

const NAMES = Object.keys(HANDLERS) as (keyof Imports)[];

/** Until the modules are there, each time in a process of its own, and in another order each round. */
export async function measureImports(rounds: number): Promise<Imports> {
  const rows = await Promise.all(
    NAMES.map(async (name) => [name, (await bundleOf(HANDLERS[name])).path] as const),
  );
  const paths = new Map(rows);
  const took: Record<keyof Imports, number[]> = { ours: [], client: [], textbook: [] };
  for (let round = 1; round <= rounds; round++) {
    for (const [name, path] of seeded(round).shuffle([...paths])) took[name].push(millisecondsToImport(path));
  }
  return { ours: spread(took.ours), client: spread(took.client), textbook: spread(took.textbook) };
}

const PROGRAM = `
const start = performance.now();
await import(process.argv[1]);
console.log(performance.now() - start);
process.exit();`;

/** @throws Error when the module says nothing, or cannot be imported */
function millisecondsToImport(path: string): number {
  const env = { ...environmentOf("http://127.0.0.1:9", "imported"), AWS_REGION: "us-east-1" };
  const args = ["--input-type=module", "--eval", PROGRAM, path];
  const said = execFileSync(process.execPath, args, { env, encoding: "utf8" });
  const milliseconds = Number(said.trimEnd().split("\n").at(-1));
  if (milliseconds > 0) return milliseconds;
  throw new Error(`The import of ${path} could not be timed: ${said}`);
}
