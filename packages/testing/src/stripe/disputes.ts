// Disputes: a bank takes a payment back until it has decided, or only asks first.
import { spend } from "./balance.ts";
import { DAY } from "./calendar.ts";
import { changeCharge, chargeOf } from "./charges.ts";
import { emit } from "./emit.ts";
import type { Dispute } from "./money.ts";
import { wentBack } from "./refunds.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

/** Of a charge or a payment intent, whole without an amount. An inquiry takes no money as long as it is one. */
export type NewDispute = { of: string; amount?: number; reason?: Dispute["reason"]; inquiry?: boolean };

export function openDispute(sandbox: Sandbox, { of, amount, reason, inquiry }: NewDispute): Dispute {
  const charge = chargeOf(sandbox, of);
  if (!charge.captured || charge.dispute !== null) throw new Error(`${charge.id} cannot be disputed.`);
  const dispute = create(sandbox, {
    object: "dispute",
    id: newId(sandbox, "du_1", 23),
    created: sandbox.now,
    charge: charge.id,
    paymentIntent: charge.paymentIntent,
    amount: amount ?? charge.amountCaptured,
    currency: charge.currency,
    status: inquiry ? "warning_needs_response" : "needs_response",
    reason: reason ?? "fraudulent",
    evidence: null,
    evidenceDueBy: sandbox.now + 7 * DAY,
    withheld: 0,
    transactions: [],
    metadata: {},
  });
  const opened = inquiry ? dispute : transfer(sandbox, dispute, -dispute.amount);
  emit(sandbox, opened, "charge.dispute.created", ...(inquiry ? [] : ["charge.dispute.funds_withdrawn"]));
  emit(sandbox, changeCharge(sandbox, charge, { dispute: dispute.id }), "charge.updated");
  return opened;
}

/** What the seller has to say; the bank then decides. */
export function submitEvidence(sandbox: Sandbox, id: string): Dispute {
  const dispute = disputeThatIs(sandbox, id, "needs_response", "warning_needs_response");
  const submitted = change(sandbox, dispute, {
    status: dispute.status === "needs_response" ? "under_review" : "warning_under_review",
    evidence: `Ticket ${sandbox.random.id(6)} was used.`,
  });
  emit(sandbox, submitted, "charge.dispute.updated");
  return submitted;
}

/** An inquiry becomes a chargeback, and the money goes. */
export function escalateDispute(sandbox: Sandbox, id: string): Dispute {
  const inquiry = disputeThatIs(sandbox, id, "warning_needs_response", "warning_under_review");
  const { amount } = change(sandbox, inquiry, { status: "needs_response" });
  const dispute = transfer(sandbox, inquiry, -amount);
  emit(sandbox, dispute, "charge.dispute.updated", "charge.dispute.funds_withdrawn");
  return dispute;
}

/**
 * The bank decides; what is only an inquiry is closed without a winner. All is given back of what is won, and of
 * what is lost what the buyer has by a refund already, unless `givenBack` says how much.
 */
export function closeDispute(
  sandbox: Sandbox,
  id: string,
  outcome: "won" | "lost",
  givenBack?: number,
): Dispute {
  const dispute = openOne(sandbox, id);
  const isInquiry = dispute.status.startsWith("warning_");
  const status = isInquiry ? "warning_closed" : outcome;
  const back = givenBack ?? (outcome === "won" ? dispute.withheld : refundedTwice(sandbox, dispute));
  if (back > dispute.withheld) throw new RangeError(`${id} withholds less.`);
  const closed = change(sandbox, dispute, { status });
  if (outcome === "lost" || back === 0) emit(sandbox, closed, "charge.dispute.closed");
  if (back === 0) return closed;
  const reinstated = transfer(sandbox, closed, back);
  const told = outcome === "lost" ? [] : ["charge.dispute.closed"];
  emit(sandbox, reinstated, ...told, "charge.dispute.funds_reinstated");
  return reinstated;
}

/** What of a dispute had gone back to the buyer before. */
function refundedTwice(sandbox: Sandbox, { charge: id, withheld }: Dispute): number {
  const { amountCaptured, refunds } = find(sandbox, "charge", id);
  return Math.max(0, Math.min(withheld, withheld + wentBack(refunds) - amountCaptured));
}

function openOne(sandbox: Sandbox, id: string): Dispute {
  const open = ["needs_response", "under_review", "warning_needs_response", "warning_under_review"] as const;
  return disputeThatIs(sandbox, id, ...open);
}

function disputeThatIs(sandbox: Sandbox, id: string, ...statuses: Dispute["status"][]): Dispute {
  const dispute = find(sandbox, "dispute", id);
  if (!statuses.includes(dispute.status)) throw new Error(`${id} is ${dispute.status}.`);
  return dispute;
}

/** Takes a negative amount from the balance, or gives a positive one back. */
function transfer(sandbox: Sandbox, { id }: Dispute, asked: number): Dispute {
  const dispute = find(sandbox, "dispute", id);
  const { currency, rate } = sandbox.options.settlement ?? { currency: dispute.currency, rate: 1 };
  const amount = Math.sign(asked) * Math.round(Math.abs(asked) * rate);
  spend(sandbox, currency, -amount);
  const transaction = { id: newId(sandbox, "txn_1", 23), created: sandbox.now, amount, currency };
  return change(sandbox, dispute, {
    withheld: dispute.withheld - asked,
    transactions: [...dispute.transactions, transaction],
  });
}
