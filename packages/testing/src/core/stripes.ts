// Stripes to be asked, for tests: with a right key, and with that of another account.
import { isForEvent } from "@stripe-lanes/core/doubt";
import type { Stripe } from "@stripe-lanes/core/ports";

/** The same Stripe, which knows every event besides: the key is of the events' account. */
export function knowingEvents(stripe: Stripe): Stripe {
  return {
    async fetch(request) {
      if (!isForEvent(request)) return stripe.fetch(request);
      return { object: { object: request.objectType, id: request.id }, second: 0, until: 1 };
    },
  };
}

/** As of any key that finds no object. */
export function findingNothing(second: number): Stripe {
  return { fetch: async () => ({ object: null, second, until: second + 1 }) };
}
