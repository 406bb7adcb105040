// How a schedule and its subscription follow each other: from phase to phase, and to the end of either.
import type { SubscriptionSchedule } from "./billing-records.ts";
import { emit } from "./emit.ts";
import type { Subscription } from "./records.ts";
import { change, find, type Sandbox } from "./sandbox.ts";

/** The subscription as its schedule wants it from the end of this period on; the caller tells of it. */
export function enterPhase(sandbox: Sandbox, subscription: Subscription): Subscription {
  if (subscription.schedule === null) return subscription;
  const schedule = find(sandbox, "subscription_schedule", subscription.schedule);
  const boundary = subscription.period.end;
  const next = schedule.phases.find((phase) => phase.start === boundary);
  if (next === undefined) {
    return schedule.currentPhase?.end === boundary ? release(sandbox, schedule, subscription) : subscription;
  }
  const currentPhase = { start: next.start, end: next.end };
  emit(sandbox, change(sandbox, schedule, { currentPhase }), "subscription_schedule.updated");
  const items = subscription.items.map((item, index) => {
    const { price = item.price.id, quantity = item.quantity } = next.items[index] ?? {};
    return { ...item, price: find(sandbox, "price", price), quantity };
  });
  return change(sandbox, subscription, { items });
}

/** Lets go of the subscription, which the caller tells of. */
export function release(
  sandbox: Sandbox,
  schedule: SubscriptionSchedule,
  subscription: Subscription,
): Subscription {
  const released = change(sandbox, schedule, {
    status: "released",
    subscription: null,
    releasedSubscription: subscription.id,
    currentPhase: null,
    releasedAt: sandbox.now,
  });
  emit(sandbox, released, "subscription_schedule.released");
  return change(sandbox, subscription, { schedule: null, cancelAt: null });
}

/** Ends with its subscription: as planned, by request, or because that was not paid. */
export function endSchedule(sandbox: Sandbox, { schedule: id, cancellationReason }: Subscription): void {
  if (id === null) return;
  const schedule = find(sandbox, "subscription_schedule", id);
  const isPlanned = schedule.endBehavior === "cancel" && lastEnd(schedule) <= sandbox.now;
  const ended = change(sandbox, schedule, {
    status: isPlanned ? "completed" : "canceled",
    currentPhase: null,
    [isPlanned ? "completedAt" : "canceledAt"]: sandbox.now,
  });
  const asAborted = cancellationReason === "payment_failed" ? "aborted" : "canceled";
  emit(sandbox, ended, `subscription_schedule.${isPlanned ? "completed" : asAborted}`);
}

function lastEnd({ phases }: SubscriptionSchedule): number {
  return Math.max(...phases.map((phase) => phase.end));
}
