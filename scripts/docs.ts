// `npm run docs` writes the documents that come out of the source; `--check` says which are out of date instead.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { documents, outOfDate } from "./docs/documents.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const all = await documents();

if (values.check) {
  const stale = outOfDate(all);
  if (stale.length > 0) {
    console.error(`Out of date: ${stale.join(", ")}. Run npm run docs.`);
    process.exitCode = 1;
  }
} else {
  for (const { path, text } of all) writeFileSync(path, text);
}
