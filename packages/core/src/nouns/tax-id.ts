// A tax id: the number that a customer is registered under for taxes, and whether an authority confirmed it.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { integer, member, text } from "../fields.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type TaxIdState = {
  /** Null where it is the account's own. */
  customer: string | null;
  /** Such as `eu_vat`. */
  type: string | null;
  value: string | null;
  /** Two letters. */
  country: string | null;
  /** Stripe's `pending`, `verified`, `unverified` or `unavailable`; null where this type is not verified. */
  verification: string | null;
  /** Seconds since the epoch. */
  created: number | null;
};

/** One that an account owns on behalf of a customer names them as its owner. */
function project(object: StripeObject): TaxIdState {
  return {
    customer: customerOf(object) ?? referenceId(member(object.owner, "customer")),
    type: text(object.type),
    value: text(object.value),
    country: text(object.country),
    verification: text(member(object.verification, "status")),
    created: integer(object.created),
  };
}

/** A verification has no order: an authority may be asked again. `customer.tax_id.deleted` is a tombstone. */
export const taxId: Noun<TaxIdState> = {
  name: "tax-id",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.verification,
  lifecycleOf: () => NO_LIFECYCLE,
};
