// docs/state.md: what is kept of each noun, under which keys, and how an app reads it.
import { sentenceOf } from "./effects.ts";
import { fieldsOf } from "./fields.ts";
import { code, GENERATED, sections, table } from "./markdown.ts";
import type { NounFile, Page } from "./nouns.ts";
import type { Read, ReadCase } from "./reads.ts";
import { type RowSizes, sizesTable } from "./row-sizes.ts";
import { changesLine, idsLine, keysTable, objectsLine, type Sighting, statusLines } from "./rows.ts";

export function stateDocument(
  files: NounFile[],
  seen: Sighting[],
  reads: Read[],
  sizes: readonly RowSizes[],
): string {
  const byNoun = Map.groupBy(seen, ({ identity }) => identity.noun);
  return sections(
    GENERATED,
    "# What is kept, and how it is read",
    INTRODUCTION,
    "## What a row weighs",
    SIZES,
    sizesTable(sizes),
    ...files.map((file) => nounSection(file, byNoun.get(file.name) ?? [])),
    "## Reads",
    READS,
    readsTable(reads),
  );
}

const INTRODUCTION = `One DynamoDB table holds a row for each *noun*, which is a kind of Stripe object or is derived \
from several, and a ledger row for each event ([event-map.md](event-map.md)). A state has the same fields whatever API \
version it came in. Money is integer minor units as Stripe sends them, with its currency. A field is null where Stripe \
told nothing; one with a question mark is absent, so that what few objects have costs the others nothing. Every row also says whether its object is deleted.

A key is its partition key and its sort key: \`gsi1\` finds a row by what it is related to and \`gsi2\` by its status. A status only goes forward, from left to \
right; those between two arrows alternate. One in **bold** gives way to none that is not bold, however late it comes.`;

const SIZES = `Bytes as DynamoDB counts them, of each row as events wrote it in three simulated histories: a row of up to \
1,024 costs one write unit. Ordinary rows stay under that, and the median and the 95 % are theirs. Longer ones have more than \
two events of one second, of which none is known to be the last yet, and keep the state of each; or are payments with an \
order and refunds, or with several of one; or have long lists. Members that few objects have are absent, not null.`;

const READS = `The functions of \`@stripe-lanes/core/billing\`. The requests are what was seen to be made on a table \
that has what is asked for; an answer in pages makes them once a page.`;

function nounSection({ name, what, noun, states, pages }: NounFile, seen: Sighting[]): string {
  const statuses = statusLines(seen);
  return sections(
    `## ${name}`,
    `${what} ${sentenceOf(name)}`,
    [objectsLine(seen), idsLine(seen), changesLine(seen)].filter((line) => line !== "").join(" "),
    keysTable(name, noun, seen),
    statuses === "" ? "" : `Statuses and births:\n\n${statuses}`,
    fieldsOf(states),
    pagesLine(pages),
  ).trimEnd();
}

function pagesLine(pages: Page[]): string {
  const links = pages.map(({ title, address }) => `[${title}](https://${address})`);
  return links.length === 0 ? "" : `After Stripe's documentation: ${links.join(", ")}.`;
}

function readsTable(reads: Read[]): string {
  return table(
    ["Read", "Gives", "Requests"],
    reads.map(({ name, parameters, gives, cases }) => [
      code(`${name}(${parameters.join(", ")})`),
      gives,
      cases.map((one) => caseText(one, cases.length > 1)).join("<br>"),
    ]),
  );
}

function caseText({ given, requests }: ReadCase, isOneOfSeveral: boolean): string {
  return [...(isOneOfSeveral ? [`With ${code(given)}:`] : []), ...requests.map(code)].join("<br>");
}
