// A setup: a setup intent, by which a customer lets a payment method be charged later.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { failureOf } from "../failure.ts";
import { integer, metadata, text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type SetupState = {
  status: string | null;
  customer: string | null;
  paymentMethod: string | null;
  /** Stripe's `off_session` or `on_session`: whether the customer will be there when it is charged. */
  usage: string | null;
  /** Why the last try failed; null where it did not. */
  failure: string | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): SetupState {
  return {
    status: text(object.status),
    customer: customerOf(object),
    paymentMethod: referenceId(object.payment_method),
    usage: text(object.usage),
    failure: failureOf(object.last_setup_error),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

// "How PaymentIntents and SetupIntents work", docs.stripe.com/payments/paymentintents/lifecycle: a failed try
// goes back to requires_payment_method, so all that is open alternates.
const LIFECYCLE: Lifecycle = {
  ranks: {
    requires_payment_method: 0,
    requires_confirmation: 0,
    requires_action: 0,
    processing: 0,
    succeeded: 1,
    canceled: 1,
  },
  terminal: ["succeeded", "canceled"],
};

export const setup: Noun<SetupState> = {
  name: "setup",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
};
