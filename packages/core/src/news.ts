// Thin events that tell all there is to know: nothing is fetched for them.
import type { Snapshot, StripeObject, Thin } from "./event.ts";

/** What such an event tells of the object that it names. */
const NEWS: Readonly<Record<string, (id: string) => StripeObject>> = {
  // In Accounts v2 this takes the place of `customer.deleted`. The account's own object has no customers, and no end.
  "v2.core.account.closed": (id) => ({ object: "customer_account", id, closed: true }),
};

/** Their types. */
export const NEWS_TYPES: readonly string[] = Object.keys(NEWS);

/** The event as a snapshot; null where its object has to be fetched. */
export function newsIn(event: Thin): Snapshot | null {
  if (!Object.hasOwn(NEWS, event.type)) return null;
  const { related, snapshotEvent: _, ...rest } = event;
  const object = related?.id && NEWS[event.type]?.(related.id);
  return object ? { ...rest, kind: "snapshot", apiVersion: null, object, previous: null } : null;
}
