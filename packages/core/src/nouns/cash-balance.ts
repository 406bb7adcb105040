// A cash balance: what a customer sent by bank transfer that has paid nothing yet.
import { customerOf, type StripeObject } from "../event.ts";
import { flag, integer, member, text } from "../fields.ts";
import { isObject, type Json } from "../json.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type CashBalanceState = {
  customer: string | null;
  /** Minor units by currency. */
  available: Record<string, number>;
  /** Stripe's `automatic` or `manual`: whether Stripe uses it for what is open. */
  reconciliation: string | null;
  /** Whether that is as the account has it for all customers. */
  usesAccountDefault: boolean | null;
};

function project(object: StripeObject): CashBalanceState {
  return {
    customer: customerOf(object),
    available: amountsOf(object.available),
    reconciliation: text(member(object.settings, "reconciliation_mode")),
    usesAccountDefault: flag(member(object.settings, "using_merchant_default")),
  };
}

function amountsOf(available: Json | undefined): Record<string, number> {
  const amounts = Object.entries(isObject(available) ? available : {});
  return Object.fromEntries(
    amounts.flatMap(([currency, value]) => {
      const amount = integer(value);
      return amount === null ? [] : [[currency, amount] as const];
    }),
  );
}

/** Stripe gives it no id: a customer has one. */
export const cashBalance: Noun<CashBalanceState> = {
  name: "cash-balance",
  home: "customer",
  rowIdOf: customerOf,
  project,
  customerOf: (state) => state.customer,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
