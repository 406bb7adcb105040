// What happened to a setup: a payment method may be charged from now on.
import type { SetupState } from "../nouns/setup.ts";
import { became, type Change, type Told, told } from "./fact.ts";

export type SetupFacts = { "setup.succeeded": { paymentMethod: string | null; usage: string | null } };

export function setupFacts(change: Change<SetupState>): Told<SetupFacts>[] {
  const { paymentMethod, usage } = change.is;
  return told<SetupFacts>({ "setup.succeeded": became(change, "succeeded") && { paymentMethod, usage } });
}
