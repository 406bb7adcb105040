// How each subscription stood, by all events that told of it: what grace counts from, and whether it ever was active.
import type { StripeEvent } from "../event.ts";

/** Seconds since the epoch. */
export type Standing = {
  wasActive: boolean;
  /** The last second at which it was active or in its trial. */
  lastGood: number | undefined;
  /** Each second at which it was told overdue, first one first. */
  overdue: readonly number[];
};

const GOOD: readonly unknown[] = ["active", "trialing"];
const OVERDUE: readonly unknown[] = ["past_due", "unpaid"];

/** By the id of the subscription. */
export function standingsOf(events: readonly StripeEvent[]): Map<string, Standing> {
  const told = events.filter(({ data }) => data.object.object === "subscription");
  const groups = Map.groupBy(told, ({ data }) => String(data.object.id));
  return new Map([...groups].map(([id, group]) => [id, standingOf(group)]));
}

export const NEVER_TOLD: Standing = { wasActive: false, lastGood: undefined, overdue: [] };

function standingOf(events: readonly StripeEvent[]): Standing {
  const secondsIn = (statuses: readonly unknown[]) =>
    events.filter(({ data }) => statuses.includes(data.object.status)).map(({ created }) => created);
  const good = secondsIn(GOOD);
  return {
    wasActive: secondsIn(["active"]).length > 0,
    lastGood: good.length === 0 ? undefined : Math.max(...good),
    overdue: secondsIn(OVERDUE).sort((one, other) => one - other),
  };
}
