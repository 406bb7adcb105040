// A price: what one of a product costs, and how many of it there are.
import { referenceId, type StripeObject } from "../event.ts";
import { flag, integer, member, metadata, text } from "../fields.ts";
import { REUSABLE } from "../lifecycle.ts";
import type { Level, Noun } from "../noun.ts";
import { STOCK } from "./stock.ts";

export type PriceState = {
  product: string | null;
  /** Whether it can be used for new purchases. */
  active: boolean | null;
  currency: string | null;
  /** Minor units; null where they are a fraction, or depend on the quantity or the buyer. */
  unitAmount: number | null;
  /** Minor units as a decimal: only where they are a fraction. */
  unitAmountDecimal: string | null;
  /** Stripe's `one_time` or `recurring`. */
  type: string | null;
  /** A recurring price is billed every `intervalCount` of Stripe's `day`, `week`, `month` or `year`. */
  interval: string | null;
  intervalCount: number | null;
  nickname: string | null;
  lookupKey: string | null;
  /** How many there are to sell, where `metadata.capacity` says so. */
  capacity: number | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): PriceState {
  const told = metadata(object.metadata);
  const unitAmount = integer(object.unit_amount);
  return {
    product: referenceId(object.product),
    active: flag(object.active),
    currency: text(object.currency),
    unitAmount,
    unitAmountDecimal: unitAmount === null ? text(object.unit_amount_decimal) : null,
    type: text(object.type),
    interval: text(member(object.recurring, "interval")),
    intervalCount: integer(member(object.recurring, "interval_count")),
    nickname: text(object.nickname),
    lookupKey: text(object.lookup_key),
    capacity: capacityOf(told),
    created: integer(object.created),
    metadata: told,
  };
}

/** A text that is no whole number limits nothing: a typo must not make an event sold out. */
function capacityOf({ capacity }: Record<string, string>): number | null {
  return capacity !== undefined && /^\d+$/.test(capacity) ? integer(Number(capacity)) : null;
}

/** `limited` tells a capacity of zero from one that nobody gave. */
function levels({ capacity }: PriceState, id: string): Level[] {
  return capacity === null ? [] : [{ noun: STOCK, id, amounts: { capacity, limited: 1 } }];
}

export const price: Noun<PriceState> = {
  name: "price",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: () => null,
  lifecycleOf: () => REUSABLE,
  levels,
};
