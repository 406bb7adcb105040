// A refund: money on its way back, by its own id, so that a level told twice is not counted twice.
import { customerOf, type StripeObject } from "../event.ts";
import { type Evidence, evidenceOf } from "../evidence.ts";
import { text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { type MoneyBack, projectMoneyBack } from "../money-back.ts";
import type { Join, Noun, Seen, Standing } from "../noun.ts";
import { isTakenBack } from "../payment-refunds.ts";
import { paymentJoin } from "./payment.ts";

export type RefundState = MoneyBack & {
  /** Since 2026-07-29.dahlia; before, only the payment names the customer. */
  customer: string | null;
  failureReason: string | null;
};

function project(object: StripeObject): RefundState {
  return {
    ...projectMoneyBack(object),
    customer: customerOf(object),
    failureReason: text(object.failure_reason),
  };
}

// "Refund and cancel payments" › "Handle failed refunds", docs.stripe.com/refunds: one that succeeded may still fail.
const LIFECYCLE: Lifecycle = {
  ranks: { pending: 0, requires_action: 0, succeeded: 1, failed: 2, canceled: 2 },
  terminal: ["failed", "canceled"],
};

/** When it was first told that it does not arrive: its charge may have been told before that, or after. */
function evidence({ state, at }: Seen<RefundState>): Evidence {
  return evidenceOf({ least: { failed: isTakenBack(state) ? at : null } });
}

function joins({ state, evidence: { least } }: Standing<RefundState>): Join[] {
  const { payment, status, amount, currency, charge } = state;
  const failedAt = isTakenBack(state) ? least?.failed : undefined;
  return paymentJoin(payment, {
    status,
    amount,
    currency,
    charge,
    ...(failedAt === undefined ? {} : { failedAt }),
  });
}

export const refund: Noun<RefundState> = {
  name: "refund",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  evidence,
  joins,
};
