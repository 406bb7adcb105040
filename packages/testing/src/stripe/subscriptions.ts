// Subscriptions from their creation on: changed, paused, canceled.
import { bill, end, hasEnded } from "./billing.ts";
import { DAY, HOUR, type Interval, intervalsAfter, type Period } from "./calendar.ts";
import { voidInvoice } from "./collection.ts";
import { emit } from "./emit.ts";
import { tellSubscription } from "./entitlements.ts";
import { draftInvoice } from "./invoices.ts";
import { type Metadata, type MetadataChanges, withMetadata } from "./metadata.ts";
import type { Subscription, SubscriptionItem } from "./records.ts";
import { beginPeriod, linesFor, planPeriodEnd } from "./renewals.ts";
import { change, create, find, newId, recordsOf, type Sandbox, schedule } from "./sandbox.ts";

/** How long the first payment may take. */
const FIRST_PAYMENT = 23 * HOUR;

/** Its prices all recur in one interval. */
export type NewSubscription = {
  customer: string;
  items: { price: string; quantity?: number }[];
  trialDays?: number;
  metadata?: Metadata;
};

export function createSubscription(sandbox: Sandbox, params: NewSubscription): Subscription {
  const subscription = create(sandbox, newSubscription(sandbox, params));
  start(sandbox, subscription);
  return find(sandbox, "subscription", subscription.id);
}

function newSubscription(sandbox: Sandbox, params: NewSubscription): Subscription {
  const items = params.items.map((item) => newItem(sandbox, item));
  const interval = intervalOf(items);
  const trial = params.trialDays === undefined ? null : daysFromNow(sandbox, params.trialDays);
  return {
    object: "subscription",
    id: newId(sandbox, "sub_1", 23),
    created: sandbox.now,
    customer: params.customer,
    status: trial === null ? "incomplete" : "trialing",
    currency: items[0]?.price.currency ?? sandbox.options.currency,
    items,
    period: trial ?? { start: sandbox.now, end: intervalsAfter(sandbox.now, interval, 1) },
    anchor: trial?.end ?? sandbox.now,
    periods: trial === null ? 1 : 0,
    latestInvoice: null,
    flexible: sandbox.options.billing === "flexible",
    ...NOT_CANCELED,
    trial,
    collectionPaused: false,
    discount: null,
    schedule: null,
    metadata: params.metadata ?? {},
  };
}

const NOT_CANCELED = {
  cancelAt: null,
  cancelAtPeriodEnd: false,
  canceledAt: null,
  cancellationReason: null,
  endedAt: null,
} as const;

/** The first invoice is made, billed and told of in the second of the subscription itself. */
function start(sandbox: Sandbox, subscription: Subscription): void {
  const { customer, period, trial } = subscription;
  const lines = linesFor(sandbox, subscription, period, { free: trial !== null });
  const draft = draftInvoice(sandbox, {
    ...{ customer, subscription, lines, finalizesAt: null },
    reason: "subscription_create",
    period: { start: sandbox.now, end: sandbox.now },
  });
  const created = change(sandbox, subscription, { latestInvoice: draft.id });
  tellSubscription(sandbox, created, "customer.subscription.created");
  emit(sandbox, draft, "invoice.created");
  bill(sandbox, draft);
  planPeriodEnd(sandbox, created);
  schedule(sandbox, created.created + FIRST_PAYMENT, () => expireIncomplete(sandbox, created.id));
}

function expireIncomplete(sandbox: Sandbox, id: string): void {
  const subscription = find(sandbox, "subscription", id);
  if (subscription.status !== "incomplete") return;
  if (subscription.latestInvoice !== null) voidInvoice(sandbox, subscription.latestInvoice);
  const expired = change(sandbox, subscription, { status: "incomplete_expired", endedAt: sandbox.now });
  tellSubscription(sandbox, expired, "customer.subscription.updated");
}

function newItem(sandbox: Sandbox, { price, quantity }: NewSubscription["items"][number]): SubscriptionItem {
  return {
    id: newId(sandbox, "si_", 14),
    created: sandbox.now,
    price: find(sandbox, "price", price),
    quantity: quantity ?? 1,
  };
}

function intervalOf(items: readonly SubscriptionItem[]): Interval {
  const [interval, ...others] = new Set(items.map(({ price }) => price.interval));
  if (!interval || others.length > 0) throw new Error("A subscription's prices recur in one interval.");
  return interval;
}

function daysFromNow({ now }: Sandbox, days: number): Period {
  return { start: now, end: now + days * DAY };
}

/** @throws Error when it has ended. */
export function running(sandbox: Sandbox, id: string): Subscription {
  const subscription = find(sandbox, "subscription", id);
  if (hasEnded(subscription)) throw new Error(`${id} is ${subscription.status}.`);
  return subscription;
}

/** @throws Error when it has ended, or a schedule says how it goes on. */
export function unscheduled(sandbox: Sandbox, id: string): Subscription {
  const subscription = running(sandbox, id);
  if (subscription.schedule !== null) throw new Error(`${id} has a schedule.`);
  return subscription;
}

function update(sandbox: Sandbox, id: string, changes: Partial<Subscription>): Subscription {
  const updated = change(sandbox, running(sandbox, id), changes);
  tellSubscription(sandbox, updated, "customer.subscription.updated");
  return updated;
}

export function updateSubscription(
  sandbox: Sandbox,
  id: string,
  { metadata }: { metadata: MetadataChanges },
): Subscription {
  return update(sandbox, id, { metadata: withMetadata(running(sandbox, id).metadata, metadata) });
}

/** In flexible billing mode Stripe plans the end by `cancel_at` alone. */
export function cancelAtPeriodEnd(sandbox: Sandbox, id: string): Subscription {
  const { flexible, period } = unscheduled(sandbox, id);
  return update(sandbox, id, {
    cancelAt: period.end,
    cancelAtPeriodEnd: !flexible,
    canceledAt: sandbox.now,
    cancellationReason: "cancellation_requested",
  });
}

/** Takes a planned end back. */
export function keepSubscription(sandbox: Sandbox, id: string): Subscription {
  unscheduled(sandbox, id);
  return update(sandbox, id, NOT_CANCELED);
}

export function cancelSubscription(sandbox: Sandbox, id: string): Subscription {
  return end(sandbox, running(sandbox, id), "cancellation_requested");
}

/** Renewals go on, but their invoices stay drafts. */
export function pauseCollection(sandbox: Sandbox, id: string): Subscription {
  return update(sandbox, id, { collectionPaused: true });
}

export function resumeCollection(sandbox: Sandbox, id: string): Subscription {
  return update(sandbox, id, { collectionPaused: false });
}

/** Goes on, from today, with what was paused because its trial ended without a payment method. */
export function resumeSubscription(sandbox: Sandbox, id: string): Subscription {
  const paused = running(sandbox, id);
  if (paused.status !== "paused") throw new Error(`${id} is ${paused.status}.`);
  const fromNow = change(sandbox, paused, {
    status: "active",
    anchor: sandbox.now,
    periods: 0,
    period: { start: paused.period.start, end: sandbox.now },
  });
  const resumed = beginPeriod(sandbox, fromNow);
  tellSubscription(sandbox, resumed, "customer.subscription.resumed");
  return resumed;
}

export function subscriptionsOf(sandbox: Sandbox, customer: string): Subscription[] {
  return recordsOf(sandbox, "subscription").filter((subscription) => subscription.customer === customer);
}
