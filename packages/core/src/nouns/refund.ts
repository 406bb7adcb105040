// A refund: money on its way back, by its own id, so that a level told twice is not counted twice.
import type { StripeObject } from "../event.ts";
import { referenceId } from "../event.ts";
import { integer, metadata, text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Join, Noun, Standing } from "../noun.ts";
import { paymentJoin, paymentOf } from "./payment.ts";

export type RefundState = {
  status: string | null;
  /** The id of the payment's row: its intent's, or its charge's where there is no intent. */
  payment: string | null;
  charge: string | null;
  /** Minor units. */
  amount: number | null;
  currency: string | null;
  reason: string | null;
  failureReason: string | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): RefundState {
  return {
    status: text(object.status),
    payment: paymentOf(object),
    charge: referenceId(object.charge),
    amount: integer(object.amount),
    currency: text(object.currency),
    reason: text(object.reason),
    failureReason: text(object.failure_reason),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

// "Refund and cancel payments" › "Handle failed refunds", docs.stripe.com/refunds: one that succeeded may still fail.
const LIFECYCLE: Lifecycle = {
  ranks: { pending: 0, requires_action: 0, succeeded: 1, failed: 2, canceled: 2 },
  terminal: ["failed", "canceled"],
};

function joins({ state: { payment, status, amount, charge } }: Standing<RefundState>): Join[] {
  return paymentJoin(payment, { status, amount, charge });
}

export const refund: Noun<RefundState> = {
  name: "refund",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  joins,
};
