// What facts claim, held against all that was ever true.
import type { Fact, FactName } from "@stripe-lanes/core/facts";
import type { TruthRow } from "../stripe/truth.ts";
import { everHeld, hadCapacity, wasActivated, wasEntitled, wasPaid } from "./claims.ts";
import { type Ever, everBecame, everWas, isGranted, most } from "./ever.ts";

/** A line for each fact of what was so at no moment. */
export function falseFacts(facts: readonly Fact[], ever: Ever): string[] {
  return facts
    .filter((fact) => !isTrue(fact, ever))
    .map(({ name, id, detail }) => `${name} ${id} ${JSON.stringify(detail)}`);
}

function isTrue(fact: Fact, ever: Ever): boolean {
  const check = CHECKS[fact.name] as Check<FactName>;
  const standings = ever.standings(fact.noun, fact.id);
  return areTotals(fact.detail, standings) && check(fact as never, standings, ever);
}

/** What a payment's facts tell of the whole payment. */
function areTotals(detail: object, standings: readonly TruthRow[]): boolean {
  if (!("paid" in detail && "refunded" in detail)) return true;
  const isChargeKnown = "charge" in detail && detail.charge !== null;
  return (
    wasPaid(Number(detail.paid), isChargeKnown, standings) &&
    Number(detail.refunded) <= most(standings, "refunded")
  );
}

type Check<Name extends FactName> = (
  fact: Extract<Fact, { name: Name }>,
  standings: readonly TruthRow[],
  ever: Ever,
) => boolean;

function is(...statuses: string[]) {
  return ({ status }: TruthRow) => statuses.includes(`${status}`);
}

/** It once had that status. */
function was(...statuses: string[]) {
  return (_: unknown, standings: readonly TruthRow[]) => everWas(standings, is(...statuses));
}

/** It ran again after it had not. */
function cameBackFrom(...statuses: string[]) {
  return (_: unknown, standings: readonly TruthRow[]) =>
    everBecame(standings, is(...statuses), is("active", "trialing"));
}

/** An object is there once any event tells of it. */
function isThere(_: unknown, standings: readonly TruthRow[]): boolean {
  return standings.length > 0;
}

/** Its own event says so, and no other object. */
const isToldAlone = () => true;

