// `node packages/testing/src/sim/bugs/run.ts NAME [--seeds N] [--events N] [--json]`: lets a bug be seen to fail.
import { parseArgs } from "node:util";
import { BUGS } from "../bugs.ts";
import type { Bug } from "./bug.ts";
import { type Caught, hunt } from "./hunt.ts";
import { inject } from "./inject.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "20" },
    events: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

const NO_BUG = "none";
/** Of a history, where nothing is said. */
const EVENTS = 1_000;

function bugNamed(name: string | undefined): Bug | null {
  if (name === NO_BUG) return null;
  const bug = BUGS.find((one) => one.name === name);
  if (bug) return bug;
  const names = BUGS.map((one) => `  ${one.name.padEnd(36)}${one.breaks}`);
  console.error(["Which bug? One of these, or none:", ...names].join("\n"));
  process.exit(2);
}

async function main(): Promise<Caught | null> {
  const bug = bugNamed(positionals[0]);
  const isIn = bug ? inject(bug) : () => true;
  const caught = await hunt({
    seeds: Number(values.seeds),
    first: bug?.seed ?? 1,
    events: Number(values.events ?? bug?.events ?? EVENTS),
    plan: bug?.plan ?? {},
  });
  if (!isIn()) throw new Error(`Nothing loaded ${bug?.file}.`);
  return caught;
}

function told(caught: Caught | null): string {
  if (values.json) return JSON.stringify(caught);
  if (caught === null) return "Nothing went wrong.";
  const lines = caught.violations.map(({ invariant, what }) => `  ${invariant}: ${what}`);
  return [`In the history of seed ${caught.seed}:`, ...lines].join("\n");
}

console.log(told(await main()));
