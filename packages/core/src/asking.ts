// Stripe is asked for an object once a batch, however often the batch is decided again (D12's budget).
import { fetchText } from "./decide.ts";
import type { Stripe } from "./ports.ts";
import type { Fetched } from "./tell.ts";

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
