// What the account holds: money that came in is pending first, available later, and then paid out.
import type { Amounts, Balance } from "./money.ts";
import { change, create, type Sandbox } from "./sandbox.ts";

const BALANCE = "balance";

export function balanceOf(sandbox: Sandbox): Balance {
  const entry = sandbox.entries.get(BALANCE);
  if (entry !== undefined) return entry.record as Balance;
  return create(sandbox, { object: BALANCE, id: BALANCE, created: 0, available: {}, pending: {} });
}

/** What a charge brought, which can be used some days later. */
export function receive(sandbox: Sandbox, currency: string, amount: number): void {
  const { pending } = balanceOf(sandbox);
  change(sandbox, balanceOf(sandbox), { pending: plus(pending, currency, amount) });
}

/** What goes back or is paid out, or with a negative amount comes back: it may be more than there is. */
export function spend(sandbox: Sandbox, currency: string, amount: number): void {
  const { available } = balanceOf(sandbox);
  change(sandbox, balanceOf(sandbox), { available: plus(available, currency, -amount) });
}

/** All that was pending is available from now on. */
export function release(sandbox: Sandbox): Balance {
  const { available, pending } = balanceOf(sandbox);
  const sum = Object.entries(pending).reduce(
    (held, [currency, amount]) => plus(held, currency, amount),
    available,
  );
  const nothing = Object.fromEntries(Object.keys(pending).map((currency) => [currency, 0]));
  return change(sandbox, balanceOf(sandbox), { available: sum, pending: nothing });
}

function plus(amounts: Amounts, currency: string, amount: number): Amounts {
  return { ...amounts, [currency]: (amounts[currency] ?? 0) + amount };
}
