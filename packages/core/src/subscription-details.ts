// What a subscription tells beside what it sells: why it ends, what it is charged to, and which change waits for payment.
import { referenceId, type StripeObject } from "./event.ts";
import { entries, flag, integer, member, present, someOf, text } from "./fields.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";

/** Each is absent where the subscription does not tell it. */
export type SubscriptionDetails = {
  /** Why it ends or has ended. */
  cancellation?: Cancellation;
  /** What it is charged to; where absent, to the customer's own default. */
  defaultPaymentMethod?: string;
  /** A change that takes effect once its invoice is paid. */
  pendingUpdate?: PendingUpdate;
  /** The account that the customer is, in Accounts v2. */
  customerAccount?: string;
};

export type Cancellation = {
  /** Stripe's `cancellation_requested`, `payment_failed`, `payment_disputed` or `canceled_by_retention_policy`. */
  reason: string | null;
  /** What the customer chose of Stripe's list, such as `too_expensive`. */
  feedback: string | null;
  /** What the customer wrote. */
  comment: string | null;
};

/** Each is absent where it stays as it is. */
export type PendingUpdate = {
  /** If it is not paid by then, nothing changes. */
  expiresAt: number | null;
  items?: PendingItem[];
  trialEnd?: number;
  billingCycleAnchor?: number;
  cancelAtPeriodEnd?: boolean;
};

export type PendingItem = { id: string | null; price: string | null; quantity: number | null };

export function subscriptionDetailsOf(object: StripeObject): SubscriptionDetails {
  return present({
    cancellation: cancellationOf(object.cancellation_details),
    defaultPaymentMethod: referenceId(object.default_payment_method) ?? referenceId(object.default_source),
    pendingUpdate: pendingUpdateOf(object.pending_update),
    customerAccount: referenceId(object.customer_account),
  });
}

function cancellationOf(details: Json | undefined): Cancellation | null {
  return someOf<Cancellation>({
    reason: text(member(details, "reason")),
    feedback: text(member(details, "feedback")),
    comment: text(member(details, "comment")),
  });
}

function pendingUpdateOf(update: Json | undefined): PendingUpdate | null {
  if (!isObject(update)) return null;
  const items = entries(update.subscription_items).map(pendingItem);
  const rest = {
    items: items.length === 0 ? null : items,
    trialEnd: integer(update.trial_end),
    billingCycleAnchor: integer(update.billing_cycle_anchor),
    cancelAtPeriodEnd: flag(update.cancel_at_period_end),
  };
  return { expiresAt: integer(update.expires_at), ...present(rest) };
}

function pendingItem({ id, price, plan, quantity }: JsonObject): PendingItem {
  return { id: text(id), price: referenceId(price ?? plan), quantity: integer(quantity) };
}
