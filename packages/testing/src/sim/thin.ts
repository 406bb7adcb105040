// The thin event of a change, beside its snapshot event or in its place.
import type { StripeEvent } from "../stripe/event.ts";

/** What is deleted cannot be fetched any more: the types of which that never happens. */
const THIN_TYPES: readonly string[] = [
  "charge",
  "checkout.session",
  "dispute",
  "invoice_payment",
  "payment_intent",
  "payment_method",
  "payout",
  "refund",
  "setup_intent",
  "subscription",
];

/** Whether an account may have the events of this object's type as thin events only. */
export function canBeThinOnly({ data: { object } }: StripeEvent): boolean {
  return THIN_TYPES.includes(object.object);
}

/** Singletons and what has no id of its own are told in snapshots only. */
export function canBeThin({ data: { object } }: StripeEvent): boolean {
  return typeof object.id === "string";
}

export function thinOf({ id, type, created, livemode, account, data: { object } }: StripeEvent) {
  return {
    id: thinIdOf(id),
    object: "v2.core.event",
    type: `v1.${type}`,
    created: new Date(created * 1_000).toISOString(),
    livemode,
    ...(account === undefined ? {} : { context: account }),
    related_object: { id: object.id, type: object.object, url: null },
    snapshot_event: id,
  };
}

/** The thin event of the same change. */
export function thinIdOf(id: string): string {
  return id.replace("evt_", "evt_thin_");
}
