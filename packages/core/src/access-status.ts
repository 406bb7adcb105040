// What one subscription gives its customer at a second, by its status and the policy, and how certain a refusal is.
import type { AccessDecision, AccessOptions, AccessReason } from "./access-decision.ts";
import { type PauseRule, ruleOf, type StatusRule } from "./access-policy.ts";
import type { ProfileEntry } from "./nouns/profile.ts";

type Ruling = Omit<AccessDecision, "certain">;

/** A refusal is certain only where nothing unseen could change it (D22). */
export function decideStatus(entry: ProfileEntry, options: AccessOptions): AccessDecision {
  const { granted, reason } = rule(entry, options);
  return { granted, reason, certain: granted || (options.history === "none" && isToldWhole(entry, reason)) };
}

/** What a subscription's status alone gives, then what ends or interrupts it. */
function rule(entry: ProfileEntry, options: AccessOptions): Ruling {
  const ruling = ruleOfStatus(entry, options);
  if (!ruling.granted) return ruling;
  if (isOver(entry, options)) return { granted: false, reason: "ended" };
  if (isRefusedByPause(entry, options)) return { granted: false, reason: "collection-paused" };
  return ruling;
}

function ruleOfStatus(entry: ProfileEntry, options: AccessOptions): Ruling {
  const { status } = entry;
  if (status === "past_due") return isInGrace(entry, options) ? IN_GRACE : OUT_OF_GRACE;
  if (status === null || !isRuled(status)) return { granted: false, reason: "unknown-status" };
  return { granted: ruleOf(options.policy, status), reason: REASONS[status] };
}

const IN_GRACE = { granted: true, reason: "past-due-in-grace" } as const;
const OUT_OF_GRACE = { granted: false, reason: "past-due" } as const;

const REASONS: Readonly<Record<StatusRule, AccessReason>> = {
  trialing: "trialing",
  active: "active",
  unpaid: "unpaid",
  paused: "paused",
  incomplete: "incomplete",
  incomplete_expired: "incomplete-expired",
  canceled: "canceled",
};

function isRuled(status: string): status is StatusRule {
  return Object.hasOwn(REASONS, status);
}

/** Where nobody knows since when it is unpaid, nobody can say that the grace is over. */
function isInGrace({ unpaidSince }: ProfileEntry, { now, policy }: AccessOptions): boolean {
  const { graceDays } = ruleOf(policy, "past_due");
  if (unpaidSince === null) return graceDays > 0;
  return now < unpaidSince + graceDays * DAY;
}

const DAY = 86_400;

function isOver({ endsAt }: ProfileEntry, { now, policy }: AccessOptions): boolean {
  return endsAt !== null && endsAt <= now && ruleOf(policy, "scheduledEnd") === "on-time";
}

/** Stripe tells of a pause when it begins; its end may have passed. A behavior that nobody knows refuses nothing. */
function isRefusedByPause({ pause }: ProfileEntry, { now, policy }: AccessOptions): boolean {
  if (pause === undefined || (pause.resumesAt !== null && pause.resumesAt <= now)) return false;
  return isPauseRule(pause.behavior) && !ruleOf(policy, pause.behavior);
}

const PAUSES: Readonly<Record<PauseRule, true>> = {
  keep_as_draft: true,
  mark_uncollectible: true,
  void: true,
};

function isPauseRule(behavior: string | null): behavior is PauseRule {
  return behavior !== null && Object.hasOwn(PAUSES, behavior);
}

/** What follows from the periods of a subscription is uncertain where Stripe cut the items that have them. */
const BY_PERIODS: ReadonlySet<AccessReason> = new Set(["past-due", "ended"]);

function isToldWhole({ itemsCut }: ProfileEntry, reason: AccessReason): boolean {
  return reason !== "unknown-status" && !(itemsCut && BY_PERIODS.has(reason));
}
