// docs/facts.md: what happened, by the kind of the row that tells it.
import type { Type } from "./declarations.ts";
import type { FactFile, FactType } from "./fact-types.ts";
import { fieldTable } from "./fields.ts";
import { code, GENERATED, sections, table } from "./markdown.ts";
import { needsOf } from "./needs.ts";

export function factsDocument(files: readonly FactFile[]): string {
  return sections(GENERATED, "# Facts", INTRODUCTION, ENVELOPE, ...files.map(factSection));
}

const INTRODUCTION = `A fact is a domain event: something that happened, in a business's words. \`facts(before, after)\` \
of \`@stripe-lanes/core/facts\` gives the facts of one change of a row, \`stockFacts\` those of a price's stock; the two \
images of a DynamoDB stream record are all that they need. A change is told once, however often its events come. A row \
that is new tells what must have happened before, and nothing that only may have; a state that a newer one had replaced \
before its event came is never told. \`npm start -- --facts FILE\` writes every fact of a run as a JSON line, ordered by \
row and revision.

*Needs* names event types that are enough for a fact to be told at all. Others that carry the same object may tell it \
too, or sooner.`;

const ENVELOPE = `Each line, and each fact as it is published, has:

${table(
  ["Member", "What it says"],
  [
    [
      "`id`",
      "The row's keys, the sequence, the name, and what tells facts of one change apart: never two alike.",
    ],
    ["`name`", "What happened, as below."],
    ["`entity`, `entityId`", "The kind of the row that tells it, and the row's id."],
    ["`tenant`, `customer`", "The Connect account or the stage's own constant, and the customer or null."],
    ["`sequence`", "The row's revision; of a stock, which has none, how often it has moved in the run."],
    ["`at`", "The second of the change, since the epoch."],
    [
      "`detail`",
      "As below. Amounts are minor units of the fact's `currency`, times seconds since the epoch.",
    ],
  ],
)}`;

function factSection({ entity, what, notes, facts }: FactFile): string {
  return sections(`## ${entity}`, [what, ...notes].join(" "), factTable(facts), ...details(facts)).trimEnd();
}

function factTable(facts: readonly FactType[]): string {
  return table(
    ["Fact", "When", "Needs"],
    facts.map(({ name, when }) => [code(name), when, needsOf(name)]),
  );
}

/** Facts of one detail share its table. */
function details(facts: readonly FactType[]): string[] {
  const byDetail = Map.groupBy(facts, ({ detail }) => JSON.stringify(detail));
  return [...byDetail.values()].map((same) => detailText(same, (same[0] as FactType).detail));
}

function detailText(facts: readonly FactType[], detail: Type): string {
  const names = facts.map(({ name }) => code(name)).join(", ");
  return `Detail of ${names}:\n\n${fieldTable(detail, facts[0]?.name ?? "")}`;
}
