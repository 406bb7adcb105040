// What `npm run bench` was asked for.
import { statSync } from "node:fs";
import { FLAG, readArguments, TEXT } from "@stripe-lanes/ops/arguments";
import { Mistake } from "@stripe-lanes/ops/mistake";
import { whole } from "@stripe-lanes/ops/options";
import { CONTENDERS, type ContenderName } from "./contender.ts";

export type Options =
  | { kind: "check"; accept: boolean }
  | {
      kind: "run";
      rounds: number;
      only: readonly ContenderName[];
      /** Whether the growth of ours is measured as well. */
      growth: boolean;
      /** Whether the run is written to docs/ and to results.json. */
      document: boolean;
      json: boolean;
      /** A folder for profiles. */
      profile: string | undefined;
    };

const ROUNDS = 5;

export const USAGE = `npm run bench -- [options]

  --rounds N     rounds of the comparison, each in another order (${ROUNDS})
  --only NAMES   these alone are compared, and no growth is measured: ${CONTENDERS.join(", ")}
  --document     writes the run to docs/performance.md, its plots and bench/results.json
  --profile DIR  with --only: writes a CPU profile and an allocation profile of each measurement to that folder
  --json         prints one JSON document on stdout, the run; all else goes to stderr
  --check        only counts what no machine changes, against bench/baseline.json
  --accept       with --check: writes what was counted there`;

/** @throws Mistake with one sentence for an option that is unknown or wrong. */
export function readOptions(args: string[]): Options {
  const { check, accept = false, ...told } = parse(args);
  if (check) return checkAlone(accept, told);
  if (accept) throw new Mistake("--accept is for --check: it says which figures are committed to.");
  const { rounds, only, document = false, json = false, profile } = told;
  if (document && only) throw new Mistake("--document needs all of them: leave --only out.");
  if (profile !== undefined) checkProfile(profile, only);
  const growth = only === undefined;
  return { kind: "run", rounds: roundsOf(rounds), only: contendersOf(only), growth, document, json, profile };
}

function parse(args: string[]) {
  const options = {
    rounds: TEXT,
    only: TEXT,
    profile: TEXT,
    document: FLAG,
    json: FLAG,
    check: FLAG,
    accept: FLAG,
  };
  return readArguments("npm run bench --", args, options).values;
}

function checkAlone(accept: boolean, told: Record<string, unknown>): Options {
  const [other] = Object.keys(told);
  if (other === undefined) return { kind: "check", accept };
  throw new Mistake(`--check measures no time, so it goes without --${other}.`);
}

function checkProfile(folder: string, only: string | undefined): void {
  if (only === undefined)
    throw new Mistake("--profile slows down what it looks at: say with --only at what.");
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new Mistake(`--profile takes a folder that is there, not ${folder}.`);
}

function roundsOf(text: string | undefined): number {
  const rounds = whole("--rounds", text ?? String(ROUNDS));
  if (rounds > 0) return rounds;
  throw new Mistake("--rounds takes at least one.");
}

function contendersOf(text: string | undefined): readonly ContenderName[] {
  if (text === undefined) return CONTENDERS;
  return text.split(",").map((name) => {
    const known = CONTENDERS.find((contender) => contender === name);
    if (known) return known;
    throw new Mistake(`--only takes names with commas between them: ${CONTENDERS.join(", ")}; not ${name}.`);
  });
}
