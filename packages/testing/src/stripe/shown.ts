// Which object an event shows: an id alone does not say it.
import type { StripeObject } from "./event.ts";

/**
 * Its type and id, or null where Stripe gives it no identity. Two have none of their own: the account has one balance,
 * and a customer one summary of entitlements.
 */
export function identityOf({ object, id, customer }: StripeObject): string | null {
  if (object === "balance") return "balance balance";
  const known = object === "entitlements.active_entitlement_summary" ? customer : id;
  return typeof known === "string" ? `${object} ${known}` : null;
}
