// How a shop's money gets to its bank on a billing day.
import {
  cancelPayout,
  createPayout,
  failPayout,
  releaseFunds,
  settlePayout,
  submitPayout,
} from "./payouts.ts";
import { find, type Sandbox } from "./sandbox.ts";
import { later } from "./shop.ts";

/** Pays out what there is: mostly of itself, now and then by hand, which may be called off. */
export function payOut(sandbox: Sandbox): void {
  const amount = releaseFunds(sandbox).available[sandbox.options.currency] ?? 0;
  if (amount <= 0) return;
  const automatic = sandbox.random.chance(0.7);
  const { id } = createPayout(sandbox, { amount, automatic });
  const isCanceled = !automatic && sandbox.random.chance(0.5);
  later(sandbox, 3, () => (isCanceled ? cancelPayout(sandbox, id) : travel(sandbox, id)));
}

/** One of a few comes back, even from the bank that had booked it. */
function travel(sandbox: Sandbox, id: string): void {
  submitPayout(sandbox, id);
  later(sandbox, 20, () => {
    if (sandbox.random.chance(0.8)) settlePayout(sandbox, id);
    if (find(sandbox, "payout", id).status !== "paid") failPayout(sandbox, id);
    else if (sandbox.random.chance(0.1)) later(sandbox, 20, () => failPayout(sandbox, id));
  });
}
