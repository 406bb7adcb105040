// One run of the benchmark: compare, grow, tell, and write it down where that was asked for.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { committedFigures } from "./check/check.ts";
import type { Figures } from "./check/figures.ts";
import { compare } from "./compare.ts";
import { drain, LANES_SHOWN } from "./cost/drain.ts";
import { costOfAMillion } from "./cost/million.ts";
import { quantitiesOf } from "./cost/quantities.ts";
import { takeSample } from "./cost/sample.ts";
import { DEFAULTS } from "./cost/settings.ts";
import { documentIn, withMeasured } from "./document.ts";
import type { Counted } from "./goals/rule.ts";
import { goalsText } from "./goals.ts";
import { growth } from "./growth/growth.ts";
import { measureImports } from "./imports.ts";
import { machine } from "./machine.ts";
import type { Options } from "./options.ts";
import { plots } from "./plot/plots.ts";
import type { Results } from "./results.ts";
import { tableText } from "./table.ts";
import { meanBody, workload } from "./workload.ts";

type Asked = Extract<Options, { kind: "run" }>;

const SUCCESS = 0;
const SEED = 7;

/** Bodies that their mean is taken of. */
const BODIES = 5_000;

/** Imports are short, so they are timed more often than the rest. */
const IMPORTS_A_ROUND = 5;

const BENCH = fileURLToPath(new URL("./", import.meta.url));
const DOCS = join(BENCH, "../docs");
const DOCUMENT = join(DOCS, "performance.md");

export async function run(asked: Asked): Promise<number> {
  // Read before anything is measured: what is missing then costs nobody ten minutes.
  const baseline = asked.growth ? committedFigures() : null;
  if (asked.document) documentIn(readFileSync(DOCUMENT, "utf8"));
  const results = await measured(asked);
  const counted = baseline && (await countedBeside(results, baseline));
  if (counted) say(asked, `\n${goalsText(results, counted)}`);
  if (asked.document && counted) write(results, counted);
  if (asked.json) console.log(JSON.stringify(results));
  return SUCCESS;
}

/** With `--json` stdout is one document. */
function say({ json }: Asked, text: string): void {
  if (json) console.error(text);
  else console.log(text);
}

async function measured(asked: Asked): Promise<Results> {
  const { rounds, only, growth: grows, profile } = asked;
  const started = performance.now();
  const onProgress = (line: string) => console.error(line);
  const imports = await measureImports(rounds * IMPORTS_A_ROUND);
  const compared = await compare({ rounds, seed: SEED, only, profile, onProgress });
  say(asked, tableText(compared));
  const grown = grows ? await growth({ onProgress }) : [];
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    seconds: (performance.now() - started) / 1_000,
    rounds,
    meanBody: meanBody(workload(SEED, BODIES)),
    imports,
    compared,
    growth: grown,
  };
}

/** What the goals go by besides: of a run that left some out there are none. */
async function countedBeside(results: Results, baseline: Figures): Promise<Counted> {
  const { ours } = quantitiesOf({ results, baseline, sample: await takeSample() });
  const { imports } = results;
  return {
    ...baseline,
    importMilliseconds: {
      ours: imports.ours.median,
      client: imports.client.median,
      textbook: imports.textbook.median,
    },
    costOfAMillion: costOfAMillion(ours),
    drain: LANES_SHOWN.map((lanes) => drain(1_000_000, lanes, ours, DEFAULTS)),
  };
}

function write(results: Results, counted: Counted): void {
  writeFileSync(DOCUMENT, withMeasured(readFileSync(DOCUMENT, "utf8"), results, counted));
  for (const [name, svg] of Object.entries(plots(results))) writeFileSync(join(DOCS, name), svg);
  writeFileSync(join(BENCH, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
}
