// What differs from one Stripe account to another, and never changes within one: its seed decides.
import { seeded } from "../random.ts";
import type { Options } from "./sandbox.ts";

export type Habits = Required<Pick<Options, "afterFailedRefund" | "settlement" | "accountsAsCustomers">>;

/** Apart from the randomness that decides what happens, so that the same happens in any account. */
const APART = 0x5eed;

export function habitsOf(seed: number): Habits {
  const random = seeded(seed ^ APART);
  return {
    afterFailedRefund: random.chance(0.5) ? "falls" : "stays",
    settlement: random.chance(0.25) ? { currency: "chf", rate: 0.9 } : null,
    accountsAsCustomers: random.chance(0.25),
  };
}
