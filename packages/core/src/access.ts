// Access: what a customer may use at a second, and why, from their profile and a policy alone.
import type { AccessPolicy } from "./access-policy.ts";
import { type Decision, decideStatus } from "./access-status.ts";
import type { ProfileEntry, ProfileState } from "./nouns/profile.ts";

export type AccessReason =
  | "trialing"
  | "active"
  | "past-due-in-grace"
  | "past-due"
  | "unpaid"
  | "paused"
  /** Its invoices are not collected for now, and the policy gives no access meanwhile. */
  | "collection-paused"
  | "incomplete"
  | "incomplete-expired"
  | "canceled"
  /** Its scheduled end has passed, and the policy does not wait for Stripe. */
  | "ended"
  | "unknown-status"
  | "customer-deleted"
  /** No event told of this customer. */
  | "unknown-customer"
  /** The customer is known, and no subscription of theirs. */
  | "never-subscribed"
  /** No subscription was told of, but Stripe told of this entitlement. */
  | "entitled"
  | "not-entitled"
  /** Stripe never told of this customer's entitlements. */
  | "entitlements-unknown"
  /** The list was cut, and the feature is not among those that were told. */
  | "entitlements-cut";

/** Times are seconds since the epoch. */
export type Access = {
  granted: boolean;
  reason: AccessReason;
  /**
   * False where something unseen could change a refusal: an event from before the first deployment, one that is on
   * its way, or what Stripe did not tell (D22).
   */
  certain: boolean;
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
 * What came before the first event that was handled: `none` where the Stripe account had no customers by then, so that
 * what no event told of does not exist; `unknown` otherwise.
 */
export type History = "none" | "unknown";

export type AccessOptions = {
  /** Seconds since the epoch. */
  now: number;
  policy?: Partial<AccessPolicy> | undefined;
  /** `unknown` where it is not given: no refusal is then certain but that of a deleted customer. */
  history?: History | undefined;
  /** The customer's own row, where there is one: without it nobody knows that there is such a customer. */
  customer?: { deleted: boolean } | undefined;
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

type Judged = Decision & Pick<Access, "subscription" | "since" | "until" | "endsAt">;

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
): Decision {
  const isTold = features.includes(feature);
  if (isTold && reason === "never-subscribed") return { granted: true, reason: "entitled", certain: true };
  if (isTold || !granted) return { granted, reason, certain };
  if (profile === null || profile.features === null)
    return { granted: false, reason: "entitlements-unknown", certain: false };
  if (profile.featuresCut) return { granted: false, reason: "entitlements-cut", certain: false };
  return { granted: false, reason: "not-entitled", certain: history === "none" };
}
