// A payment method: a card or an account that can be charged, whose it is, and how they know it again.
import { customerOf, type StripeObject } from "../event.ts";
import { integer, member, metadata, text } from "../fields.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type PaymentMethodState = {
  /** Such as `card` or `sepa_debit`. */
  type: string | null;
  /** Null once it is detached: it can be attached to nobody again. */
  customer: string | null;
  brand: string | null;
  last4: string | null;
  expMonth: number | null;
  expYear: number | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): PaymentMethodState {
  const type = text(object.type);
  return {
    type,
    customer: customerOf(object),
    ...detailsOf(object, type),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

/** Each type has a member of its own by its name, and not every type has these. */
function detailsOf(object: StripeObject, type: string | null) {
  const details = type === null ? undefined : member(object, type);
  return {
    brand: text(member(details, "brand")),
    last4: text(member(details, "last4")),
    expMonth: integer(member(details, "exp_month")),
    expYear: integer(member(details, "exp_year")),
  };
}

export const paymentMethod: Noun<PaymentMethodState> = {
  name: "payment-method",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
