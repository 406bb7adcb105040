// `npm run dictionary -- VERSION` trains a dictionary for whole Stripe objects and writes it down as one more
// version: rows were packed with the older ones, so those stay as they are.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "@stripe-lanes/ops/arguments";
import { runCommand } from "@stripe-lanes/ops/command";
import { Mistake } from "@stripe-lanes/ops/mistake";
import { samples } from "./dictionary/samples.ts";
import { hasTrainer, trained } from "./dictionary/train.ts";

const FOLDER = join(import.meta.dirname, "../packages/core/src/dictionaries");
const SUCCESS = 0;

const USAGE = `npm run dictionary -- VERSION

Trains another dictionary for raw with zstd and writes it to packages/core/src/dictionaries/vVERSION.ts.`;

function dictionary(args: string[]): number {
  const { positionals } = readArguments("npm run dictionary --", args, {}, { allowPositionals: true });
  const path = fileFor(positionals);
  const trainedBytes = trained(samples());
  writeFileSync(path, sourceOf(trainedBytes));
  console.log(`${path}: ${trainedBytes.length} bytes`);
  return SUCCESS;
}

/** @throws Mistake where no new dictionary can be written. */
function fileFor([version = "", ...others]: string[]): string {
  if (!/^[1-9]\d?$/.test(version) || others.length > 0)
    throw new Mistake("Say which version of the dictionary this is to be: npm run dictionary -- 2");
  const path = join(FOLDER, `v${version}.ts`);
  if (existsSync(path))
    throw new Mistake(`Version ${version} exists already, and rows may need it: take the next one.`);
  if (!hasTrainer()) throw new Mistake("Training needs the command zstd: install the package zstd first.");
  return path;
}

function sourceOf(bytes: Buffer): string {
  return `// What Stripe's objects have in common, as scripts/dictionary.ts had zstd train it. It never changes.
export const DICTIONARY =
  "${bytes.toString("base64")}";
`;
}

process.exitCode = await runCommand({ usage: USAGE, run: dictionary }, process.argv.slice(2));
