// The documents that are written out of the source, by their file's path.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { VERSION_EXCEPTIONS } from "../../packages/testing/src/core/version-exceptions.ts";
import { DIFFERENCES } from "../../packages/testing/src/stripe/differences.ts";
import { FIELDS } from "../fields/tables.ts";
import { apiVersions } from "./api-versions.ts";
import { eventMap } from "./event-map.ts";
import { factFiles } from "./fact-types.ts";
import { factsDocument } from "./facts.ts";
import { fieldsDocument } from "./fields-document.ts";
import { nounFiles } from "./nouns.ts";
import { billingReads } from "./reads.ts";
import { rowSizes } from "./row-sizes.ts";
import { sightings } from "./rows.ts";
import { stateDocument } from "./state.ts";
import { stripeEvents } from "./stripe-events.ts";

export type Document = { name: string; path: string; text: string };

/** All of them, as the source has them now. */
export async function documents(): Promise<Document[]> {
  const events = stripeEvents();
  const [files, facts, reads, sizes] = await Promise.all([
    nounFiles(),
    factFiles(),
    billingReads(),
    rowSizes(),
  ]);
  return [
    documentAt("docs/event-map.md", eventMap(events)),
    documentAt("docs/state.md", stateDocument(files, sightings(events), reads, sizes)),
    documentAt("docs/facts.md", factsDocument(facts)),
    documentAt("docs/fields.md", fieldsDocument(FIELDS)),
    documentAt("docs/api-versions.md", apiVersions(Object.values(DIFFERENCES), VERSION_EXCEPTIONS)),
  ];
}

/** The names of those whose file is missing or says something else. */
export function outOfDate(all: readonly Document[]): string[] {
  return all.filter(({ path, text }) => textOf(path) !== text).map(({ name }) => name);
}

function documentAt(name: string, text: string): Document {
  return { name, path: fileURLToPath(new URL(`../../${name}`, import.meta.url)), text };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
