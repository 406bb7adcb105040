// What happened to a subscription: what a business does something about, from its first day to its last.
import type { SubscriptionItem, SubscriptionState } from "../nouns/subscription.ts";
import type { Cancellation } from "../subscription-details.ts";
import { became, type Change, type Told, told } from "./fact.ts";

/** Times are seconds since the epoch. */
type Period = { periodStart: number | null; periodEnd: number | null };
type Item = Pick<SubscriptionItem, "id" | "price" | "quantity">;
type Ending = { endedAt: number | null };
/** Null where Stripe does not say why. */
type Why = { cancellation: Cancellation | null };

export type SubscriptionFacts = {
  /** The first event of a subscription came. */
  "subscription.created": { items: Item[]; startedAt: number | null };
  /** Its trial runs. */
  "subscription.trial_started": { trialStart: number | null; trialEnd: number | null };
  /** It ends soon: Stripe says so three days before, or at once where the trial is shorter. */
  "subscription.trial_will_end": { trialEnd: number | null };
  /**
   * Once: it was active, and the invoice of a period after any trial is paid, or asks for nothing. Without invoice
   * events it is never told.
   */
  "subscription.activated": { items: Item[] } & Period;
  /** The next period began while it was active: `items` are those whose period it is. */
  "subscription.renewed": { items: Item[] } & Period;
  /** Its items, their prices or their quantities are others than before. */
  "subscription.changed": { items: Item[]; previous: Item[] };
  /** A payment failed, and Stripe tries it again. */
  "subscription.past_due": Period;
  /** The retries are over, and Stripe leaves it in place. */
  "subscription.unpaid": Period;
  /** Nothing is overdue any more: for the period that had begun unpaid this stands in for `renewed`. */
  "subscription.recovered": Period;
  /** Its trial ended without a payment method. */
  "subscription.paused": Period;
  /** It runs again after it was paused. */
  "subscription.resumed": Period;
  /** Its invoices are not collected, while its status stays as it is. */
  "subscription.collection_paused": { behavior: string | null; resumesAt: number | null };
  /** Its invoices are collected again. */
  "subscription.collection_resumed": Period;
  /** It is set to end; also told where the end moves. */
  "subscription.cancel_scheduled": { endsAt: number } & Why;
  /** It goes on: it was to end at `endsAt`. */
  "subscription.cancel_withdrawn": { endsAt: number | null };
  /** It has ended, for good. */
  "subscription.canceled": Ending & Why;
  /** Its first payment never came. */
  "subscription.expired": Ending;
};

type Maybe<Name extends keyof SubscriptionFacts> = SubscriptionFacts[Name] | false;

export function subscriptionFacts(change: Change<SubscriptionState>): Told<SubscriptionFacts>[] {
  const { was, is } = change;
  const { startedAt, trialStart, trialEnd, endedAt } = is;
  const items = itemsOf(is);
  const period = periodOf(is.items);
  const move = moveOf(change);
  return told<SubscriptionFacts>({
    "subscription.created": was === null && { items, startedAt },
    "subscription.trial_started": became(change, "trialing") && { trialStart, trialEnd },
    "subscription.trial_will_end": isReminded(change) && { trialEnd: is.remindedOf ?? null },
    "subscription.activated": is.activated === true && !was?.activated && { items, ...period },
    "subscription.renewed": renewalOf(change),
    "subscription.changed": alterationOf(change),
    "subscription.past_due": became(change, "past_due") && period,
    "subscription.unpaid": became(change, "unpaid") && period,
    "subscription.recovered": move === "recovered" && period,
    "subscription.paused": became(change, "paused") && period,
    "subscription.resumed": move === "resumed" && period,
    "subscription.collection_paused": !isCollectionPaused(was) && is.pause !== null && is.pause,
    "subscription.collection_resumed": isCollectionPaused(was) && is.pause === null && period,
    ...plansToEnd(change),
    "subscription.canceled": became(change, "canceled") && { endedAt, ...whyOf(is) },
    "subscription.expired": became(change, "incomplete_expired") && { endedAt },
  });
}

