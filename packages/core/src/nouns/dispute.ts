// A dispute: a customer's bank takes a payment back, or asks whether it should.
import { referenceId, type StripeObject } from "../event.ts";
import { integer, member, metadata, text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Join, Noun, Standing } from "../noun.ts";
import { paymentJoin, paymentOf } from "./payment.ts";

export type DisputeState = {
  status: string | null;
  /** The id of the payment's row: its intent's, or its charge's where there is no intent. */
  payment: string | null;
  charge: string | null;
  /** Minor units. */
  amount: number | null;
  currency: string | null;
  reason: string | null;
  /** Seconds since the epoch. */
  evidenceDueBy: number | null;
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): DisputeState {
  return {
    status: text(object.status),
    payment: paymentOf(object),
    charge: referenceId(object.charge),
    amount: integer(object.amount),
    currency: text(object.currency),
    reason: text(object.reason),
    evidenceDueBy: integer(member(object.evidence_details, "due_by")),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

// "The Dispute object", docs.stripe.com/api/disputes/object#dispute_object-status.
const LIFECYCLE: Lifecycle = {
  ranks: {
    warning_needs_response: 0,
    warning_under_review: 0,
    needs_response: 0,
    under_review: 0,
    warning_closed: 1,
    won: 1,
    lost: 1,
    prevented: 1,
  },
  terminal: ["warning_closed", "won", "lost", "prevented"],
};

function joins({ state: { payment, status, amount, charge } }: Standing<DisputeState>): Join[] {
  return paymentJoin(payment, { status, amount, charge });
}

export const dispute: Noun<DisputeState> = {
  name: "dispute",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  joins,
};
