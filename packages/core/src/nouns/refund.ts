// A refund: money on its way back, by its own id, so that a level told twice is not counted twice.
import type { StripeObject } from "../event.ts";
import { text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { type MoneyBack, moneyBackJoins, projectMoneyBack } from "../money-back.ts";
import type { Noun } from "../noun.ts";

export type RefundState = MoneyBack & {
  failureReason: string | null;
};

function project(object: StripeObject): RefundState {
  return { ...projectMoneyBack(object), failureReason: text(object.failure_reason) };
}

// "Refund and cancel payments" › "Handle failed refunds", docs.stripe.com/refunds: one that succeeded may still fail.
const LIFECYCLE: Lifecycle = {
  ranks: { pending: 0, requires_action: 0, succeeded: 1, failed: 2, canceled: 2 },
  terminal: ["failed", "canceled"],
};

export const refund: Noun<RefundState> = {
  name: "refund",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  joins: moneyBackJoins,
};
