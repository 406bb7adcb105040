// The truth about customers, what they subscribe to and what they are invoiced for.
import type { CreditNote, EntitlementSummary, SubscriptionSchedule } from "../billing-records.ts";
import type { Customer, Invoice, InvoiceLine, StripeRecord, Subscription } from "../records.ts";
import { customerAccountRows } from "./accounts.ts";
import { CATALOG_ROWS } from "./catalog.ts";
import { portalRow } from "./portal.ts";
import { type DerivedRows, type RowTable, recordsOfType, type Sent, type TruthRow } from "./row.ts";
import { NEVER_TOLD, type Standing, standingsOf } from "./standing.ts";

export const BILLING_ROWS: RowTable = {
  ...CATALOG_ROWS,
  customer: customerRow,
  subscription: () => null,
  subscription_schedule: scheduleRow,
  invoice: invoiceRow,
  credit_note: creditNoteRow,
  "billing_portal.session": portalRow,
  "entitlements.active_entitlement_summary": entitlementRow,
};

export const BILLING_DERIVED: readonly DerivedRows[] = [subscriptionRows, profileRows, customerAccountRows];

/** So many entries of a list are in an event. */
const MOST_EMBEDDED = 10;

function customerRow({ id, email, name, phone, paymentMethod, deleted }: Customer): TruthRow {
  const details = {
    ...(phone === null ? {} : { phone }),
    ...(paymentMethod === null ? {} : { defaultPaymentMethod: paymentMethod.id }),
  };
  const state = deleted ? {} : { email, name, ...details };
  return { noun: "customer", id, customer: id, status: null, deleted, state };
}

function subscriptionRows(records: readonly StripeRecord[], { events }: Sent): TruthRow[] {
  const standings = standingsOf(events);
  const paid = Map.groupBy(recordsOfType(records, "invoice").filter(isPaid), (one) => one.subscription);
  return recordsOfType(records, "subscription").map((subscription) => {
    const { id, customer, status, metadata, trial } = subscription;
    const { wasActive } = standings.get(id) ?? NEVER_TOLD;
    const isPaidFor = (paid.get(id) ?? []).some((one) => periodStart(one) >= (trial?.end ?? 0));
    const state = { status, customer, metadata, ...itemsOf(subscription), ...endOf(subscription) };
    const activated = wasActive && isPaidFor ? true : undefined;
    return { noun: "subscription", id, customer, status, deleted: false, state: { ...state, activated } };
  });
}

/** One that only settles a change within a period is the invoice of none. */
function isPaid({ status, lines }: Invoice): boolean {
  return status === "paid" && (lines.length === 0 || lines.some(({ proration }) => !proration));
}

/** The start of what an invoice pays for: a renewal's own period looks back. */
function periodStart({ lines, period }: Invoice): number {
  const starts = lines.filter(({ proration }) => !proration).map((line) => line.period.start);
  return Math.max(period.end, ...starts);
}

function itemsOf({ currency, items, period, created, trial, latestInvoice }: Subscription) {
  return {
    currency,
    items: items.map(({ id, price, quantity }) => {
      const sold = { price: price.id, product: price.product, quantity };
      return { id, ...sold, periodStart: period.start, periodEnd: period.end };
    }),
    startedAt: created,
    trialStart: trial?.start ?? null,
    trialEnd: trial?.end ?? null,
    latestInvoice,
    collectionMethod: "charge_automatically",
  };
}

function endOf(subscription: Subscription) {
  const { cancelAt, cancelAtPeriodEnd, canceledAt, endedAt, collectionPaused, schedule } = subscription;
  return {
    ...{ cancelAt, cancelAtPeriodEnd, canceledAt, endedAt, schedule },
    endsAt: cancelAt,
    pause: collectionPaused ? { behavior: "keep_as_draft", resumesAt: null } : null,
  };
}

function scheduleRow(schedule: SubscriptionSchedule): TruthRow {
  const { id, customer, status, subscription, releasedSubscription, phases } = schedule;
  const { currentPhase, endBehavior, created, metadata } = schedule;
  const state = {
    ...{ status, customer, subscription, currentPhase, phases, endBehavior, created, metadata },
    next: nextPhaseOf(schedule),
    ...(releasedSubscription === null ? {} : { releasedSubscription }),
    ...timesOf(schedule),
  };
  return { noun: "subscription-schedule", id, customer, status, deleted: false, state };
}

function nextPhaseOf({ status, currentPhase, phases }: SubscriptionSchedule) {
  const next = phases.find(({ start }) => currentPhase !== null && start >= currentPhase.end);
  return status !== "active" || next === undefined ? null : { start: next.start, items: next.items };
}

function timesOf({ completedAt, releasedAt, canceledAt }: SubscriptionSchedule) {
  return Object.fromEntries(
    Object.entries({ completedAt, releasedAt, canceledAt }).filter(([, at]) => at !== null),
  );
}

