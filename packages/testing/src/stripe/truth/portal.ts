// The truth about visits of the customer portal.
import type { PortalSession } from "../billing-records.ts";
import type { TruthRow } from "./row.ts";

/** Nothing by which somebody could sign in is kept. */
export function portalRow({ id, object, customer, created }: PortalSession): TruthRow {
  const state = { object, created, url: undefined, return_url: undefined };
  return { noun: "generic", id, customer, status: null, deleted: false, state };
}
