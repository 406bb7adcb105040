// What each status of a subscription gives its customer: a choice of the business, with a default and its reason.

/** What each status of a Stripe subscription gives, and what is done about one that should have ended. */
export type AccessPolicy = {
  trialing: boolean;
  active: boolean;
  /**
   * Days of access from the start of the oldest period that is not paid, however many have begun since: 0 for
   * none, Infinity for as long as it is past due.
   */
  past_due: { graceDays: number };
  unpaid: boolean;
  paused: boolean;
  incomplete: boolean;
  incomplete_expired: boolean;
  canceled: boolean;
  /** While collection is paused and invoices stay drafts: `pause_collection.behavior`, and the same below. */
  keep_as_draft: boolean;
  /** While collection is paused and invoices are marked uncollectible. */
  mark_uncollectible: boolean;
  /** While collection is paused and invoices are voided. */
  void: boolean;
  /** Whether a subscription ends when Stripe tells so, or at the second that was set for it. */
  scheduledEnd: "when-told" | "on-time";
};

/** The rules for what a subscription's collection does while it is paused; its status stays as it is. */
export type PauseRule = "keep_as_draft" | "mark_uncollectible" | "void";

/** The rules that are named as a status, and say no more than whether it gives access. */
export type StatusRule = Exclude<keyof AccessPolicy, PauseRule | "past_due" | "scheduledEnd">;

type Defaults = { readonly [Rule in keyof AccessPolicy]: { gives: AccessPolicy[Rule]; why: string } };

/**
 * Where a policy says nothing. Stripe's side of it: "How subscriptions work", docs.stripe.com/billing/subscriptions/overview,
 * and "Pause payment collection", docs.stripe.com/billing/subscriptions/pause-payment.
 */
export const ACCESS_DEFAULTS: Defaults = {
  trialing: { gives: true, why: "Stripe calls it safe to provide the product during a trial." },
  active: { gives: true, why: "The subscription is in good standing." },
  past_due: {
    gives: { graceDays: 7 },
    why: "Stripe may still retry: an expired card is no reason to leave.",
  },
  unpaid: { gives: false, why: "The retries are over: Stripe says to revoke access." },
  paused: {
    gives: false,
    why: "Nothing is billed: a trial ended without a way to pay, or it was paused.",
  },
  incomplete: { gives: false, why: "The first payment is still to come, within 23 hours." },
  incomplete_expired: { gives: false, why: "The first payment never came." },
  canceled: { gives: false, why: "It has ended; one that is to end later stays active until then." },
  keep_as_draft: {
    gives: true,
    why: "The services are paid for later: the customer keeps them, says Stripe, and the status stays.",
  },
  mark_uncollectible: {
    gives: true,
    why: "The services are free for a time: the customer keeps them, says Stripe, and the status stays.",
  },
  void: {
    gives: true,
    why: "Stripe keeps the status, and says that access stays; who provides nothing meanwhile says so here.",
  },
  scheduledEnd: {
    gives: "when-told",
    why: "An end can be withdrawn; an event that is late must cut nobody off.",
  },
};

/** A policy names what it wants otherwise. */
export function ruleOf<Rule extends keyof AccessPolicy>(
  policy: Partial<AccessPolicy> | undefined,
  rule: Rule,
): AccessPolicy[Rule] {
  return policy?.[rule] ?? ACCESS_DEFAULTS[rule].gives;
}