function invoiceRow(invoice: Invoice): TruthRow {
  const { id, customer, status, deleted, lines, total, credited, amountPaid } = invoice;
  const due = total - credited.before;
  const state = {
    ...{ status, customer, currency: invoice.currency, number: invoice.number },
    ...{ billingReason: invoice.billingReason, subscription: invoice.subscription },
    ...{ subtotal: invoice.subtotal, total, due, paid: amountPaid, remaining: due - amountPaid },
    ...(invoice.tax === 0 ? {} : { tax: invoice.tax }),
    ...{ attempts: invoice.attempts, nextAttempt: invoice.nextAttempt, dueDate: null },
    ...{ periodStart: invoice.period.start, periodEnd: invoice.period.end },
    ...{ finalizedAt: invoice.finalizedAt, paidAt: invoice.paidAt },
    lines: lines.slice(0, MOST_EMBEDDED).map(lineOf),
    ...(lines.length > MOST_EMBEDDED ? { incomplete: ["lines"] } : {}),
  };
  return { noun: "invoice", id, customer, status, deleted, state };
}

function lineOf({ id, price, quantity, amount, period, proration }: InvoiceLine) {
  const { start: periodStart, end: periodEnd } = period;
  return { id, price: price.id, quantity, amount, periodStart, periodEnd, proration };
}

function creditNoteRow(note: CreditNote): TruthRow {
  const { id, customer, invoice, number, currency, subtotal, total, type, reason, status, created } = note;
  const isPaid = type === "post_payment";
  const split = { prePayment: isPaid ? 0 : total, refunded: 0, toBalance: 0, outOfBand: isPaid ? total : 0 };
  const amounts = { currency, subtotal, total, ...split };
  const state = { status, customer, invoice, number, ...amounts, type, reason, created };
  return { noun: "credit-note", id, customer, status, deleted: false, state };
}

function entitlementRow(summary: EntitlementSummary): TruthRow {
  const { id, entitlements } = summary;
  const incomplete = isCut(summary) ? { incomplete: ["entitlements"] } : {};
  const state = { customer: id, features: featuresShown({ entitlements }), ...incomplete };
  return { noun: "entitlement", id, customer: id, status: null, deleted: false, state };
}

function isCut({ entitlements }: EntitlementSummary): boolean {
  return entitlements.length > MOST_EMBEDDED;
}

function featuresShown({ entitlements }: Pick<EntitlementSummary, "entitlements">): string[] {
  return entitlements
    .slice(0, MOST_EMBEDDED)
    .map(({ feature }) => feature.lookupKey)
    .sort();
}

/** Of each customer who subscribes, owes for a subscription, is entitled to something, or is gone. */
function profileRows(records: readonly StripeRecord[], { events }: Sent): TruthRow[] {
  const standings = standingsOf(events);
  const subscriptions = Map.groupBy(recordsOfType(records, "subscription"), ({ customer }) => customer);
  const summaries = recordsOfType(records, "entitlements.active_entitlement_summary");
  const entitled = new Map(summaries.map((summary) => [summary.id, summary]));
  const gone = new Set(recordsOfType(records, "customer").flatMap((one) => (one.deleted ? [one.id] : [])));
  const owed = Map.groupBy(recordsOfType(records, "invoice").filter(isOwed), ({ customer }) => customer);
  const customers = new Set([...subscriptions.keys(), ...owed.keys(), ...entitled.keys(), ...gone]);
  return [...customers].map((id) => {
    const summary = entitled.get(id);
    const entries = (subscriptions.get(id) ?? []).map((one) =>
      entryOf(one, owed.get(id) ?? [], standings.get(one.id) ?? NEVER_TOLD),
    );
    const state = {
      subscriptions: entries.sort((a, b) => (a.id < b.id ? -1 : 1)),
      features: summary === undefined ? null : featuresShown(summary),
      featuresCut: summary !== undefined && isCut(summary),
      deleted: gone.has(id),
    };
    return { noun: "profile", id, customer: id, status: null, deleted: false, state };
  });
}

/** Of a subscription, and tried in vain. */
function isOwed({ status, attempts, total, amountPaid, subscription }: Invoice): boolean {
  return subscription !== null && status === "open" && attempts > 0 && total > amountPaid;
}

/** What stayed open from before it was last in good standing is held against nobody. */
function entryOf(subscription: Subscription, owed: readonly Invoice[], { lastGood = 0, overdue }: Standing) {
  const { id, status, created, period, cancelAt, endedAt, collectionPaused } = subscription;
  const isUnpaid = status === "past_due" || status === "unpaid";
  const finalized = owed
    .filter((invoice) => invoice.subscription === id)
    .map(({ finalizedAt }) => finalizedAt ?? 0)
    .filter((second) => second >= lastGood);
  const firstOverdue = overdue.find((second) => second > lastGood) ?? overdue[0] ?? period.start;
  return {
    ...{ id, status, since: created, until: period.end, endsAt: cancelAt, endedAt },
    unpaidSince: isUnpaid ? Math.min(...(finalized.length > 0 ? finalized : [firstOverdue])) : null,
    ...(collectionPaused ? { pause: { behavior: "keep_as_draft", resumesAt: null } } : {}),
  };
}
