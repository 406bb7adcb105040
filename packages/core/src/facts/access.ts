// What happened to a customer's access: it was granted, or revoked.
import { type Access, accessOf } from "../access.ts";
import { canonical } from "../json.ts";
import type { ProfileState } from "../nouns/profile.ts";
import { type Change, type Told, told } from "./fact.ts";

type Decided = Pick<Access, "reason" | "subscription" | "until" | "features">;

/** Levels, not increments: either may be told again, where time alone may have ended access in between. */
export type AccessFacts = {
  /** A subscription gives the customer access, under the policy. */
  "access.granted": Decided;
  /** No subscription gives the customer access any more. That a grace ran out is told with the next change. */
  "access.revoked": Decided;
};

export function accessFacts(change: Change<ProfileState>): Told<AccessFacts>[] {
  const { granted, reason, subscription, until, features } = accessNow(change, change.is, change.at);
  const decided = { reason, subscription, until, features };
  const isNews = mayDifferFrom(granted, change);
  return told<AccessFacts>({
    "access.granted": isNews && granted && decided,
    "access.revoked": isNews && !granted && decided,
  });
}

/**
 * No row is written when a grace runs out, so nobody knows what was told of the earlier standing: it may have been
 * what it gave at first, or what it gives by now. It is news unless it equals both.
 */
function mayDifferFrom(granted: boolean, change: Change<ProfileState>): boolean {
  const { was, is, at } = change;
  if (was === null) return granted;
  if (canonical(was) === canonical(is)) return false;
  return [0, at].some((second) => accessNow(change, was, second).granted !== granted);
}

function accessNow({ policy }: Change<ProfileState>, profile: ProfileState, now: number): Access {
  return accessOf(profile, { now, ...(policy === undefined ? {} : { policy }) });
}
