// Whether an event's second is ahead of our clock. Stripe's own clock is right; a test clock may be years ahead, and a
// forged event too: its object would take no other event until then (D4).
import type { StripeEvent } from "./event.ts";

/** Seconds: what two clocks may differ by, and more. */
const MOST = 24 * 60 * 60;

/**
 * Seconds by which an event's `created` is ahead; 0 where it is no more than a day.
 * @param now seconds since the epoch
 */
export function secondsAhead({ created }: Pick<StripeEvent, "created">, now: number): number {
  const ahead = created - now;
  return ahead > MOST ? ahead : 0;
}
