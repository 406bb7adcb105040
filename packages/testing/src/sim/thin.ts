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

/** Whether a change of this object may be told in a thin event: its row then ends as if it were not. */
export function canBeThin({ data: { object } }: StripeEvent): boolean {
  return THIN_TYPES.includes(object.object);
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

/** The snapshot event of the same change; the id of a snapshot event is its own. */
export function snapshotIdOf(id: string): string {
  return id.replace("evt_thin_", "evt_");
}

/** The thin event of the same change. */
export function thinIdOf(id: string): string {
  return id.replace("evt_", "evt_thin_");
}
