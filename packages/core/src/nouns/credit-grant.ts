// A credit grant: money that a customer has for what they use, paid before or given, until it expires.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { entries, integer, member, metadata, present, text } from "../fields.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import { monetary } from "../monetary.ts";
import type { Noun } from "../noun.ts";

/** All times are seconds since the epoch. */
export type CreditGrantState = {
  customer: string | null;
  /** The account that the customer is, in Accounts v2. */
  customerAccount?: string;
  name: string | null;
  /** What was granted: what was used of it, its credit balance transactions tell. */
  amount: number | null;
  currency: string | null;
  /** Stripe's `paid` or `promotional`. */
  category: string | null;
  /** The kind of prices that it pays for, such as `metered`; null where it pays for the `prices` alone. */
  priceType: string | null;
  /** The only prices that it pays for, in ascending order. */
  prices?: string[];
  /** Of several, the one with the lowest number is used first. */
  priority: number | null;
  effectiveAt: number | null;
  /** Null where it never does. */
  expiresAt: number | null;
  /** Absent where it is not. */
  voidedAt?: number;
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): CreditGrantState {
  const scope = member(object.applicability_config, "scope");
  const prices = entries(member(scope, "prices")).flatMap(({ id }) => referenceId(id) ?? []);
  return {
    customer: customerOf(object),
    name: text(object.name),
    ...monetary(object.amount),
    category: text(object.category),
    priceType: text(member(scope, "price_type")),
    priority: integer(object.priority),
    effectiveAt: integer(object.effective_at),
    expiresAt: integer(object.expires_at),
    created: integer(object.created),
    metadata: metadata(object.metadata),
    ...present({
      customerAccount: referenceId(object.customer_account),
      prices: prices.length === 0 ? null : prices.sort(),
      voidedAt: integer(object.voided_at),
    }),
  };
}

export const creditGrant: Noun<CreditGrantState> = {
  name: "credit-grant",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
