// Facts: what happened between two standings of one row, in the business's words.

import type { AccessPolicy } from "./access-policy.ts";
import { type AccessFacts, accessFacts } from "./facts/access.ts";
import { type AccountFacts, accountFacts } from "./facts/account.ts";
import { type AlertFacts, alertFacts } from "./facts/alert.ts";
import { type CustomerFacts, customerFacts } from "./facts/customer.ts";
import { type DisputeFacts, disputeFacts } from "./facts/dispute.ts";
import { type EntitlementFacts, entitlementFacts } from "./facts/entitlement.ts";
import type { Change, Fact as FactOf, Told } from "./facts/fact.ts";
import { type InvoiceFacts, invoiceFacts } from "./facts/invoice.ts";
import { type OrderFacts, orderFacts } from "./facts/order.ts";
import { type PaymentFacts, paymentFacts } from "./facts/payment.ts";
import { type PaymentMethodFacts, paymentMethodFacts } from "./facts/payment-method.ts";
import { type SetupFacts, setupFacts } from "./facts/setup.ts";
import type { StockFacts } from "./facts/stock.ts";
import { type SubscriptionFacts, subscriptionFacts } from "./facts/subscription.ts";
import { isEmpty, type Row } from "./row.ts";

export { stockFacts } from "./facts/stock.ts";
export { TELLERS };

type RowFacts = AccessFacts &
  AccountFacts &
  AlertFacts &
  CustomerFacts &
  DisputeFacts &
  EntitlementFacts &
  InvoiceFacts &
  OrderFacts &
  PaymentFacts &
  PaymentMethodFacts &
  SetupFacts &
  SubscriptionFacts;

/** `name` tells the facts apart, and what their `detail` holds: ids, minor units with their currency, seconds. */
export type Fact = FactOf<RowFacts & StockFacts>;
export type FactName = Fact["name"];

export type FactOptions = {
  /** The second that the change was committed, since the epoch: access depends on it. */
  at: number;
  policy?: Partial<AccessPolicy>;
  /** The label that the customer's profile has, where the caller knows it: a row's own goes first. */
  label?: string | undefined;
};

type Teller = (change: Change<never>) => Told<RowFacts>[];

/** What is not here has no facts: refunds and charges are told by their payment's row. */
const TELLERS: Readonly<Record<string, Teller>> = {
  account: accountFacts,
  alert: alertFacts,
  customer: customerFacts,
  dispute: disputeFacts,
  entitlement: entitlementFacts,
  invoice: invoiceFacts,
  order: orderFacts,
  "payment-method": paymentMethodFacts,
  payment: paymentFacts,
  profile: accessFacts,
  setup: setupFacts,
  subscription: subscriptionFacts,
};

/**
 * What happened between two standings of a row, in the order that it is to be told in. A row's first standing
 * tells what must have led there, and nothing that only may have: a subscription first seen past due was
 * created, but whether it was ever active nobody knows.
 */
export function facts(before: Row | undefined, after: Row, options: FactOptions): Fact[] {
  const { tenant, noun, id, customer } = after.identity;
  const isNew = before === undefined || isEmpty(before);
  if (!Object.hasOwn(TELLERS, noun) || (isNew && isEmpty(after))) return [];
  const change = {
    was: isNew ? null : before.state,
    is: after.state,
    wasDeleted: before?.deleted ?? false,
    isDeleted: after.deleted,
    ...options,
  };
  const label = typeof after.state.label === "string" ? after.state.label : options.label;
  const about = { tenant, noun, id, customer, ...(label === undefined ? {} : { label }) };
  return (TELLERS[noun] as Teller)(change as Change<never>).map((one) => ({ ...one, ...about }));
}
