// An alert: a customer's usage reached what a billing alert waits for.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { integer, member, text } from "../fields.ts";
import type { Json } from "../json.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type AlertState = {
  /** The billing alert's id. */
  alert: string | null;
  customer: string | null;
  title: string | null;
  /** Such as `usage_threshold`. */
  type: string | null;
  meter: string | null;
  /** From which value on it is triggered, in the meter's units. */
  threshold: number | null;
  /** Stripe's `one_time`, or how often it may be triggered again. */
  recurrence: string | null;
  /** What was reached, in the meter's units. */
  value: number | null;
  /** The last time, in seconds since the epoch. */
  triggeredAt: number | null;
};

function project(object: StripeObject): AlertState {
  const usage = member(object.alert, "usage_threshold");
  return {
    alert: referenceId(object.alert),
    customer: customerOf(object),
    title: text(member(object.alert, "title")),
    type: text(member(object.alert, "alert_type")),
    meter: referenceId(member(usage, "meter")),
    threshold: quantity(member(usage, "gte")),
    recurrence: text(member(usage, "recurrence")),
    value: quantity(object.value),
    triggeredAt: integer(object.created),
  };
}

/** What is metered need not be whole. */
function quantity(value: Json | undefined): number | null {
  return typeof value === "number" ? value : null;
}

/** Stripe gives it no id: there is one of an alert and a customer. */
function rowIdOf(object: StripeObject): string | null {
  const alert = referenceId(object.alert);
  const customer = customerOf(object);
  return alert === null || customer === null ? alert : `${alert}:${customer}`;
}

export const alert: Noun<AlertState> = {
  name: "alert",
  home: "own",
  rowIdOf,
  project,
  customerOf: (state) => state.customer,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
