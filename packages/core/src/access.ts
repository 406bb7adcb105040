// Access: what a customer may use at a second, and why, from their profile and a policy alone.
import { type AccessPolicy, ruleOf } from "./access-policy.ts";
import type { ProfileEntry, ProfileState } from "./nouns/profile.ts";

export type AccessReason =
  | "trialing"
  | "active"
  | "past-due-in-grace"
  | "past-due"
  | "unpaid"
  | "paused"
  | "incomplete"
  | "incomplete-expired"
  | "canceled"
  /** Its scheduled end has passed, and the policy does not wait for Stripe. */
  | "ended"
  | "unknown-status"
  | "customer-deleted"
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
  /** False where Stripe told too little to say no for certain. */
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

export type AccessOptions = {
  /** Seconds since the epoch. */
  now: number;
  policy?: Partial<AccessPolicy>;
};

/**
 * What a customer may use: anything at all or, with a lookup key, that feature. Of several subscriptions the
 * best one decides: one that grants before one that does not, then the one that lasts longest.
 */
export function accessOf(profile: ProfileState | null, options: AccessOptions, feature?: string): Access {
  const access = accessBySubscription(profile, options);
  if (profile?.deleted) return { ...access, granted: false, reason: "customer-deleted" };
  return feature === undefined ? access : { ...access, ...decideFeature(access, profile, feature) };
}

type Decision = Pick<Access, "granted" | "reason" | "certain">;

function accessBySubscription(profile: ProfileState | null, options: AccessOptions): Access {
  const entries = profile?.subscriptions ?? [];
  const [best] = entries.map((entry) => judge(entry, options)).sort(byStrength);
  return {
    ...(best ?? NEVER_SUBSCRIBED),
    features: profile?.features ?? [],
    isPaymentFailing: entries.some(({ status }) => status === "past_due" || status === "unpaid"),
  };
}

type Judged = Decision & Pick<Access, "subscription" | "since" | "until" | "endsAt">;

const NEVER_SUBSCRIBED: Judged = {
  granted: false,
  reason: "never-subscribed",
  certain: true,
  subscription: null,
  since: null,
  until: null,
  endsAt: null,
};

function judge(entry: { id: string } & ProfileEntry, options: AccessOptions): Judged {
  const { id, since, until, endsAt, endedAt } = entry;
  return {
    ...decideStatus(entry, options),
    certain: true,
    subscription: id,
    since,
    until: endedAt ?? endsAt ?? until,
    endsAt,
  };
}

function byStrength(one: Judged, other: Judged): number {
  if (one.granted !== other.granted) return one.granted ? -1 : 1;
  const [until, otherUntil] = [one.until ?? 0, other.until ?? 0];
  if (until !== otherUntil) return otherUntil - until;
  return (one.subscription ?? "") < (other.subscription ?? "") ? -1 : 1;
}

function decideStatus(entry: ProfileEntry, options: AccessOptions): Omit<Decision, "certain"> {
  const { granted, reason } = decideByRule(entry, options);
  const isOver = entry.endsAt !== null && entry.endsAt <= options.now;
  if (granted && isOver && ruleOf(options.policy, "scheduledEnd") === "on-time")
    return { granted: false, reason: "ended" };
  return { granted, reason };
}

function decideByRule(entry: ProfileEntry, options: AccessOptions): Omit<Decision, "certain"> {
  const { status } = entry;
  if (status === "past_due") return isInGrace(entry, options) ? IN_GRACE : OUT_OF_GRACE;
  if (status === null || !isPlain(status)) return { granted: false, reason: "unknown-status" };
  return { granted: ruleOf(options.policy, status), reason: REASONS[status] };
}

const IN_GRACE = { granted: true, reason: "past-due-in-grace" } as const;
const OUT_OF_GRACE = { granted: false, reason: "past-due" } as const;

type PlainStatus = Exclude<keyof AccessPolicy, "past_due" | "scheduledEnd">;

const REASONS: Readonly<Record<PlainStatus, AccessReason>> = {
  trialing: "trialing",
  active: "active",
  unpaid: "unpaid",
  paused: "paused",
  incomplete: "incomplete",
  incomplete_expired: "incomplete-expired",
  canceled: "canceled",
};

function isPlain(status: string): status is PlainStatus {
  return Object.hasOwn(REASONS, status);
}

/** Where nobody knows since when it is unpaid, nobody can say that the grace is over. */
function isInGrace({ unpaidSince }: ProfileEntry, options: AccessOptions): boolean {
  const { graceDays } = ruleOf(options.policy, "past_due");
  if (unpaidSince === null) return graceDays > 0;
  return options.now < unpaidSince + graceDays * DAY;
}

const DAY = 86_400;

/** Stripe may tell of an entitlement before, or without, the subscription that gives it. */
function decideFeature(access: Access, profile: ProfileState | null, feature: string): Decision {
  const { granted, reason, certain, features } = access;
  const isTold = features.includes(feature);
  if (isTold && reason === "never-subscribed") return { granted: true, reason: "entitled", certain: true };
  if (isTold || !granted) return { granted, reason, certain };
  if (profile === null || profile.features === null)
    return { granted: false, reason: "entitlements-unknown", certain: false };
  if (profile.featuresCut) return { granted: false, reason: "entitlements-cut", certain: false };
  return { granted: false, reason: "not-entitled", certain: true };
}
