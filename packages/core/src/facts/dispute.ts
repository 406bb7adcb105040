// What happened to a dispute: a bank asked, took the money, and decided.
import type { DisputeState } from "../nouns/dispute.ts";
import { became, type Change, type Told, told } from "./fact.ts";

type Claim = {
  /** The id of the payment's row. */
  payment: string | null;
  charge: string | null;
  amount: number | null;
  currency: string | null;
  reason: string | null;
};
type Deadline = {
  /** An inquiry takes no money yet. */
  isInquiry: boolean;
  evidenceDueBy: number | null;
};

export type DisputeFacts = {
  /** A bank asks, or takes the money at once. */
  "dispute.opened": Claim & Deadline;
  /** What was an inquiry takes the money. */
  "dispute.escalated": Claim & Deadline;
  /** What was decided is decided again. */
  "dispute.appealed": Claim & Deadline;
  /** The bank decided that the payment stands. */
  "dispute.won": Claim;
  /** The bank decided that the money stays with the customer. */
  "dispute.lost": Claim;
  /** It ended without a verdict: an inquiry that went no further, or a dispute that was prevented. */
  "dispute.closed": Claim;
};

export function disputeFacts(change: Change<DisputeState>): Told<DisputeFacts>[] {
  const { was, is } = change;
  const { payment, charge, amount, currency, reason, evidenceDueBy } = is;
  const claim = { payment, charge, amount, currency, reason };
  const deadline = { isInquiry: isInquiry(is), evidenceDueBy };
  const hasEscalated = was !== null && isInquiry(was) && became(change, "needs_response", "under_review");
  return told<DisputeFacts>({
    "dispute.opened": was === null && { ...claim, ...deadline },
    "dispute.escalated": hasEscalated && { ...claim, ...deadline },
    "dispute.appealed": hasBeenAppealed(change) && { ...claim, ...deadline },
    "dispute.won": became(change, "won") && claim,
    "dispute.lost": became(change, "lost") && claim,
    "dispute.closed": became(change, "warning_closed", "prevented") && claim,
  });
}

const APPEALED: ReadonlySet<string | null> = new Set(["appeal_needs_response", "appeal_under_review"]);

function hasBeenAppealed({ was, is }: Change<DisputeState>): boolean {
  return APPEALED.has(is.status) && !APPEALED.has(was?.status ?? null);
}

/** "How disputes work", docs.stripe.com/disputes/how-disputes-work: an inquiry takes no money yet. */
function isInquiry({ status }: DisputeState): boolean {
  return status?.startsWith("warning_") ?? false;
}
