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
  /** Whether a subscription ends when Stripe tells so, or at the second that was set for it. */
  scheduledEnd: "when-told" | "on-time";
};

type Defaults = { readonly [Rule in keyof AccessPolicy]: { gives: AccessPolicy[Rule]; why: string } };

/** Where a policy says nothing. Stripe's side of it: "How subscriptions work", docs.stripe.com/billing/subscriptions/overview. */
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
