// A dispute: a customer's bank takes a payment back, or asks whether it should.
import type { StripeObject } from "../event.ts";
import { integer, member } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { type MoneyBack, moneyBackJoins, projectMoneyBack } from "../money-back.ts";
import type { Noun } from "../noun.ts";

export type DisputeState = MoneyBack & {
  /** Seconds since the epoch. */
  evidenceDueBy: number | null;
};

function project(object: StripeObject): DisputeState {
  return { ...projectMoneyBack(object), evidenceDueBy: integer(member(object.evidence_details, "due_by")) };
}

// "The Dispute object", docs.stripe.com/api/disputes/object#dispute_object-status: a verdict may be appealed.
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
    appeal_needs_response: 1,
    appeal_under_review: 1,
  },
  terminal: ["warning_closed", "prevented"],
};

export const dispute: Noun<DisputeState> = {
  name: "dispute",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  joins: moneyBackJoins,
};
