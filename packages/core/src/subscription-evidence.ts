// What all events of a subscription prove together: since when it is overdue, and whether a period was ever paid for.
import { type Evidence, evidenceOf, type Proof } from "./evidence.ts";
import type { Seen } from "./noun.ts";

export const OVERDUE: ReadonlySet<string | null> = new Set(["past_due", "unpaid"]);
const GOOD: ReadonlySet<string | null> = new Set(["active", "trialing"]);

/** A subscription's state, as far as it is evidence: `nouns/subscription.ts` has the whole. */
type Subscription = { status: string | null; trialEnd: number | null };

const REMINDER = "customer.subscription.trial_will_end";

/**
 * Until when it was last in good standing and when it was overdue since, which grace counts from; from when on a paid
 * period activates it; and what trial's end was reminded of.
 */
export function subscriptionEvidence({ state, type, second }: Seen<Subscription>): Evidence {
  const { status, trialEnd } = state;
  return evidenceOf({
    greatest: {
      overdue: GOOD.has(status) ? second : null,
      reminded: type === REMINDER ? trialEnd : null,
    },
    least: { activeFrom: status === "active" ? (trialEnd ?? 0) : null },
    since: { overdue: OVERDUE.has(status) ? second : null },
  });
}

/** What an invoice proves of its subscription: the start of a period that is paid for, in seconds since the epoch. */
export function paidPeriod(subscription: string, customer: string | null, start: number): Proof {
  return { noun: "subscription", id: subscription, customer, evidence: { greatest: { paid: start } } };
}

/** Once it is activated, neither a later period nor an earlier trial changes that. */
export function condenseSubscription(evidence: Evidence): Evidence {
  const { greatest: { paid, activated, ...greatest } = {}, least: { activeFrom, ...least } = {} } = evidence;
  const isActivated = activated || (paid !== undefined && activeFrom !== undefined && paid >= activeFrom);
  if (!isActivated) return evidence;
  const { greatest: _, least: __, ...rest } = evidence;
  return {
    greatest: { ...greatest, activated: 1 },
    ...(Object.keys(least).length > 0 ? { least } : {}),
    ...rest,
  };
}

/** Overdue since the first that was told of it after it was last in good standing; else since its period began. */
export function overdueBy({ greatest, since }: Evidence, periodStart: number | null) {
  const good = greatest?.overdue;
  const overdue = since?.overdue ?? [];
  const first = overdue.find((second) => second > (good ?? -1)) ?? overdue[0];
  return { unpaidSince: first ?? periodStart, ...(good === undefined ? {} : { good }) };
}
