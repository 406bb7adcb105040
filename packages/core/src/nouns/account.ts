// A Connect account: what it may do, and what Stripe still wants to know before it may do more.
import type { StripeObject } from "../event.ts";
import { flag, integer, metadata, text, texts } from "../fields.ts";
import { isObject, type Json } from "../json.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type AccountState = {
  /** Such as `express`. */
  type: string | null;
  email: string | null;
  /** Two letters. */
  country: string | null;
  defaultCurrency: string | null;
  chargesEnabled: boolean | null;
  payoutsEnabled: boolean | null;
  /** Whether the onboarding form was filled in. */
  detailsSubmitted: boolean | null;
  requirements: AccountRequirements;
  /** Stripe's `active`, `inactive` or `pending`, by the name of what the account may do. */
  capabilities: Record<string, string>;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

/** Each list holds Stripe's names of what is missing, in ascending order. */
export type AccountRequirements = {
  currentlyDue: string[];
  /** Of these the deadline has passed. */
  pastDue: string[];
  pendingVerification: string[];
  /** When the account is restricted unless what is due has come by then, in seconds since the epoch. */
  deadline: number | null;
  /** Why it may not charge or be paid out, such as `requirements.past_due`; null while it may. */
  disabledReason: string | null;
};

function project(object: StripeObject): AccountState {
  return {
    type: text(object.type),
    email: text(object.email),
    country: text(object.country),
    defaultCurrency: text(object.default_currency),
    chargesEnabled: flag(object.charges_enabled),
    payoutsEnabled: flag(object.payouts_enabled),
    detailsSubmitted: flag(object.details_submitted),
    requirements: requirementsOf(object.requirements),
    capabilities: metadata(object.capabilities),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

function requirementsOf(requirements: Json | undefined): AccountRequirements {
  const told = isObject(requirements) ? requirements : {};
  return {
    currentlyDue: namesIn(told.currently_due),
    pastDue: namesIn(told.past_due),
    pendingVerification: namesIn(told.pending_verification),
    deadline: integer(told.current_deadline),
    disabledReason: text(told.disabled_reason),
  };
}

/** Stripe says nothing of their order, and the same names are the same state. */
function namesIn(list: Json | undefined): string[] {
  return [...new Set(texts(list))].sort();
}

/**
 * An account may be a customer's source, and `customer.source.deleted` only says that it is no longer.
 * `account.application.*` are events of an application, and `capability.updated` of a capability: generic rows.
 */
export const account: Noun<AccountState> = {
  name: "account",
  home: "own",
  outlivesDeletion: true,
  project,
  customerOf: () => null,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
