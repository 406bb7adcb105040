// `node scripts/dictionary.ts VERSION` trains a dictionary for whole Stripe objects and writes it down as one more
// version: rows were packed with the older ones, so those stay as they are.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { samples } from "./dictionary/samples.ts";
import { hasTrainer, trained } from "./dictionary/train.ts";

const FOLDER = join(import.meta.dirname, "../packages/core/src/dictionaries");

const [version = ""] = process.argv.slice(2);
const path = join(FOLDER, `v${version}.ts`);
const mistake = mistakeIn(version);

if (mistake === undefined) {
  const dictionary = trained(samples());
  writeFileSync(path, sourceOf(dictionary));
  console.log(`${path}: ${dictionary.length} bytes`);
} else {
  console.error(mistake);
  process.exitCode = 2;
}

function mistakeIn(told: string): string | undefined {
  if (!/^[1-9]\d?$/.test(told)) return "Tell which version of the dictionary this is to be, such as 2.";
  if (existsSync(path)) return `Version ${told} is there already, and rows may need it: take the next one.`;
  if (!hasTrainer()) return "There is no zstd here, which trains it: install the package zstd first.";
  return undefined;
}

function sourceOf(dictionary: Buffer): string {
  return `// What Stripe's objects have in common, as scripts/dictionary.ts had zstd train it. It never changes.
export const DICTIONARY =
  "${dictionary.toString("base64")}";
`;
}
