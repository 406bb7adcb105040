// A subscription: what a customer pays for again and again, and until when it runs.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { entries, flag, integer, member, metadata, text } from "../fields.ts";
import type { JsonObject } from "../json.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

/** All times are seconds since the epoch. */
export type SubscriptionState = {
  status: string | null;
  customer: string | null;
  currency: string | null;
  items: SubscriptionItem[];
  startedAt: number | null;
  trialEnd: number | null;
  /** When it will end, if that is set; flexible billing sets it without `cancelAtPeriodEnd`. */
  cancelAt: number | null;
  cancelAtPeriodEnd: boolean | null;
  canceledAt: number | null;
  endedAt: number | null;
  latestInvoice: string | null;
  metadata: Record<string, string>;
  /** Lists that Stripe cut at ten. */
  incomplete?: string[];
};

export type SubscriptionItem = {
  id: string | null;
  price: string | null;
  product: string | null;
  quantity: number | null;
  periodStart: number | null;
  periodEnd: number | null;
};

function project(object: StripeObject): SubscriptionState {
  return {
    status: text(object.status),
    customer: customerOf(object),
    currency: text(object.currency),
    items: entries(object.items).map((item) => projectItem(item, object)),
    startedAt: integer(object.start_date) ?? integer(object.start),
    trialEnd: integer(object.trial_end),
    cancelAt: integer(object.cancel_at),
    cancelAtPeriodEnd: flag(object.cancel_at_period_end),
    canceledAt: integer(object.canceled_at),
    endedAt: integer(object.ended_at),
    latestInvoice: referenceId(object.latest_invoice),
    metadata: metadata(object.metadata),
    ...(member(object.items, "has_more") === true ? { incomplete: ["items"] } : {}),
  };
}

/** Since 2025-03-31.basil periods are the items', before the subscription's; a price was a plan before it was a price. */
function projectItem(item: JsonObject, subscription: StripeObject): SubscriptionItem {
  const price = item.price ?? item.plan;
  return {
    id: text(item.id),
    price: referenceId(price),
    product: referenceId(member(price, "product")),
    quantity: integer(item.quantity),
    periodStart: integer(item.current_period_start) ?? integer(subscription.current_period_start),
    periodEnd: integer(item.current_period_end) ?? integer(subscription.current_period_end),
  };
}

// "How subscriptions work", docs.stripe.com/billing/subscriptions/overview#subscription-statuses.
const LIFECYCLE: Lifecycle = {
  ranks: {
    incomplete: 0,
    trialing: 1,
    active: 1,
    past_due: 1,
    unpaid: 1,
    paused: 1,
    incomplete_expired: 2,
    canceled: 2,
  },
  terminal: ["incomplete_expired", "canceled"],
};

/** `customer.subscription.deleted` is no tombstone: the subscription lives on as `canceled` (D4). */
export const subscription: Noun<SubscriptionState> = {
  name: "subscription",
  home: "customer",
  outlivesDeletion: true,
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
};
