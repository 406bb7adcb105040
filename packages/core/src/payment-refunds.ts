// What went back of one charge. Its refunds tell, and the charge itself does: which of them a figure already contains
// is worked out from all their events, never from which of them came last (D21).
import { isFolded } from "./bounds.ts";
import { type Evidence, evidenceOf } from "./evidence.ts";
import { integer, member } from "./fields.ts";
import type { Seen } from "./noun.ts";
import type { Charge } from "./payment-parts.ts";

/** What a payment holds of a refund. */
export type RefundShare = {
  status: string | null;
  amount: number | null;
  currency: string | null;
  charge: string | null;
  /** The first second at which it was told failed or canceled; absent where it was not. */
  failedAt?: number;
  /** For how many of the payment's refunds it stands, of one status, charge and currency: beyond a hundred. */
  count?: number;
};

/** Minor units; where the events contradict each other, the least that they prove. */
export type Refunded = { amount: number; isCertain: boolean };

type Refund = { id: string } & RefundShare;

/** Money that was on its way back and never arrived. */
export function isTakenBack({ status }: Pick<RefundShare, "status">): boolean {
  return status === "failed" || status === "canceled";
}

/**
 * What all events of a charge say of its `amount_refunded`: how high it was, when it fell, and what it was when it was
 * last told because of a refund. Of a charge that nothing was refunded of there is nothing to say.
 */
export function refundEvidence({ id, object, type, at, previous }: Seen): Evidence {
  const figure = integer(object.amount_refunded);
  const before = integer(member(previous ?? {}, "amount_refunded"));
  const hasFallen = figure !== null && before !== null && figure < before;
  return evidenceOf({
    greatest: {
      [`most ${id}`]: Math.max(figure ?? 0, before ?? 0) || null,
      [`fell ${id}`]: hasFallen ? at : null,
    },
    latest: { [`last ${id}`]: type === "charge.refunded" && figure !== null ? [at, figure] : null },
  });
}

export function refundedOfCharge(
  charge: Charge | undefined,
  refunds: readonly Refund[],
  evidence: Evidence,
): Refunded {
  const all = withListed(charge, refunds);
  const alive = total(all.filter((refund) => !isTakenBack(refund)));
  if (charge === undefined) return { amount: alive, isCertain: true };
  const captured = mostReturned(charge);
  // A list of Stripe's does not say which of its refunds are folded.
  if (charge.refunds !== undefined && !refunds.some(isFolded))
    return { amount: Math.min(alive, captured), isCertain: true };
  const figure = returnedBy(charge);
  const failed = refunds
    .filter(isTakenBack)
    .map((refund) => ({ ...refund, is: isFolded(refund) ? "unclear" : inFigure(refund, charge, evidence) }));
  const contained = total(failed.filter(({ is }) => is !== "taken off"));
  const rest = figure - contained;
  return {
    amount: Math.min(Math.max(alive, rest), captured),
    isCertain: contained <= figure && !failed.some(({ is }) => is === "unclear"),
  };
}

/** A charge that was last told of as held may have been captured since, as a refund of it says. */
function mostReturned({ status, captured }: Charge): number {
  return status === "requires_capture" ? Number.POSITIVE_INFINITY : (captured ?? 0);
}

/** Versions before 2022-11-15 list refunds with their charge; a refund that failed by either is failed. */
function withListed(
  charge: Charge | undefined,
  refunds: readonly Refund[],
): Pick<Refund, "status" | "amount">[] {
  const failed = new Set(refunds.filter(isTakenBack).map(({ id }) => id));
  const listed = (refunds.some(isFolded) ? [] : (charge?.refunds ?? [])).map((one) =>
    failed.has(one.id) ? { ...one, status: "failed" } : one,
  );
  const ids = new Set(listed.map(({ id }) => id));
  return [...listed, ...refunds.filter(({ id }) => !ids.has(id))];
}

/**
 * What a charge tells was refunded. With a part of it captured, what was authorized beyond that counts as refunded
 * once it is let go, and nobody had paid that.
 */
function returnedBy({ amount, captured, refunded }: Charge): number {
  const beyond = Math.max(0, (amount ?? 0) - (captured ?? 0));
  const figure = refunded ?? 0;
  return figure >= beyond ? figure - beyond : figure;
}

/**
 * Whether a charge's figure still contains a refund that failed. No page of Stripe's says whether the figure falls
 * then. A figure from before the failure contains it. One from after it does not where it was seen to fall, is below the
 * one that was told because of the last refund before it, or was told because of a later one; else it does.
 */
function inFigure(
  { failedAt }: Refund,
  { id, second, refunded }: Charge,
  evidence: Evidence,
): "contained" | "taken off" | "unclear" {
  if (failedAt === undefined || failedAt > second) return "contained";
  const fell = evidence.greatest?.[`fell ${id}`] ?? 0;
  const [told, before] = evidence.latest?.[`last ${id}`] ?? [0, evidence.greatest?.[`most ${id}`] ?? 0];
  if (fell >= failedAt || told > failedAt) return "taken off";
  if (failedAt === second) return "unclear";
  return (refunded ?? 0) < before ? "taken off" : "contained";
}

/** By how much what a charge tells was refunded is below the highest that it told, in minor units. */
export function fallOf(id: string, refunded: number | null, { greatest = {} }: Evidence): number {
  return Math.max(0, (greatest[`most ${id}`] ?? 0) - (refunded ?? 0));
}

function total(refunds: readonly { amount: number | null }[]): number {
  return refunds.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
}
