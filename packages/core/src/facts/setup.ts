// What happened to a setup: a payment method may be charged from now on.
import type { SetupState } from "../nouns/setup.ts";
import { became, type Change, type Told, told } from "./fact.ts";

export type SetupFacts = {
  /** The payment method is saved, and may be charged from now on. */
  "setup.succeeded": {
    paymentMethod: string | null;
    /** Stripe's `off_session` or `on_session`. */
    usage: string | null;
  };
};

export function setupFacts(change: Change<SetupState>): Told<SetupFacts>[] {
  const { paymentMethod, usage } = change.is;
  return told<SetupFacts>({ "setup.succeeded": became(change, "succeeded") && { paymentMethod, usage } });
}
