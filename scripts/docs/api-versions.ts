// docs/api-versions.md: what Stripe moved in which API version, of the objects that are kept.
import type { Difference } from "../../packages/testing/src/stripe/differences.ts";
import { code, GENERATED, sections, table } from "./markdown.ts";

export function apiVersions(differences: readonly Difference[]): string {
  const bySince = Map.groupBy(differences, ({ since }) => since);
  const newestFirst = [...bySince].sort(([one], [other]) => (one < other ? 1 : -1));
  return sections(
    GENERATED,
    "# What is where in which API version",
    INTRODUCTION,
    ...newestFirst.flatMap(([since, changes]) => [`## ${since}`, changesTable(changes)]),
  );
}

const INTRODUCTION = `An event shows its object in the API version that its destination asked for, and a replay brings \
back the versions of last year. So a noun that keeps a field reads it from both of its places, and a state is the same \
whatever version it came in ([state.md](state.md)). The simulated Stripe sends both.

Paths are within the object; *page* is the title at [docs.stripe.com/changelog](https://docs.stripe.com/changelog).`;

function changesTable(changes: readonly Difference[]): string {
  return table(
    ["Stripe object", "Before", "Since then", "Page"],
    changes.map(({ object, before, after, page }) => [
      object.split(", ").map(code).join(", "),
      before ?? "not there",
      after ?? "gone",
      page,
    ]),
  );
}
