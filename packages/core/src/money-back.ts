// Money that goes back from a payment: what a refund and a dispute have in common.
import { referenceId, type StripeObject } from "./event.ts";
import { integer, metadata, text } from "./fields.ts";
import { paymentOf } from "./nouns/payment.ts";

export type MoneyBack = {
  status: string | null;
  /** The id of the payment's row: its intent's, or its charge's where there is no intent. */
  payment: string | null;
  charge: string | null;
  /** Minor units. */
  amount: number | null;
  currency: string | null;
  reason: string | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

export function projectMoneyBack(object: StripeObject): MoneyBack {
  return {
    status: text(object.status),
    payment: paymentOf(object),
    charge: referenceId(object.charge),
    amount: integer(object.amount),
    currency: text(object.currency),
    reason: text(object.reason),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}
