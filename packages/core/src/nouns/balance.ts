// The balance: what an account has at Stripe, and what is on its way there.
import type { StripeObject } from "../event.ts";
import { entries, integer, text } from "../fields.ts";
import type { Json } from "../json.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

/** Minor units by currency; negative is owed to Stripe. */
export type BalanceState = {
  available: Record<string, number>;
  pending: Record<string, number>;
};

const BALANCE = "balance";

function project(object: StripeObject): BalanceState {
  return { available: byCurrency(object.available), pending: byCurrency(object.pending) };
}

function byCurrency(funds: Json | undefined): Record<string, number> {
  const amounts = entries(funds).flatMap((fund) => {
    const currency = text(fund.currency);
    const amount = integer(fund.amount);
    return currency === null || amount === null ? [] : [[currency, amount] as const];
  });
  return Object.fromEntries(amounts);
}

/** Stripe gives it no id: an account has one. */
export const balance: Noun<BalanceState> = {
  name: BALANCE,
  home: "own",
  rowIdOf: () => BALANCE,
  project,
  customerOf: () => null,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
