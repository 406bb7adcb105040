// Keeps the last state of an object decidable from its events alone. Stripe's clock has whole seconds, so
// what happens to one object within a second must tell its own order: by the lifecycle of its status, or by
// `previous_attributes` that no value comes back to.
import type { PreviousAttributes, StripeObject } from "./event.ts";
import { returnsTo } from "./previous.ts";
import type { StripeRecord } from "./records.ts";

/** One event: the state it left, and what it says of the state it found. */
export type Telling = {
  type: string;
  record: StripeRecord;
  object: StripeObject;
  previous: PreviousAttributes | null;
};

/** Every event of one object in its newest second. */
export type Second = { at: number; tellings: Telling[] };

/** How far along each status is. What a reader may see as alternating shares a rank. */
const RANKS: { [object: string]: { [status: string]: number } } = {
  subscription: {
    incomplete: 0,
    trialing: 1,
    active: 1,
    past_due: 1,
    unpaid: 1,
    paused: 1,
    incomplete_expired: 2,
    canceled: 2,
  },
  invoice: { draft: 0, open: 1, uncollectible: 1, paid: 2, void: 3 },
  payment_intent: {
    requires_payment_method: 0,
    requires_action: 0,
    processing: 0,
    requires_capture: 0,
    succeeded: 1,
    canceled: 1,
  },
  charge: { pending: 0, failed: 1, succeeded: 1 },
  refund: { pending: 0, requires_action: 0, succeeded: 1, failed: 2, canceled: 2 },
  dispute: { warning_closed: 1, won: 1, lost: 1 },
  setup_intent: { succeeded: 1, canceled: 1 },
  payout: { pending: 0, in_transit: 1, paid: 2, failed: 3, canceled: 3 },
  credit_note: { issued: 0, void: 1 },
  subscription_schedule: { active: 0, completed: 1, released: 1, canceled: 1 },
  "checkout.session": { open: 0, complete: 1, expired: 1 },
};

/** Ids that are never used again. */
const TOMBSTONES: readonly string[] = [
  "customer.deleted",
  "customer.discount.deleted",
  "invoice.deleted",
  "invoiceitem.deleted",
];

/** What can be deleted and made again with its id: its deletion is a state like others. */
const REBORN: readonly string[] = ["coupon", "plan", "price", "product"];

const BEFORE_ALL = -1;
const AFTER_ALL = 100;

/** Whether the event may happen in the second of those before it. */
export function isDecidable(earlier: readonly Telling[], next: Telling): boolean {
  if (isReborn(next) && earlier.length > 0) return false;
  const furthest = Math.max(BEFORE_ALL - 1, ...earlier.map(rankOf));
  if (rankOf(next) !== furthest) return rankOf(next) > furthest;
  const rivals = earlier.filter((telling) => rankOf(telling) === furthest);
  if (rivals.every((rival) => rival.record === next.record)) return true;
  if ([...rivals, next].some((rival) => rival.previous === null)) return false;
  return !rivals.some((rival) => returnsTo(rival.previous ?? {}, next.object));
}

function isReborn({ type, record }: Telling): boolean {
  return type.endsWith(".deleted") && REBORN.includes(record.object);
}

function rankOf({ type, record }: Telling): number {
  if (type.endsWith(".created")) return BEFORE_ALL;
  if (TOMBSTONES.includes(type)) return AFTER_ALL;
  return "status" in record ? (RANKS[record.object]?.[record.status] ?? 0) : 0;
}
