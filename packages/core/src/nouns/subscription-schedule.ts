// A subscription schedule: what a subscription will sell from when on, phase by phase.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { entries, integer, metadata, present, text } from "../fields.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

/** All times are seconds since the epoch; those of an end are absent until it has come. */
export type SubscriptionScheduleState = {
  status: string | null;
  customer: string | null;
  /** What it changes; null before it begins and once it is released. */
  subscription: string | null;
  /** What it changed until it was released. */
  releasedSubscription?: string;
  /** When the phase began that it is in, and when that ends; null where it is in none. */
  currentPhase: SchedulePeriod | null;
  /** In the order of their starts. */
  phases: SchedulePhase[];
  /** What will be sold next, and from when on; null where no other phase follows. */
  next: ScheduleStart | null;
  /** What becomes of the subscription after the last phase: Stripe's `release` or `cancel`. */
  endBehavior: string | null;
  created: number | null;
  completedAt?: number;
  releasedAt?: number;
  canceledAt?: number;
  metadata: Record<string, string>;
};

export type SchedulePeriod = { start: number | null; end: number | null };

export type SchedulePhase = {
  start: number | null;
  end: number | null;
  items: ScheduleItem[];
  /** Until then the phase is free. */
  trialEnd?: number;
};

export type ScheduleItem = { price: string | null; quantity: number | null };

export type ScheduleStart = { start: number | null; items: ScheduleItem[] };

function project(object: StripeObject): SubscriptionScheduleState {
  const status = text(object.status);
  const currentPhase = currentPhaseOf(object);
  const phases = entries(object.phases).map(projectPhase).sort(byStart);
  return {
    status,
    customer: customerOf(object),
    subscription: referenceId(object.subscription),
    currentPhase,
    phases,
    next: nextOf(status, currentPhase, phases),
    endBehavior: text(object.end_behavior),
    created: integer(object.created),
    metadata: metadata(object.metadata),
    ...present({
      releasedSubscription: referenceId(object.released_subscription),
      completedAt: integer(object.completed_at),
      releasedAt: integer(object.released_at),
      canceledAt: integer(object.canceled_at),
    }),
  };
}

function currentPhaseOf({ current_phase: phase }: StripeObject): SchedulePeriod | null {
  if (!isObject(phase)) return null;
  return { start: integer(phase.start_date), end: integer(phase.end_date) };
}

function projectPhase(phase: JsonObject): SchedulePhase {
  const items = phase.items ?? phase.plans;
  return {
    start: integer(phase.start_date),
    end: integer(phase.end_date),
    items: entries(items).map(projectItem),
    ...present({ trialEnd: integer(phase.trial_end) }),
  };
}

/** A price was a plan before it was a price. */
function projectItem({ price, plan, quantity }: JsonObject): ScheduleItem {
  return { price: referenceId(price ?? plan), quantity: integer(quantity) };
}

function byStart(one: SchedulePhase, other: SchedulePhase): number {
  return (one.start ?? 0) - (other.start ?? 0);
}

/** One that is over changes nothing any more. */
function nextOf(
  status: string | null,
  current: SchedulePeriod | null,
  phases: SchedulePhase[],
): ScheduleStart | null {
  if (status !== "not_started" && status !== "active") return null;
  const next = phases.find(({ start }) => current === null || isAfter(start, current));
  return next === undefined ? null : { start: next.start, items: next.items };
}

function isAfter(start: number | null, current: SchedulePeriod): boolean {
  return start !== null && current.start !== null && start > current.start;
}

// "Release a schedule", docs.stripe.com/api/subscription_schedules/release: only `not_started` and `active` ones can be
// released or canceled.
const LIFECYCLE: Lifecycle = {
  ranks: { not_started: 0, active: 1, completed: 2, released: 2, canceled: 2 },
  terminal: ["completed", "released", "canceled"],
};

export const subscriptionSchedule: Noun<SubscriptionScheduleState> = {
  name: "subscription-schedule",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
};
