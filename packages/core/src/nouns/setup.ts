// A setup: a setup intent, by which a customer lets a payment method be charged later, and the Checkout session in
// `setup` mode that it came by, which is no order and sells nothing (D21).
import { customerOf, idOf, referenceId, type StripeObject } from "../event.ts";
import { failureOf } from "../failure.ts";
import { integer, metadata, text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Noun, Sources } from "../noun.ts";

export type SetupState = {
  /** The setup intent's; null as long as only its session was told of. */
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
  /** The Checkout session in `setup` mode, where one was told of. */
  session?: SetupSession;
};

export type SetupSession = {
  id: string;
  /** Stripe's `open`, `complete` or `expired`. */
  status: string | null;
  customer: string | null;
  clientReferenceId: string | null;
  metadata: Record<string, string>;
};

type IntentPart = Omit<SetupState, "session"> & { object: "setup_intent" };

/** What one of the objects tells. */
export type SetupPart = IntentPart | (SetupSession & { object: "checkout.session" });

const SESSION = "checkout.session";

/** Of a session, the row of its setup intent. */
function rowIdOf(object: StripeObject): string | null {
  return object.object === SESSION ? referenceId(object.setup_intent) : idOf(object);
}

function project(object: StripeObject): SetupPart {
  return object.object === SESSION ? projectSession(object) : projectIntent(object);
}

function projectSession(object: StripeObject): SetupPart {
  return {
    object: SESSION,
    id: text(object.id) ?? "",
    status: text(object.status),
    customer: customerOf(object),
    clientReferenceId: text(object.client_reference_id),
    metadata: metadata(object.metadata),
  };
}

function projectIntent(object: StripeObject): IntentPart {
  return {
    object: "setup_intent",
    status: text(object.status),
    customer: customerOf(object),
    paymentMethod: referenceId(object.payment_method),
    usage: text(object.usage),
    failure: failureOf(object.last_setup_error),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

const NO_INTENT = {
  status: null,
  customer: null,
  paymentMethod: null,
  usage: null,
  failure: null,
  created: null,
};

function derive({ parts }: Sources<SetupPart>): SetupState {
  const states = parts.map(({ state }) => state);
  const [intent] = states.filter((state) => state.object === "setup_intent");
  const [told] = states.filter((state) => state.object === SESSION);
  const { object: _, ...setup } = intent ?? { object: null, ...NO_INTENT, metadata: {} };
  if (told === undefined) return setup;
  const { object: __, ...session } = told;
  return { ...setup, customer: setup.customer ?? session.customer, session };
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

const SESSION_LIFECYCLE: Lifecycle = {
  ranks: { open: 0, complete: 1, expired: 1 },
  terminal: ["complete", "expired"],
};

export const setup: Noun<SetupState, SetupPart> = {
  name: "setup",
  home: "own",
  hasParts: true,
  rowIdOf,
  project,
  derive,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: ({ object }) => (object === SESSION ? SESSION_LIFECYCLE : LIFECYCLE),
};
