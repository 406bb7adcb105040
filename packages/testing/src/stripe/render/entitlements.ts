// What a customer is entitled to: the one object with neither an id nor a time of its own.
import type { EntitlementSummary } from "../billing-records.ts";
import { list, type View } from "./list.ts";

export function renderEntitlements({ id: customer, entitlements }: EntitlementSummary, { options }: View) {
  const url = `/v1/customer/${customer}/entitlements`;
  return {
    object: "entitlements.active_entitlement_summary",
    customer,
    entitlements: list(entitlements, url, ({ id, feature }) => ({
      id,
      object: "entitlements.active_entitlement",
      feature: feature.id,
      livemode: options.livemode,
      lookup_key: feature.lookupKey,
    })),
    livemode: options.livemode,
  };
}
