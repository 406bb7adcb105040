// What happened to a Connect account: Stripe wants to know more, or it may charge and be paid out no longer, or again.
import { canonical } from "../json.ts";
import type { AccountState } from "../nouns/account.ts";
import { type Change, type Told, told } from "./fact.ts";

type Due = { currentlyDue: string[]; pastDue: string[]; deadline: number | null };
type Allowed = {
  chargesEnabled: boolean | null;
  payoutsEnabled: boolean | null;
  disabledReason: string | null;
};

export type AccountFacts = {
  /** Whenever something is due and what is due, or by when, is not as it was; the deadline is in seconds. */
  "account.requirements_due": Due;
  /** It may not charge or not be paid out, and could before, or for another reason than before. */
  "account.restricted": Allowed;
  /** It may both charge and be paid out. */
  "account.enabled": Allowed;
};

export function accountFacts({ was, is }: Change<AccountState>): Told<AccountFacts>[] {
  const due = dueOf(is);
  const isDue = due.currentlyDue.length + due.pastDue.length > 0;
  const isOther = was === null || canonical(dueOf(was)) !== canonical(due);
  const allowed = allowedOf(is);
  const before = was && allowedOf(was);
  return told<AccountFacts>({
    "account.requirements_due": isDue && isOther && due,
    "account.restricted": isRestricted(allowed) && canonical(before) !== canonical(allowed) && allowed,
    "account.enabled": isEnabled(allowed) && !(before !== null && isEnabled(before)) && allowed,
  });
}

function dueOf({ requirements: { currentlyDue, pastDue, deadline } }: AccountState): Due {
  return { currentlyDue, pastDue, deadline };
}

function allowedOf({ chargesEnabled, payoutsEnabled, requirements }: AccountState): Allowed {
  return { chargesEnabled, payoutsEnabled, disabledReason: requirements.disabledReason };
}

/** A new account may do nothing yet, and nothing was taken from it: then Stripe gives no reason. */
function isRestricted({ disabledReason }: Allowed): boolean {
  return disabledReason !== null;
}

function isEnabled({ chargesEnabled, payoutsEnabled }: Allowed): boolean {
  return chargesEnabled === true && payoutsEnabled === true;
}
