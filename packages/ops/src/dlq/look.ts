// Looks at what is parked, and puts everything back.
import { Mistake } from "../mistake.ts";
import { deadLetters } from "./dead-letters.ts";
import { type Filter, isSelective, matches, missingIds } from "./filter.ts";
import type { Options } from "./options.ts";
import type { Parked } from "./parked.ts";
import type { Stage } from "./stage.ts";
import { walk } from "./walk.ts";

export type Look = {
  /** Those that the filter matches, the oldest first. */
  wanted: Parked[];
  /** Ids that were asked for, and that no message has which was looked at. */
  missing: string[];
  seen: number;
  /** About how many there are. */
  total: number;
  /** About how many stand behind the first ten of their message group, where SQS shows none. */
  hidden: number;
};

type LookOptions = Pick<Options, "filter" | "deep">;

/** @throws Mistake where the filter names ids, and none of them is there */
export async function look(stage: Stage, { filter, deep }: LookOptions, signal: AbortSignal): Promise<Look> {
  const letters = deadLetters(stage);
  const shown: Parked[] = [];
  for await (const fresh of walk(letters, { signal, goesDeeper: () => deep })) shown.push(...fresh);
  const now = Date.now();
  const total = Math.max(shown.length, await letters.count());
  const seen: Look = {
    wanted: shown.filter((parked) => matches(filter, parked, now)).toSorted(byAge),
    missing: missingIds(filter, shown),
    seen: shown.length,
    total,
    hidden: total - shown.length,
  };
  checkIdsAreThere(filter, seen);
  return seen;
}

function byAge(a: Parked, b: Parked): number {
  return Date.parse(a.parkedAt) - Date.parse(b.parkedAt);
}

function checkIdsAreThere({ ids = [] }: Filter, { missing, seen, hidden }: Look): void {
  if (ids.length === 0 || missing.length < ids.length) return;
  const among = hidden > 0 ? `; ${hidden} others stand behind the first ten of their group: add --deep` : "";
  const are = ids.length === 1 ? "is" : "are";
  throw new Mistake(`${ids.join(", ")} ${are} not among the ${seen} parked messages that SQS shows${among}.`);
}

/** What a person must know of what was not looked at. */
export function hiddenText({ hidden }: Look, filter: Filter): string[] {
  if (hidden === 0) return [];
  const unseen = `${hidden} stand behind the first ten of their message group, where SQS shows none`;
  const unfiltered = isSelective(filter) ? "; whether they match is unknown" : "";
  return [`${unseen}${unfiltered}. Add --deep to look at them, too; redrive, discard and export reach them.`];
}
