// A stage is live or test, and an event of the other mode never gets into its table (D16).
import { Malformed } from "./errors.ts";
import type { StripeEvent } from "./event.ts";

/** `any` is for trying events out on a laptop. */
export type Mode = "test" | "live" | "any";

export const MODES: readonly Mode[] = ["test", "live", "any"];

/**
 * Whether an event is this stage's. A Connect event of the other mode is not, and is expected: Stripe
 * sends test events of connected accounts to live destinations too ("Connect webhooks", docs.stripe.com/connect/webhooks).
 * @throws Malformed `wrong-mode` for every other event of the other mode.
 */
export function isOurs({ livemode, account }: StripeEvent, mode: Mode): boolean {
  if (mode === "any" || livemode === (mode === "live")) return true;
  if (account !== null) return false;
  throw new Malformed(
    "wrong-mode",
    `The event is of ${livemode ? "live" : "test"} mode, and this stage is ${mode}.`,
  );
}
