// Subscription schedules: what a subscription will consist of from its next period on.

import { end } from "./billing.ts";
import type { Phase, SubscriptionSchedule } from "./billing-records.ts";
import { type Interval, intervalsAfter } from "./calendar.ts";
import { emit } from "./emit.ts";
import { tellSubscription } from "./entitlements.ts";
import { release } from "./phases.ts";
import type { Subscription } from "./records.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";
import { running } from "./subscriptions.ts";

/** From the next period on, for as many periods, the first item is of this price. */
export type NewSchedule = {
  subscription: string;
  next: { price: string; quantity: number };
  periods?: number;
  endBehavior?: SubscriptionSchedule["endBehavior"];
};

/** @throws Error when the subscription is not active, or has a planned end or a schedule. */
export function createSchedule(sandbox: Sandbox, params: NewSchedule): SubscriptionSchedule {
  const subscription = running(sandbox, params.subscription);
  const isFree = subscription.schedule === null && subscription.cancelAt === null;
  if (subscription.status !== "active" || !isFree) throw new Error(`${subscription.id} takes no schedule.`);
  const schedule = create(sandbox, newSchedule(sandbox, subscription, params));
  emit(sandbox, schedule, "subscription_schedule.created");
  const cancelAt = schedule.endBehavior === "cancel" ? (schedule.phases.at(-1)?.end ?? null) : null;
  const attached = change(sandbox, subscription, { schedule: schedule.id, cancelAt });
  tellSubscription(sandbox, attached, "customer.subscription.updated");
  return schedule;
}

function newSchedule(
  sandbox: Sandbox,
  subscription: Subscription,
  { next, periods = 1, endBehavior = "release" }: NewSchedule,
): SubscriptionSchedule {
  return {
    object: "subscription_schedule",
    id: newId(sandbox, "sub_sched_1", 23),
    created: sandbox.now,
    customer: subscription.customer,
    subscription: subscription.id,
    releasedSubscription: null,
    status: "active",
    phases: phasesOf(subscription, next, periods),
    currentPhase: { ...subscription.period },
    endBehavior,
    flexible: subscription.flexible,
    canceledAt: null,
    completedAt: null,
    releasedAt: null,
    metadata: {},
  };
}

function phasesOf(subscription: Subscription, next: NewSchedule["next"], count: number): Phase[] {
  const { anchor, items, period, periods } = subscription;
  const current = items.map(({ price, quantity }) => ({ price: price.id, quantity }));
  const interval = items[0]?.price.interval as Interval;
  const last = intervalsAfter(anchor, interval, periods + count);
  return [
    { ...period, items: current },
    { start: period.end, end: last, items: [next, ...current.slice(1)] },
  ];
}

/** Another price or quantity from the next period on. */
export function updateSchedule(
  sandbox: Sandbox,
  id: string,
  next: NewSchedule["next"],
): SubscriptionSchedule {
  const schedule = active(sandbox, id);
  const phases = schedule.phases.map((phase) =>
    phase.start > sandbox.now ? { ...phase, items: [next, ...phase.items.slice(1)] } : phase,
  );
  const updated = change(sandbox, schedule, { phases });
  emit(sandbox, updated, "subscription_schedule.updated");
  return updated;
}

/** The subscription goes on without it. */
export function releaseSchedule(sandbox: Sandbox, id: string): SubscriptionSchedule {
  const schedule = active(sandbox, id);
  const subscription = running(sandbox, schedule.subscription ?? "");
  tellSubscription(sandbox, release(sandbox, schedule, subscription), "customer.subscription.updated");
  return find(sandbox, "subscription_schedule", id);
}

/** Ends its subscription as well. */
export function cancelSchedule(sandbox: Sandbox, id: string): SubscriptionSchedule {
  const schedule = active(sandbox, id);
  end(sandbox, running(sandbox, schedule.subscription ?? ""), "cancellation_requested");
  return find(sandbox, "subscription_schedule", id);
}

function active(sandbox: Sandbox, id: string): SubscriptionSchedule {
  const schedule = find(sandbox, "subscription_schedule", id);
  if (schedule.status !== "active") throw new Error(`${id} is ${schedule.status}.`);
  return schedule;
}
