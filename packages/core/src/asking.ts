// Stripe is asked for an object once a batch, however often the batch is decided again (D12's budget).
import { fetchText } from "./decide.ts";
import { isForEvent } from "./doubt.ts";
import type { Fetched } from "./fetch.ts";
import type { Stripe } from "./ports.ts";

/**
 * The same Stripe, which asks for no other event of an account once it has found one: the key is that account's, and
 * a process keeps its key. Of those that are found only that matters (D23).
 */
export function knowingAccounts(stripe: Stripe): Stripe {
  const found = new Map<string | null, Fetched>();
  return {
    async fetch(request) {
      if (!isForEvent(request)) return stripe.fetch(request);
      const known = found.get(request.account) ?? (await stripe.fetch(request));
      if (known.object !== null) found.set(request.account, known);
      return known;
    },
  };
}

/** The same Stripe, which remembers its answers and its failures. */
export function askingOnce(stripe: Stripe): Stripe {
  const answers = new Map<string, Promise<Fetched>>();
  return {
    fetch(request) {
      const name = fetchText(request);
      const answer = answers.get(name) ?? stripe.fetch(request);
      answers.set(name, answer);
      return answer;
    },
  };
}