const CHECKS: { readonly [Name in FactName]: Check<Name> } = {
  "access.granted": (_, standings) => everWas(standings, isGranted),
  "access.revoked": isThere,
  "account.enabled": isToldAlone,
  "account.requirements_due": isToldAlone,
  "account.restricted": isToldAlone,
  "alert.triggered": isToldAlone,
  "customer.created": isThere,
  "customer.deleted": (_, standings) => everWas(standings, ({ deleted }) => deleted),
  "dispute.opened": isThere,
  "dispute.escalated": was("needs_response", "under_review"),
  "dispute.appealed": was("appeal_needs_response", "appeal_under_review"),
  "dispute.won": was("won"),
  "dispute.lost": was("lost"),
  "dispute.closed": was("warning_closed", "prevented"),
  "entitlement.granted": ({ detail }, standings) =>
    detail.features.every((feature) => wasEntitled(standings, feature)),
  "entitlement.revoked": ({ detail }, standings) =>
    everWas(standings, (row) => detail.features.every((feature) => !wasEntitled([row], feature))),
  "invoice.finalization_failed": isThere,
  "invoice.finalized": was("open", "paid", "uncollectible", "void"),
  "invoice.payment_failed": ({ detail }, standings) =>
    everWas(standings, ({ status, state }) => status !== "paid" && state.attempts === detail.attempts),
  "invoice.action_required": was("open"),
  "invoice.paid": was("paid"),
  "invoice.overpaid": was("open", "paid"),
  "invoice.uncollectible": was("uncollectible"),
  "invoice.voided": was("void"),
  "order.paid": was("paid"),
  "order.failed": was("failed"),
  "order.expired": was("expired"),
  "order.refunded": (_, standings, ever) =>
    everWas(standings, is("paid")) && everWas(paymentOf(standings, ever), wentBack),
  "order.refund_failed": (_, standings, ever) =>
    everBecame(paymentOf(standings, ever), wentBack, (row) => !wentBack(row)),
  "payment.captured": (_, standings) => most(standings, "paid") > 0,
  "payment.failed": (_, standings) => everWas(standings, hasFailed),
  "payment.canceled": was("canceled"),
  "payment.succeeded": ({ detail }, standings) =>
    detail.amount > 0 && wasPaid(detail.amount, detail.charge !== null, standings),
  "payment.refunded": ({ detail }, standings) => detail.amount <= allBack(standings),
  "payment.refund_failed": ({ detail }, standings, ever) =>
    detail.refund === null
      ? everWas(standings, hasFailedRefund)
      : everWas(ever.standings("refund", detail.refund), is("failed", "canceled")),
  "payment_method.attached": ({ detail }, standings) =>
    everWas(standings, ({ customer }) => customer === detail.customer),
  "payment_method.detached": ({ detail }, standings) =>
    everWas(standings, ({ customer }) => customer !== detail.customer),
  "setup.succeeded": was("succeeded"),
  "stock.oversold": ({ id, detail }, _, ever) =>
    detail.sold <= everHeld(id, ever, ["paid"]) && hadCapacity(id, ever, detail.capacity),
  "subscription.created": isThere,
  "subscription.trial_started": was("trialing"),
  "subscription.trial_will_end": ({ detail }, standings) =>
    everWas(standings, ({ state }) => state.trialEnd === detail.trialEnd),
  "subscription.activated": ({ id }, _, ever) => wasActivated(id, ever),
  "subscription.renewed": ({ detail }, standings) =>
    everWas(standings, (row) => row.status === "active" && hasPeriod(row, detail)),
  "subscription.changed": ({ detail }, standings) =>
    everBecame(standings, hasItems(detail.previous), hasItems(detail.items)),
  "subscription.past_due": was("past_due"),
  "subscription.unpaid": was("unpaid"),
  "subscription.recovered": cameBackFrom("past_due", "unpaid"),
  "subscription.paused": was("paused"),
  "subscription.resumed": cameBackFrom("paused"),
  "subscription.collection_paused": (_, standings) => everWas(standings, isCollectionPaused),
  "subscription.collection_resumed": (_, standings) =>
    everBecame(standings, isCollectionPaused, (row) => !isCollectionPaused(row)),
  "subscription.cancel_scheduled": ({ detail }, standings) =>
    everWas(standings, ({ state }) => state.endsAt === detail.endsAt),
  "subscription.cancel_withdrawn": ({ detail }, standings) =>
    everBecame(
      standings,
      ({ state }) => state.endsAt === detail.endsAt,
      ({ state }) => state.endsAt === null,
    ),
  "subscription.canceled": was("canceled"),
  "subscription.expired": was("incomplete_expired"),
};

function paymentOf(order: readonly TruthRow[], ever: Ever): readonly TruthRow[] {
  return ever.standings("payment", `${order.at(-1)?.state.paymentIntent}`);
}

function wentBack({ state: { paid, refunded } }: TruthRow): boolean {
  return Number(paid) > 0 && Number(refunded) >= Number(paid);
}

/** All that ever went back, what failed afterwards too. */
function allBack(standings: readonly TruthRow[]): number {
  const levels = standings.map(({ state }) => Number(state.refunded));
  return levels.reduce((sum, level, index) => sum + Math.max(0, level - (levels[index - 1] ?? 0)), 0);
}

function hasFailed({ state }: TruthRow): boolean {
  return state.failure !== null || hasOne(state.charges, "failed");
}

function hasFailedRefund({ state }: TruthRow): boolean {
  return hasOne(state.refunds, "failed", "canceled");
}

/** A list of the state has one with such a status. */
function hasOne(list: unknown, ...statuses: string[]): boolean {
  return (list as { status: string }[]).some(({ status }) => statuses.includes(status));
}

function isCollectionPaused({ state }: TruthRow): boolean {
  return state.pause !== null;
}

type Items = readonly { id: string | null; price: string | null; quantity: number | null }[];

function hasItems(items: Items) {
  const wanted = textOf(items);
  return ({ state }: TruthRow) => textOf(state.items as Items) === wanted;
}

function textOf(items: Items): string {
  return items
    .map(({ id, price, quantity }) => [id, price, quantity].join())
    .sort()
    .join(" ");
}

function hasPeriod({ state }: TruthRow, { periodStart }: { periodStart: number | null }): boolean {
  return (state.items as { periodStart: number }[]).some((item) => item.periodStart === periodStart);
}
