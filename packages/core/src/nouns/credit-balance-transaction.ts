// A credit balance transaction: what a credit grant gave, or what was used of it, expired or was taken back.
import { referenceId, type StripeObject } from "../event.ts";
import { integer, member, present, text } from "../fields.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import { monetary } from "../monetary.ts";
import type { Noun } from "../noun.ts";

/** It names no customer: its grant does. */
export type CreditBalanceTransactionState = {
  creditGrant: string | null;
  /** Stripe's `credit` or `debit`. */
  type: string | null;
  /** Why, such as `credits_granted`, `credits_applied` or `credits_expired`. */
  reason: string | null;
  /** Never negative: the type says which way. */
  amount: number | null;
  currency: string | null;
  /** What it was used for, or what was voided so that it came back. */
  invoice?: string;
  invoiceLine?: string;
  effectiveAt: number | null;
  created: number | null;
};

function project(object: StripeObject): CreditBalanceTransactionState {
  const type = text(object.type);
  const entry = type === "debit" ? object.debit : object.credit;
  const use = member(entry, "credits_applied") ?? member(entry, "credits_application_invoice_voided");
  return {
    creditGrant: referenceId(object.credit_grant),
    type,
    reason: text(member(entry, "type")),
    ...monetary(member(entry, "amount")),
    ...present({
      invoice: referenceId(member(use, "invoice")),
      invoiceLine: text(member(use, "invoice_line_item")),
    }),
    effectiveAt: integer(object.effective_at),
    created: integer(object.created),
  };
}

export const creditBalanceTransaction: Noun<CreditBalanceTransactionState> = {
  name: "credit-balance-transaction",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
