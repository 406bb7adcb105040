// docs/fields.md: what becomes of each member of a Stripe object that has an entity.
import { nounOf } from "../../packages/core/src/registry.ts";
import { type Decision, decisionsOf, type Fields } from "../fields/fields.ts";
import { code, GENERATED, sections, table } from "./markdown.ts";

export function fieldsDocument(tables: Readonly<Record<string, Fields>>): string {
  return sections(
    GENERATED,
    "# What becomes of each member",
    INTRODUCTION,
    ...Object.entries(tables).flatMap(([type, fields]) => [
      `## ${type}`,
      `Kept in the entity ${code(nounOf(type).name)} ([state.md](state.md#${nounOf(type).name})).`,
      tableOf(fields),
    ]),
  );
}

const INTRODUCTION = `For each Stripe object with an entity: every member, nested ones too, is a field of the state, worked \
out into one, or left out with a reason. Below a reference to another Stripe object nothing is named: that has its own \
events. \`a.*\` is \`a\` and all below it; the most exact path counts.

A test reads the types of the installed \`stripe\` package and the simulated events of every API version. It fails on a \
member that is not here, so that somebody decides (\`scripts/fields/objects\`), on one that is no longer anywhere, and where a \
change of a member does or does not change the state against what is said here. Objects without an entity are kept as \
generic rows. With the setting \`raw\` whole objects are kept as well.`;

/** What is kept comes first, in the table's own order, a row for each field; then a row for each reason. */
function tableOf(fields: Fields): string {
  const groups = Map.groupBy(decisionsOf(fields), ({ becomes, as }) => `${becomes} ${as}`);
  const rows = [...groups.values()].toSorted((one, other) => orderOf(one) - orderOf(other));
  return table(["Member", "What becomes of it", "Reason"], rows.map(rowOf));
}

const ORDER: readonly Decision["becomes"][] = ["field", "derived", "left out"];

function orderOf([first]: Decision[]): number {
  return first === undefined ? 0 : ORDER.indexOf(first.becomes);
}

function rowOf(decisions: Decision[]): string[] {
  const members = decisions.map(({ member }) => code(member)).join(", ");
  const { becomes, as } = decisions[0] as Decision;
  if (becomes === "field") return [members, code(as), ""];
  return becomes === "derived" ? [members, `derived: ${as}`, ""] : [members, "left out", as];
}
