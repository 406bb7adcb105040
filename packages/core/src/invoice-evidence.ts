// What an event of an invoice proves for good: that a try waits for the customer, or that a period is paid for.
import { type Evidence, evidenceOf, type Proof } from "./evidence.ts";
import type { Seen } from "./noun.ts";
import { paidPeriod } from "./subscription-evidence.ts";

/** An invoice's state, as far as it is evidence: `nouns/invoice.ts` has the whole. */
type Invoice = {
  status: string | null;
  customer: string | null;
  subscription: string | null;
  attempts: number | null;
  periodEnd: number | null;
  lines: { periodStart: number | null; proration: boolean | null }[];
};

/** That a try needs the customer, and was not declined, only its event says. */
export function invoiceEvidence({ state, type }: Seen<Invoice>): Evidence {
  const isWaiting = type === "invoice.payment_action_required";
  return evidenceOf({ greatest: { action: isWaiting ? (state.attempts ?? 1) : null } });
}

/** That a period of its subscription is paid for, which a later event cannot take back. */
export function invoiceProofs({ state }: Seen<Invoice>): Proof[] {
  const { status, subscription, customer } = state;
  const start = periodPaidFor(state);
  if (status !== "paid" || subscription === null || start === null) return [];
  return [paidPeriod(subscription, customer, start)];
}

/**
 * Its own period looks back, so that what it pays for starts where that ends, or later, as its lines say. One that only
 * settles a change within a period is the invoice of none.
 */
function periodPaidFor({ lines, periodEnd }: Invoice): number | null {
  const whole = lines.filter(({ proration }) => proration !== true);
  if (lines.length > 0 && whole.length === 0) return null;
  const starts = whole.map(({ periodStart }) => periodStart);
  const known = [...starts, periodEnd].filter((start) => start !== null);
  return known.length === 0 ? null : Math.max(...known);
}