function isCollectionPaused(subscription: SubscriptionState | null): boolean {
  return subscription !== null && subscription.pause !== null;
}

function isReminded({ was, is }: Change<SubscriptionState>): boolean {
  return (is.remindedOf ?? 0) > (was?.remindedOf ?? 0);
}

type Move = "recovered" | "resumed" | "none";

const CAME_BACK_FROM: ReadonlyMap<string | null | undefined, Move> = new Map([
  ["past_due", "recovered"],
  ["unpaid", "recovered"],
  ["paused", "resumed"],
]);

/** What it means that a subscription runs depends on what it comes from. */
function moveOf({ was, is }: Change<SubscriptionState>): Move {
  const runs = is.status === "active" || is.status === "trialing";
  return runs ? (CAME_BACK_FROM.get(was?.status) ?? "none") : "none";
}

/**
 * An item's next period begins where its last one ended, or later; a new anchor within one is no renewal. An item that
 * takes the place of others, as a schedule's next phase does, begins the next one where the first of theirs ended.
 */
function renewalOf({ was, is }: Change<SubscriptionState>): Maybe<"subscription.renewed"> {
  if (was?.status !== "active" || is.status !== "active") return false;
  const ends = new Map(was.items.map(({ id, periodEnd }) => [id, periodEnd]));
  const replaced = firstEndOf(was.items.filter(({ id }) => !is.items.some((item) => item.id === id)));
  const renewed = is.items.filter((item) => {
    return isBeyond(item, ends.has(item.id) ? (ends.get(item.id) ?? null) : replaced);
  });
  return renewed.length > 0 && { items: renewed.map(itemOf), ...periodOf(renewed) };
}

function firstEndOf(items: SubscriptionItem[]): number | null {
  const ends = items.map(({ periodEnd }) => periodEnd).filter((end) => end !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}

function isBeyond({ periodStart, periodEnd }: SubscriptionItem, end: number | null): boolean {
  if (periodStart === null || periodEnd === null || end === null) return false;
  return periodStart >= end && periodEnd > end;
}

/** What a cut list leaves out did not go. */
function alterationOf({ was, is }: Change<SubscriptionState>): Maybe<"subscription.changed"> {
  if (was === null || was.incomplete !== undefined || is.incomplete !== undefined) return false;
  const [previous, items] = [itemsOf(was), itemsOf(is)];
  return textOf(previous) !== textOf(items) && { items, previous };
}

type Plans = "subscription.cancel_scheduled" | "subscription.cancel_withdrawn";

/** What has ended has no plans to. */
function plansToEnd({ was, is }: Change<SubscriptionState>): { [Name in Plans]: Maybe<Name> } {
  const before = was?.endsAt ?? null;
  const moved = !hasEnded(is) && is.endsAt !== before;
  return {
    "subscription.cancel_scheduled": moved && is.endsAt !== null && { endsAt: is.endsAt, ...whyOf(is) },
    "subscription.cancel_withdrawn": moved && is.endsAt === null && { endsAt: before },
  };
}

function whyOf({ cancellation }: SubscriptionState): Why {
  return { cancellation: cancellation ?? null };
}

function hasEnded({ status }: SubscriptionState): boolean {
  return status === "canceled" || status === "incomplete_expired";
}

/** By id: Stripe's order of items says nothing. */
function itemsOf({ items }: SubscriptionState): Item[] {
  return items.map(itemOf).sort((one, other) => ((one.id ?? "") < (other.id ?? "") ? -1 : 1));
}

function itemOf({ id, price, quantity }: SubscriptionItem): Item {
  return { id, price, quantity };
}

function textOf(items: Item[]): string {
  return JSON.stringify(items.map(({ id, price, quantity }) => [id, price, quantity]));
}

/** The one that ends last. */
function periodOf(items: SubscriptionItem[]): Period {
  const [last] = items.toSorted((one, other) => (other.periodEnd ?? 0) - (one.periodEnd ?? 0));
  return { periodStart: last?.periodStart ?? null, periodEnd: last?.periodEnd ?? null };
}
