// The ledger: one row per event seen, which says what became of it and makes redelivery harmless (D6).
import { secondsAhead } from "./ahead.ts";
import type { ParkReason } from "./errors.ts";
import { objectIdOf, type StripeEvent, type StripeObject } from "./event.ts";
import { type Key, ledgerKey, partition, type Relation } from "./keys.ts";
import type { Reason } from "./order.ts";
import { nounOfObject } from "./registry.ts";

/** What became of one delivery. A redelivery is a `duplicate` and leaves the ledger as it is. */
export type Outcome = "applied" | "superseded" | "duplicate" | "ignored" | "parked";

/** D4's reason, or why there was no row to decide about. */
export type SettledReason =
  | Reason
  | ParkReason
  | "no-row"
  | "not-found"
  | "ping"
  | "other-mode"
  | "seen-before"
  | "told-by-snapshot";

export type LedgerEntry = {
  key: Key;
  event: string;
  type: string;
  /** Of the object the event is about. */
  object: string | null;
  /** Finds its partition by that object, where no row of the object's own does. */
  relation?: Relation;
  /** Missing while all that is known is that handling started. */
  outcome?: Outcome;
  reason?: SettledReason;
  /** How often its message had been received. */
  receives: number;
  /** The receives that started it alone, of which nobody said yet that they came back (D8). */
  started?: string[];
  /** Seconds since the epoch: when this was written, and when it may be forgotten. */
  at: number;
  expires: number;
  /** Seconds from the event's creation to `at`; below zero where the event is more than a day ahead. */
  lag: number;
};

export type LedgerTimes = {
  /** Seconds since the epoch. */
  now: number;
  /** Seconds for which an entry is kept. */
  keep: number;
};

export function entryOf(
  tenant: string,
  event: StripeEvent,
  receives: number,
  { now, keep }: LedgerTimes,
): LedgerEntry {
  const key = ledgerKey(tenant, event);
  const relation = relationOf(tenant, event, key);
  return {
    key,
    event: event.id,
    type: event.type,
    object: objectIdOf(event),
    ...(relation && { relation }),
    receives,
    at: now,
    expires: now + keep,
    lag: secondsAhead(event, now) > 0 ? now - event.created : Math.max(0, now - event.created),
  };
}

/**
 * A row of its own says whose partition the events of an object are in. Only what has none, as a charge of an intent,
 * needs index entries, and no other event pays for one; nor does an event that follows another of the same object.
 */
function relationOf(tenant: string, event: StripeEvent, { pk, sk }: Key): Relation | undefined {
  const object = objectIdOf(event);
  if (object === null || event.kind === "thin" || hasOwnRow(event.object, object)) return undefined;
  if (NEVER_FIRST.has(event.type) || event.type.endsWith(".updated")) return undefined;
  const gsi1pk = partition(tenant, object);
  return gsi1pk === pk ? undefined : { gsi1pk, gsi1sk: sk };
}

/** What is pending comes about or fails, and what is captured or refunded was told of before. */
const NEVER_FIRST: ReadonlySet<string> = new Set(["charge.pending", "charge.captured", "charge.refunded"]);

function hasOwnRow(object: StripeObject, id: string): boolean {
  const { rowIdOf } = nounOfObject(object);
  try {
    return rowIdOf === undefined || rowIdOf(object) === id;
  } catch {
    // Deciding threw the same, and this entry is to say so.
    return true;
  }
}

/** Whether an entry refuses every other outcome: a parked event may be redriven, an expired one is as good as gone. */
export function isFinal(entry: LedgerEntry | undefined, now: number): boolean {
  if (entry?.outcome === undefined || entry.outcome === "parked") return false;
  return entry.expires > now;
}
