// How a subscription follows its invoices: paid, behind, tried again, and at last ended.
import { authenticate, collectInvoice } from "./collection.ts";
import { emit } from "./emit.ts";
import { tellSubscription } from "./entitlements.ts";
import { finalizeInvoice } from "./invoices.ts";
import { endSchedule } from "./phases.ts";
import type { Invoice, Subscription } from "./records.ts";
import { change, find, type Sandbox, schedule } from "./sandbox.ts";

export function hasEnded({ status }: Subscription): boolean {
  return status === "canceled" || status === "incomplete_expired";
}

/** Finalises a draft and collects it; its subscription follows. */
export function bill(sandbox: Sandbox, draft: Invoice): Invoice {
  return collect(sandbox, finalizeInvoice(sandbox, draft));
}

/** Bills a draft once its time has come, unless that was called off meanwhile. */
export function billLater(sandbox: Sandbox, { id, finalizesAt }: Invoice): void {
  if (finalizesAt === null) return;
  schedule(sandbox, finalizesAt, () => {
    const draft = find(sandbox, "invoice", id);
    if (draft.status === "draft" && draft.finalizesAt === finalizesAt) bill(sandbox, draft);
  });
}

/** Tries to collect what is owed; the subscription follows. */
export function collect(sandbox: Sandbox, invoice: Invoice): Invoice {
  const isPaid = collectInvoice(sandbox, invoice);
  const current = find(sandbox, "invoice", invoice.id);
  if (isPaid) catchUp(sandbox, current);
  else fallBehind(sandbox, current);
  return current;
}

/** The customer has authenticated what a try to collect it waited for. */
export function collectAuthenticated(sandbox: Sandbox, invoice: Invoice): Invoice {
  authenticate(sandbox, invoice);
  const current = find(sandbox, "invoice", invoice.id);
  catchUp(sandbox, current);
  return current;
}

export function catchUp(sandbox: Sandbox, invoice: Invoice): void {
  const subscription = subscriptionOf(sandbox, invoice);
  if (subscription?.latestInvoice !== invoice.id) return;
  if (["incomplete", "past_due", "unpaid"].includes(subscription.status))
    become(sandbox, subscription, "active");
  setDelinquent(sandbox, invoice.customer, false);
}

function fallBehind(sandbox: Sandbox, invoice: Invoice): void {
  const subscription = subscriptionOf(sandbox, invoice);
  if (subscription === null || hasEnded(subscription) || subscription.status === "incomplete") return;
  if (invoice.nextAttempt === null) giveUp(sandbox, subscription);
  else goBehind(sandbox, subscription, invoice);
}

function goBehind(sandbox: Sandbox, subscription: Subscription, invoice: Invoice): void {
  if (subscription.status === "active") become(sandbox, subscription, "past_due");
  setDelinquent(sandbox, invoice.customer, true);
  retryLater(sandbox, invoice);
}

function retryLater(sandbox: Sandbox, { id, nextAttempt }: Invoice): void {
  if (nextAttempt === null) return;
  schedule(sandbox, nextAttempt, () => {
    const invoice = find(sandbox, "invoice", id);
    const subscription = subscriptionOf(sandbox, invoice);
    const isOff = subscription === null || hasEnded(subscription);
    if (invoice.status === "open" && invoice.nextAttempt === nextAttempt && !isOff) collect(sandbox, invoice);
  });
}

function giveUp(sandbox: Sandbox, subscription: Subscription): void {
  if (subscription.status !== "past_due") return;
  if (sandbox.options.afterLastAttempt === "unpaid") become(sandbox, subscription, "unpaid");
  else end(sandbox, subscription, "payment_failed");
}

/** Ends a subscription now, and with it the collection of what it has in draft. */
export function end(
  sandbox: Sandbox,
  subscription: Subscription,
  reason: NonNullable<Subscription["cancellationReason"]>,
): Subscription {
  const ended = change(sandbox, subscription, {
    status: "canceled",
    canceledAt: subscription.canceledAt ?? sandbox.now,
    cancellationReason: reason,
    endedAt: sandbox.now,
  });
  tellSubscription(sandbox, ended, "customer.subscription.deleted");
  endSchedule(sandbox, ended);
  const latest = ended.latestInvoice === null ? null : find(sandbox, "invoice", ended.latestInvoice);
  if (latest?.status === "draft" && latest.autoAdvance) {
    emit(sandbox, change(sandbox, latest, { autoAdvance: false, finalizesAt: null }), "invoice.updated");
  }
  return ended;
}

function become(sandbox: Sandbox, subscription: Subscription, status: Subscription["status"]): void {
  tellSubscription(sandbox, change(sandbox, subscription, { status }), "customer.subscription.updated");
}

function setDelinquent(sandbox: Sandbox, id: string, delinquent: boolean): void {
  const customer = find(sandbox, "customer", id);
  if (customer.delinquent === delinquent || customer.deleted) return;
  emit(sandbox, change(sandbox, customer, { delinquent }), "customer.updated");
}

function subscriptionOf(sandbox: Sandbox, { subscription }: Invoice): Subscription | null {
  return subscription === null ? null : find(sandbox, "subscription", subscription);
}
