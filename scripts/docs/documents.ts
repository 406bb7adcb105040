// The documents that are written out of the source, by their file's path.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DIFFERENCES } from "../../packages/testing/src/stripe/differences.ts";
import { apiVersions } from "./api-versions.ts";
import { eventMap } from "./event-map.ts";
import { factFiles } from "./fact-types.ts";
import { factsDocument } from "./facts.ts";
import { nounFiles } from "./nouns.ts";
import { billingReads } from "./reads.ts";
import { sightings } from "./rows.ts";
import { stateDocument } from "./state.ts";
import { stripeEvents } from "./stripe-events.ts";

export type Document = { name: string; path: string; text: string };

/** All of them, as the source has them now. */
export async function documents(): Promise<Document[]> {
  const events = stripeEvents();
  const [files, facts, reads] = await Promise.all([nounFiles(), factFiles(), billingReads()]);
  return [
    documentAt("docs/event-map.md", eventMap(events)),
    documentAt("docs/state.md", stateDocument(files, sightings(events), reads)),
    documentAt("docs/facts.md", factsDocument(facts)),
    documentAt("docs/api-versions.md", apiVersions(Object.values(DIFFERENCES))),
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
