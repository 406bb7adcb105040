// Which event types are enough for a fact to be told at all: what a team has to let Stripe send.

const SUBSCRIPTION_CHANGES = "`customer.subscription.updated`";

const NEEDS: Readonly<Record<string, string>> = {
  "access.granted": "`customer.subscription.created` and `customer.subscription.updated`",
  "access.revoked":
    "`customer.subscription.updated`, `customer.subscription.deleted` and, for customers who are deleted, `customer.deleted`",
  "account.requirements_due": "`account.updated`",
  "account.restricted": "`account.updated`",
  "account.enabled": "`account.updated`",
  "alert.triggered": "`billing.alert.triggered`",
  "customer.created": "`customer.created` or `customer.updated`, whichever comes first",
  "customer.deleted": "`customer.deleted`",
  "dispute.opened": "`charge.dispute.created`, or any later event of the dispute",
  "dispute.escalated": "`charge.dispute.created` and `charge.dispute.updated`",
  "dispute.appealed": "`charge.dispute.updated`",
  "dispute.won": "`charge.dispute.closed`",
  "dispute.lost": "`charge.dispute.closed`",
  "dispute.closed": "`charge.dispute.closed`",
  "entitlement.granted": "`entitlements.active_entitlement_summary.updated`",
  "entitlement.revoked": "`entitlements.active_entitlement_summary.updated`",
  "invoice.finalized": "`invoice.finalized`, or any later event of the invoice",
  "invoice.payment_failed": "`invoice.payment_failed`, or `invoice.updated`",
  "invoice.action_required": "`invoice.payment_action_required`",
  "invoice.finalization_failed": "`invoice.finalization_failed`",
  "invoice.overpaid": "`invoice.overpaid`, or `invoice.updated`",
  "invoice.paid": "`invoice.paid` or `invoice.payment_succeeded`",
  "invoice.uncollectible": "`invoice.marked_uncollectible`",
  "invoice.voided": "`invoice.voided`",
  "order.paid":
    "`checkout.session.completed` and, for what is paid later, `checkout.session.async_payment_succeeded` or what `payment.succeeded` needs",
  "order.failed":
    "`checkout.session.async_payment_failed` or, for a hold that is let go, `payment_intent.canceled`",
  "order.expired": "`checkout.session.expired`",
  "order.refunded":
    "what `order.paid` and `payment.refunded` need, and `payment_intent.succeeded` or `charge.succeeded`",
  "order.refund_failed": "what `order.refunded` and `payment.refund_failed` need",
  "payment.failed": "`payment_intent.payment_failed` or `charge.failed`",
  "payment.canceled": "`payment_intent.canceled`, or `charge.expired`",
  "payment.succeeded": "`payment_intent.succeeded`, or `charge.succeeded` with `charge.captured`",
  "payment.captured": "`charge.captured`, or `charge.updated`",
  "payment.refunded":
    "what `payment.succeeded` needs, and `charge.refunded`, or `refund.created` with `refund.updated`",
  "payment.refund_failed": "what `payment.refunded` needs, and `refund.failed` or `refund.updated`",
  "payment_method.attached": "`payment_method.attached`",
  "payment_method.detached": "`payment_method.attached` and `payment_method.detached`",
  "setup.succeeded": "`setup_intent.succeeded`",
  "stock.oversold":
    "what `order.paid` needs, and `price.created` with `price.updated`, which tell the capacity",
  "subscription.created": "`customer.subscription.created`, or any later event of the subscription",
  "subscription.trial_started": "`customer.subscription.created`, or `customer.subscription.updated`",
  "subscription.activated":
    "`invoice.paid`, and `customer.subscription.created` with `customer.subscription.updated`",
  "subscription.trial_will_end": "`customer.subscription.trial_will_end`",
  "subscription.renewed": SUBSCRIPTION_CHANGES,
  "subscription.changed": SUBSCRIPTION_CHANGES,
  "subscription.past_due": SUBSCRIPTION_CHANGES,
  "subscription.unpaid": SUBSCRIPTION_CHANGES,
  "subscription.recovered": SUBSCRIPTION_CHANGES,
  "subscription.paused": "`customer.subscription.paused`, or `customer.subscription.updated`",
  "subscription.resumed":
    "`customer.subscription.paused` and `customer.subscription.resumed`, or `customer.subscription.updated`",
  "subscription.collection_paused": SUBSCRIPTION_CHANGES,
  "subscription.collection_resumed": SUBSCRIPTION_CHANGES,
  "subscription.cancel_scheduled": SUBSCRIPTION_CHANGES,
  "subscription.cancel_withdrawn": SUBSCRIPTION_CHANGES,
  "subscription.canceled": "`customer.subscription.deleted`",
  "subscription.expired": SUBSCRIPTION_CHANGES,
};

/** @throws Error for a fact of which nobody has written what it needs. */
export function needsOf(fact: string): string {
  const needs = Object.hasOwn(NEEDS, fact) ? NEEDS[fact] : undefined;
  if (needs === undefined) throw new Error(`scripts/docs/needs.ts does not say what the fact ${fact} needs.`);
  return needs;
}

/** The facts of which it is written what they need, in alphabetical order. */
export const WITH_NEEDS: readonly string[] = Object.keys(NEEDS).sort();

/** What stands in backquotes there: event types, and facts that need as much. */
export function namedIn(needs: string): string[] {
  return [...needs.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}
