// A subscription: what a customer pays for again and again, and until when it runs.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { entries, flag, integer, member, metadata, text } from "../fields.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { isWhole } from "../list.ts";
import { type Naming, namesIn } from "../naming.ts";
import type { Join, Noun, Sources, Standing } from "../noun.ts";
import { type SubscriptionDetails, subscriptionDetailsOf } from "../subscription-details.ts";
import { condenseSubscription, OVERDUE, overdueBy, subscriptionEvidence } from "../subscription-evidence.ts";
import { accountJoin } from "./customer-account.ts";
import { type ProfileEntry, profileJoin } from "./profile.ts";
import { referenceLevels } from "./reference.ts";

/** All times are seconds since the epoch. */
export type SubscriptionState = SubscriptionDetails & {
  status: string | null;
  customer: string | null;
  currency: string | null;
  items: SubscriptionItem[];
  startedAt: number | null;
  trialStart: number | null;
  trialEnd: number | null;
  /** When it will end, if that is set; flexible billing sets it without `cancelAtPeriodEnd`. */
  cancelAt: number | null;
  cancelAtPeriodEnd: boolean | null;
  /** When it will end by either of the two; null where it goes on. */
  endsAt: number | null;
  canceledAt: number | null;
  endedAt: number | null;
  /** Stripe's `charge_automatically` or `send_invoice`. */
  collectionMethod: string | null;
  /** Set while its invoices are not collected; its status does not tell. */
  pause: SubscriptionPause | null;
  /** The subscription schedule that changes it. */
  schedule: string | null;
  latestInvoice: string | null;
  metadata: Record<string, string>;
  /** It was active, and a period after any trial is paid for (a total of zero counts): true once and for good. */
  activated?: true;
  /** The end of the trial that Stripe last reminded of, some days before it. */
  remindedOf?: number;
  /** The value of the metadata member that the setting `customerReference` names. */
  reference?: string;
  /** The value of the metadata member that the setting `label` names. */
  label?: string;
  /** Lists that Stripe cut at ten, or did not send. */
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

/** What becomes of the invoices meanwhile, such as `keep_as_draft`, and until when; null is until further notice. */
export type SubscriptionPause = { behavior: string | null; resumesAt: number | null };

function project(object: StripeObject, _: string, naming?: Naming): SubscriptionState {
  const items = entries(object.items).map((item) => projectItem(item, object));
  return {
    status: text(object.status),
    customer: customerOf(object),
    currency: text(object.currency) ?? currencyOf(object),
    items,
    startedAt: integer(object.start_date) ?? integer(object.start),
    trialStart: integer(object.trial_start),
    trialEnd: integer(object.trial_end),
    ...endOf(object, items),
    collectionMethod: text(object.collection_method),
    pause: projectPause(object.pause_collection),
    schedule: referenceId(object.schedule),
    latestInvoice: referenceId(object.latest_invoice),
    metadata: metadata(object.metadata),
    ...subscriptionDetailsOf(object),
    ...namesIn(object.metadata, naming),
    ...(isWhole(object.items) ? {} : { incomplete: ["items"] }),
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

function endOf(object: StripeObject, items: SubscriptionItem[]) {
  const cancelAt = integer(object.cancel_at);
  const cancelAtPeriodEnd = flag(object.cancel_at_period_end);
  return {
    cancelAt,
    cancelAtPeriodEnd,
    endsAt: cancelAt ?? (cancelAtPeriodEnd ? firstEnd(items) : null),
    canceledAt: integer(object.canceled_at),
    endedAt: integer(object.ended_at),
  };
}

/** Of what is paid for longest: flexible billing gives items periods of their own. */
function latestOf(items: SubscriptionItem[], edge: "periodStart" | "periodEnd"): number | null {
  const times = timesOf(items, edge);
  return times.length === 0 ? null : Math.max(...times);
}

/** "Adds more flexibility for how you manage subscription end-of-period cancellations", changelog: the earliest. */
function firstEnd(items: SubscriptionItem[]): number | null {
  const ends = timesOf(items, "periodEnd");
  return ends.length === 0 ? null : Math.min(...ends);
}

function timesOf(items: SubscriptionItem[], edge: "periodStart" | "periodEnd"): number[] {
  return items.map((item) => item[edge]).filter((time) => time !== null);
}

/** All items of a subscription have one currency, which older events do not name beside them. */
function currencyOf({ items }: StripeObject): string | null {
  const [first] = entries(items);
  return text(member(first?.price ?? first?.plan, "currency"));
}

function projectPause(collection: Json | undefined): SubscriptionPause | null {
  if (!isObject(collection)) return null;
  return { behavior: text(collection.behavior), resumesAt: integer(collection.resumes_at) };
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

/** Of a subscription that only an invoice tells of. */
const UNKNOWN = project({ object: "subscription" }, "");

function derive({ own = UNKNOWN, evidence: { greatest } }: Sources<SubscriptionState>): SubscriptionState {
  if (!greatest?.activated && !greatest?.reminded) return own;
  return {
    ...own,
    ...(greatest.activated ? { activated: true } : {}),
    ...(greatest.reminded ? { remindedOf: greatest.reminded } : {}),
  };
}

/** What it gives its customer: nothing any more once it is gone from Stripe. */
function joins({ state, own, evidence, deleted }: Standing<SubscriptionState>): Join[] {
  if (deleted || own === undefined) return [];
  const { status, customer, startedAt, endsAt, endedAt, items, pause, incomplete, label } = state;
  const entry: ProfileEntry = {
    status,
    since: startedAt,
    until: latestOf(items, "periodEnd"),
    endsAt,
    unpaidSince: null,
    endedAt,
    ...(OVERDUE.has(status) ? overdueBy(evidence, latestOf(items, "periodStart")) : {}),
    ...(pause ? { pause } : {}),
    ...(incomplete ? { itemsCut: true } : {}),
    ...(label === undefined ? {} : { label }),
  };
  return [...profileJoin(customer, entry), ...accountJoin(state.customerAccount, customer)];
}

/** `customer.subscription.deleted` is no tombstone: the subscription lives on as `canceled` (D4). */
export const subscription: Noun<SubscriptionState> = {
  name: "subscription",
  home: "customer",
  outlivesDeletion: true,
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  evidence: subscriptionEvidence,
  condense: condenseSubscription,
  derive,
  levels: ({ customer, reference }) => referenceLevels(customer, "metadata", reference),
  joins,
};
