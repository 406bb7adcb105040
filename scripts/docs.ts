// `npm run docs` writes the documents that come out of the source; `--check` says which are out of date instead.
import { writeFileSync } from "node:fs";
import { FLAG, readArguments } from "@stripe-lanes/ops/arguments";
import { runCommand } from "@stripe-lanes/ops/command";

const SUCCESS = 0;
const FAILURE = 1;

const USAGE = `npm run docs -- [--check]

Writes the documents in docs/ that are generated from the source.

  --check   writes nothing, and fails with the names of those that are out of date`;

async function docs(args: string[]): Promise<number> {
  const { values } = readArguments("npm run docs --", args, { check: FLAG });
  const { documents, outOfDate } = await import("./docs/documents.ts");
  const all = await documents();
  if (!values.check) {
    for (const { path, text } of all) writeFileSync(path, text);
    return SUCCESS;
  }
  const stale = outOfDate(all);
  if (stale.length === 0) return SUCCESS;
  console.error(`Out of date: ${stale.join(", ")}. Run npm run docs.`);
  return FAILURE;
}

process.exitCode = await runCommand({ usage: USAGE, run: docs }, process.argv.slice(2));
