// Access: what a customer may use at a second, and why, from their profile and a policy alone.
import type { AccessDecision, AccessOptions } from "./access-decision.ts";
import { decideStatus } from "./access-status.ts";
import type { ProfileEntry, ProfileState } from "./nouns/profile.ts";

/** Times are seconds since the epoch. */
export type Access = AccessDecision & {
  /** The id of the subscription that decides. */
  subscription: string | null;
  /** When that subscription began. */
  since: number | null;
  /** When it ended, else when it is set to end, else when its period does. */
  until: number | null;
  endsAt: number | null;
  /** Lookup keys of all that Stripe told of. */
  features: string[];
  /** Stripe could not collect for one of the customer's subscriptions. */
  isPaymentFailing: boolean;
};

/**
 * What a customer may use: anything at all or, with a lookup key, that feature. Of several subscriptions the
 * best one decides: one that grants before one that does not, then the one that lasts longest; one whose end is not
 * known lasts longer than one that ends. A refusal is `certain` only where nothing unseen could change it (D22).
 */
export function accessOf(profile: ProfileState | null, options: AccessOptions, feature?: string): Access {
  const access = accessBySubscription(profile, options);
  if (profile?.deleted || options.customer?.deleted) {
    return { ...access, granted: false, reason: "customer-deleted", certain: true };
  }
  return feature === undefined ? access : { ...access, ...decideFeature(access, profile, options, feature) };
}

function accessBySubscription(profile: ProfileState | null, options: AccessOptions): Access {
  const entries = profile?.subscriptions ?? [];
  const judged = entries.map((entry) => judge(entry, options));
  const [best] = judged.toSorted(byStrength);
  return {
    ...(best === undefined ? withoutSubscription(profile, options) : { ...best, certain: areSure(judged) }),
    features: profile?.features ?? [],
    isPaymentFailing: entries.some(({ status }) => status === "past_due" || status === "unpaid"),
  };
}

type Judged = AccessDecision & Pick<Access, "subscription" | "since" | "until" | "endsAt">;

/** Features that Stripe told of come from a subscription, which then is still to be told of. */
function withoutSubscription(profile: ProfileState | null, { history, customer }: AccessOptions): Judged {
  const isKnown = profile !== null || customer !== undefined;
  const isToldWhole = customer !== undefined && (profile?.features ?? []).length === 0;
  return {
    granted: false,
    reason: isKnown ? "never-subscribed" : "unknown-customer",
    certain: history === "none" && isToldWhole,
    ...{ subscription: null, since: null, until: null, endsAt: null },
  };
}

function judge(entry: { id: string } & ProfileEntry, options: AccessOptions): Judged {
  const { id, since, until, endsAt, endedAt } = entry;
  return {
    ...decideStatus(entry, options),
    subscription: id,
    since,
    until: endedAt ?? endsAt ?? until,
    endsAt,
  };
}

/** A refusal is as certain as the least certain of the subscriptions, each of which could have granted. */
function areSure(judged: Judged[]): boolean {
  return judged.some(({ granted }) => granted) || judged.every(({ certain }) => certain);
}

function byStrength(one: Judged, other: Judged): number {
  if (one.granted !== other.granted) return one.granted ? -1 : 1;
  const [until, otherUntil] = [lastingUntil(one), lastingUntil(other)];
  if (until !== otherUntil) return otherUntil - until;
  return (one.subscription ?? "") < (other.subscription ?? "") ? -1 : 1;
}

function lastingUntil({ until }: Judged): number {
  return until ?? Number.POSITIVE_INFINITY;
}

/** Stripe may tell of an entitlement before, or without, the subscription that gives it. */
function decideFeature(
  { granted, reason, certain, features }: Access,
  profile: ProfileState | null,
  { history }: AccessOptions,
  feature: string,
): AccessDecision {
  const isTold = features.includes(feature);
  if (isTold && reason === "never-subscribed") return { granted: true, reason: "entitled", certain: true };
  if (isTold || !granted) return { granted, reason, certain };
  if (profile === null || profile.features === null)
    return { granted: false, reason: "entitlements-unknown", certain: false };
  if (profile.featuresCut) return { granted: false, reason: "entitlements-cut", certain: false };
  return { granted: false, reason: "not-entitled", certain: history === "none" };
}
