// An entitlement: the features that a customer may use by what they pay for, as Stripe sums them up.
import { customerOf, type StripeObject } from "../event.ts";
import { entries, text } from "../fields.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import { isWhole } from "../list.ts";
import type { Noun } from "../noun.ts";
import { profileJoin } from "./profile.ts";

export type EntitlementState = {
  customer: string | null;
  /** Lookup keys in ascending order, each once: those that Stripe sent. */
  features: string[];
  /** Lists that Stripe cut at ten, or did not send: a feature that is not among them may still be granted. */
  incomplete?: string[];
};

function project(object: StripeObject): EntitlementState {
  return {
    customer: customerOf(object),
    features: featuresOf(object),
    ...(isWhole(object.entitlements) ? {} : { incomplete: ["entitlements"] }),
  };
}

/** Stripe says nothing of their order, and the same features are the same state. */
function featuresOf({ entitlements }: StripeObject): string[] {
  const keys = entries(entitlements).map((entitlement) => text(entitlement.lookup_key));
  return [...new Set(keys)].filter((key) => key !== null).sort();
}

/** The summary has no id of its own: a customer has one. */
export const entitlement: Noun<EntitlementState> = {
  name: "entitlement",
  home: "customer",
  rowIdOf: customerOf,
  project,
  customerOf: (state) => state.customer,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
  joins: ({ state }) => profileJoin(state.customer, { features: state.features, cut: "incomplete" in state }),
};
