// A dispute: a customer's bank takes a payment back, or asks whether it should.
import type { StripeObject } from "../event.ts";
import { type Evidence, evidenceOf, type Listed, MOST_LISTED } from "../evidence.ts";
import { entries, integer, member, text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { type MoneyBack, projectMoneyBack } from "../money-back.ts";
import type { Join, Noun, Seen, Sources, Standing } from "../noun.ts";
import { paymentJoin } from "./payment.ts";

export type DisputeState = MoneyBack & {
  /** Seconds since the epoch. */
  evidenceDueBy: number | null;
  /**
   * What it took, less what it gave back, by its balance transactions: minor units of `currency`, absent where it is
   * `amount`. Those in another currency count where they gave back nothing or all.
   */
  taken?: number;
  /** They gave back a part in another currency, so that `amount` may be too much. */
  doubt?: true;
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

/** Each is told by every event from then on, and no two contradict each other. */
function evidence({ object }: Seen<DisputeState>): Evidence {
  const every = entries(object.balance_transactions).flatMap((transaction): Listed[] => {
    const [id, amount, currency] = [
      text(transaction.id),
      integer(transaction.amount),
      text(transaction.currency),
    ];
    return id === null || amount === null ? [] : [{ id, amount, currency }];
  });
  return evidenceOf({ every });
}

function derive({ own, evidence: { every = [] } }: Sources<DisputeState>): DisputeState {
  const told = own as DisputeState;
  return every.length === 0 ? told : { ...told, ...takenBy(every, told) };
}

/** "Only what was not refunded is taken, the rest is reinstated", of a dispute for more than is left of a payment. */
function takenBy(every: readonly Listed[], { amount, currency }: DisputeState): Partial<DisputeState> {
  if (every.length === MOST_LISTED) return { doubt: true };
  const amounts = every.map((transaction) => transaction.amount as number);
  const withdrawn = -sum(amounts.filter((one) => one < 0));
  const back = sum(amounts.filter((one) => one > 0));
  const isAlike = every.every((transaction) => transaction.currency === currency);
  if (isAlike) return withdrawn - back === amount ? {} : { taken: Math.max(0, withdrawn - back) };
  if (back === 0) return {};
  const currencies = new Set(every.map((transaction) => transaction.currency));
  return currencies.size === 1 && back >= withdrawn ? { taken: 0 } : { doubt: true };
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function joins({ state }: Standing<DisputeState>): Join[] {
  const { payment, status, amount, currency, charge, taken, doubt } = state;
  return paymentJoin(payment, {
    status,
    amount,
    currency,
    charge,
    ...(taken === undefined ? {} : { taken }),
    ...(doubt === undefined ? {} : { doubt }),
  });
}

export const dispute: Noun<DisputeState> = {
  name: "dispute",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  evidence,
  derive,
  joins,
};
