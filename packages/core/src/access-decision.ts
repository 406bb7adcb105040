// A decision on access, of a customer or of one subscription, and what it goes by beside what Stripe told. Below both
// what decides on a subscription and what picks the best of several.
import type { AccessPolicy } from "./access-policy.ts";

export type AccessReason =
  | "trialing"
  | "active"
  | "past-due-in-grace"
  | "past-due"
  | "unpaid"
  | "paused"
  /** Its invoices are not collected for now, and the policy gives no access meanwhile. */
  | "collection-paused"
  | "incomplete"
  | "incomplete-expired"
  | "canceled"
  /** Its scheduled end has passed, and the policy does not wait for Stripe. */
  | "ended"
  | "unknown-status"
  | "customer-deleted"
  /** No event told of this customer. */
  | "unknown-customer"
  /** The customer is known, and no subscription of theirs. */
  | "never-subscribed"
  /** No subscription was told of, but Stripe told of this entitlement. */
  | "entitled"
  | "not-entitled"
  /** Stripe never told of this customer's entitlements. */
  | "entitlements-unknown"
  /** The list was cut, and the feature is not among those that were told. */
  | "entitlements-cut";

/** Whether there is access, why, and how certain that is. */
export type AccessDecision = {
  granted: boolean;
  reason: AccessReason;
  /**
   * False where something unseen could change a refusal: an event from before the first deployment, one that is on
   * its way, or what Stripe did not tell (D22).
   */
  certain: boolean;
};

/**
 * What came before the first event that was handled: `none` where the Stripe account had no customers by then, so that
 * what no event told of does not exist; `unknown` otherwise.
 */
export type History = "none" | "unknown";

export type AccessOptions = {
  /** Seconds since the epoch. */
  now: number;
  policy?: Partial<AccessPolicy> | undefined;
  /** `unknown` where it is not given: no refusal is then certain but that of a deleted customer. */
  history?: History | undefined;
  /** The customer's own row, where there is one: without it nobody knows that there is such a customer. */
  customer?: { deleted: boolean } | undefined;
};
