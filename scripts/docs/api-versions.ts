// docs/api-versions.md: what Stripe moved in which API version, of the objects that are kept.
import type { VersionException } from "../../packages/testing/src/core/version-exceptions.ts";
import type { Difference } from "../../packages/testing/src/stripe/differences.ts";
import { code, GENERATED, sections, table } from "./markdown.ts";

export function apiVersions(
  differences: readonly Difference[],
  exceptions: readonly VersionException[],
): string {
  const bySince = Map.groupBy(differences, ({ since }) => since);
  const newestFirst = [...bySince].sort(([one], [other]) => (one < other ? 1 : -1));
  return sections(
    GENERATED,
    "# What is where in which API version",
    INTRODUCTION,
    ...newestFirst.flatMap(([since, changes]) => [`## ${since}`, changesTable(changes)]),
    "## What a state differs in",
    EXCEPTIONS,
    exceptionsTable(exceptions),
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

const EXCEPTIONS = `All that no rule can make the same: one history, told in each version, ends in the same rows but \
for this. A test tells histories in every version, and fails where they differ in anything else, or no longer in one of \
these.`;

function exceptionsTable(exceptions: readonly VersionException[]): string {
  return table(
    ["Row", "Field", "In versions", "Why"],
    exceptions.map(({ noun, members, change, before, because }) => [
      code(noun),
      members.map((member) => (member === null ? "the whole row" : code(member))).join(", "),
      `${before ? "before" : "since"} ${change.since}`,
      because,
    ]),
  );
}
