// Upgrades and other changes of what a subscription consists of, with the part of the period that is left
// charged at once.
import { bill } from "./billing.ts";
import { emit } from "./emit.ts";
import { tellSubscription } from "./entitlements.ts";
import { draftInvoice, invoiceLine } from "./invoices.ts";
import type { InvoiceLine, Subscription, SubscriptionItem } from "./records.ts";
import { change, find, type Sandbox } from "./sandbox.ts";
import { unscheduled } from "./subscriptions.ts";

/** Of the first item, unless another is named. */
export type ItemChange = { item?: string; price?: string; quantity?: number };

/** What makes the rest of the period dearer is prorated and collected now; what makes it cheaper is not paid back. */
export function changeItem(sandbox: Sandbox, id: string, wanted: ItemChange): Subscription {
  const subscription = unscheduled(sandbox, id);
  const [before, after] = itemsOf(sandbox, subscription, wanted);
  const items = subscription.items.map((item) => (item === before ? after : item));
  const isBilled = subscription.status === "active" || subscription.status === "past_due";
  const lines = isBilled ? prorations(sandbox, subscription, before, after) : [];
  if (lines.length === 0) {
    const changed = change(sandbox, subscription, { items });
    tellSubscription(sandbox, changed, "customer.subscription.updated");
    return changed;
  }
  return charged(sandbox, subscription, items, lines);
}

function itemsOf(
  sandbox: Sandbox,
  { id, items }: Subscription,
  { item, price, quantity }: ItemChange,
): [SubscriptionItem, SubscriptionItem] {
  const before = items.find((one) => item === undefined || one.id === item);
  if (before === undefined) throw new Error(`${id} has no such item.`);
  const priced = price === undefined ? before.price : find(sandbox, "price", price);
  if (priced.interval !== before.price.interval) throw new Error("A change of interval is not simulated.");
  return [before, { ...before, price: priced, quantity: quantity ?? before.quantity }];
}

/** A credit for the rest of the old and a charge for the rest of the new; nothing where that is no gain. */
function prorations(
  sandbox: Sandbox,
  { period }: Subscription,
  before: SubscriptionItem,
  after: SubscriptionItem,
): InvoiceLine[] {
  const left = (period.end - sandbox.now) / (period.end - period.start);
  const [unused, debit] = [Math.round(worth(before) * left), Math.round(worth(after) * left)];
  if (debit <= unused) return [];
  const shared = {
    proration: true,
    period: { start: sandbox.now, end: period.end },
    subscriptionItem: before.id,
  };
  return [
    invoiceLine(sandbox, { ...shared, ...sold(before, "Unused time on"), amount: 0 - unused }),
    invoiceLine(sandbox, { ...shared, ...sold(after, "Remaining time on"), amount: debit }),
  ];
}

function worth({ price, quantity }: SubscriptionItem): number {
  return price.unitAmount * quantity;
}

function sold({ price, quantity }: SubscriptionItem, what: string) {
  return { price, quantity, description: `${what} ${quantity} × ${price.nickname ?? price.product}` };
}

function charged(
  sandbox: Sandbox,
  subscription: Subscription,
  items: SubscriptionItem[],
  lines: InvoiceLine[],
): Subscription {
  const { customer, period } = subscription;
  const draft = draftInvoice(sandbox, {
    ...{ customer, subscription, lines, period, finalizesAt: null },
    reason: "subscription_update",
  });
  const changed = change(sandbox, subscription, { items, latestInvoice: draft.id });
  tellSubscription(sandbox, changed, "customer.subscription.updated");
  emit(sandbox, draft, "invoice.created");
  bill(sandbox, draft);
  return find(sandbox, "subscription", subscription.id);
}
