// What happened to a customer's entitlements: features came, and went.
import type { EntitlementState } from "../nouns/entitlement.ts";
import { type Change, type Told, told } from "./fact.ts";

type Features = {
  /** By their lookup keys. */
  features: string[];
};

export type EntitlementFacts = {
  /** These features came to those that the customer has. */
  "entitlement.granted": Features;
  /** The customer has these features no more; never told by a list that Stripe cut. */
  "entitlement.revoked": Features;
};

/** What a cut list leaves out did not go. */
export function entitlementFacts({ was, is }: Change<EntitlementState>): Told<EntitlementFacts>[] {
  const before = was?.features ?? [];
  const granted = is.features.filter((feature) => !before.includes(feature));
  const revoked = before.filter((feature) => !is.features.includes(feature));
  return told<EntitlementFacts>({
    "entitlement.granted": granted.length > 0 && { features: granted },
    "entitlement.revoked": is.incomplete === undefined && revoked.length > 0 && { features: revoked },
  });
}
