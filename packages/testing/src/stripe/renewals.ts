// What happens to a subscription as its periods pass: notices, renewals, the end of a trial, a planned end.
import { billLater, end, hasEnded } from "./billing.ts";
import { DAY, HOUR, type Interval, intervalsAfter, type Period } from "./calendar.ts";
import { emit, emitWithoutId } from "./emit.ts";
import { tellSubscription } from "./entitlements.ts";
import { type Draft, draftInvoice, invoiceLine, plannedInvoice } from "./invoices.ts";
import { enterPhase } from "./phases.ts";
import type { InvoiceLine, Subscription } from "./records.ts";
import { change, find, type Sandbox, schedule } from "./sandbox.ts";

const NOTICE = 3 * DAY;

/** Plans the end of the current period, and the notice before it. */
export function planPeriodEnd(sandbox: Sandbox, { id, period }: Subscription): void {
  schedule(sandbox, period.end, () => {
    const subscription = find(sandbox, "subscription", id);
    const isCurrent = subscription.period.end === period.end;
    if (isCurrent && isRunning(subscription)) finishPeriod(sandbox, subscription);
  });
  if (period.end - NOTICE <= sandbox.now) return;
  schedule(sandbox, period.end - NOTICE, () => {
    const subscription = find(sandbox, "subscription", id);
    const { cancelAt } = subscription;
    const isLast = cancelAt !== null && cancelAt <= period.end;
    if (isRunning(subscription) && !isLast) giveNotice(sandbox, subscription);
  });
}

function isRunning(subscription: Subscription): boolean {
  return !hasEnded(subscription) && subscription.status !== "incomplete" && subscription.status !== "paused";
}

/** The upcoming invoice has no id: there is no such object yet. */
function giveNotice(sandbox: Sandbox, subscription: Subscription): void {
  if (subscription.status === "trialing") emit(sandbox, subscription, "customer.subscription.trial_will_end");
  const lines = linesFor(sandbox, subscription, nextPeriod(subscription));
  emitWithoutId(sandbox, plannedInvoice(sandbox, cycle(subscription, lines, null)), "invoice.upcoming");
}

function finishPeriod(sandbox: Sandbox, subscription: Subscription): void {
  const { cancelAt, period, status, customer } = subscription;
  if (cancelAt !== null && cancelAt <= period.end) {
    end(sandbox, subscription, "cancellation_requested");
  } else if (status === "trialing" && find(sandbox, "customer", customer).paymentMethod === null) {
    const paused = change(sandbox, subscription, { status: "paused" });
    tellSubscription(sandbox, paused, "customer.subscription.updated", "customer.subscription.paused");
  } else {
    beginPeriod(sandbox, enterPhase(sandbox, subscription));
  }
}

/** Renews: the next period, and a draft for it that is billed an hour later. */
export function beginPeriod(sandbox: Sandbox, subscription: Subscription): Subscription {
  const period = nextPeriod(subscription);
  const isHeld = subscription.collectionPaused || subscription.status === "unpaid";
  const lines = linesFor(sandbox, subscription, period);
  const draft = draftInvoice(sandbox, cycle(subscription, lines, isHeld ? null : sandbox.now + HOUR));
  const renewed = change(sandbox, subscription, {
    status: subscription.status === "trialing" ? "active" : subscription.status,
    period,
    periods: subscription.periods + 1,
    latestInvoice: draft.id,
  });
  tellSubscription(sandbox, renewed, "customer.subscription.updated");
  emit(sandbox, draft, "invoice.created");
  billLater(sandbox, draft);
  planPeriodEnd(sandbox, renewed);
  return renewed;
}

function nextPeriod({ anchor, items, period, periods }: Subscription): Period {
  const interval = items[0]?.price.interval as Interval;
  return { start: period.end, end: intervalsAfter(anchor, interval, periods + 1) };
}

function cycle(subscription: Subscription, lines: InvoiceLine[], finalizesAt: number | null): Draft {
  const { customer, period } = subscription;
  return { customer, subscription, lines, period, finalizesAt, reason: "subscription_cycle" };
}

/** A line for each item; `free` is a trial's. */
export function linesFor(
  sandbox: Sandbox,
  { items }: Pick<Subscription, "items">,
  period: Period,
  { free = false } = {},
): InvoiceLine[] {
  return items.map(({ id, price, quantity }) =>
    invoiceLine(sandbox, {
      amount: free ? 0 : price.unitAmount * quantity,
      price,
      quantity,
      period,
      subscriptionItem: id,
      ...(free ? { description: `Trial period for ${price.nickname ?? price.product}` } : {}),
    }),
  );
}
