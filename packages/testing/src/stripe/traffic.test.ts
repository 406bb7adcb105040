import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { API_VERSIONS } from "./api-versions.ts";
import type { StripeEvent, StripeObject } from "./event.ts";
import { habitsOf } from "./habits.ts";
import { overlay } from "./previous.ts";
import { identityOf } from "./shown.ts";
import { traffic } from "./traffic.ts";

/** With these seeds even what is rare happens. */
const busy = API_VERSIONS.map((apiVersion, index) => traffic({ seed: 84 + index, events: 2500, apiVersion }));

describe("traffic", () => {
  it("has exactly as many events as asked for, however few", () => {
    const seeds = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 120 }), (seed, events) => {
        expect(traffic({ seed, events }).events).toHaveLength(events);
      }),
    );
    for (const { events } of busy) expect(events).toHaveLength(2500);
  });

  it("is the same for the same seed, byte for byte, and another for another", () => {
    const once = JSON.stringify(traffic({ seed: 11, events: 600 }));
    expect(JSON.stringify(traffic({ seed: 11, events: 600 }))).toBe(once);
    expect(JSON.stringify(traffic({ seed: 12, events: 600 }))).not.toBe(once);
  });

  it("comes in the order of its seconds, over a few days, with ids of its own", () => {
    for (const { events } of busy) {
      const seconds = events.map((event) => event.created);
      expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
      const days = ((seconds.at(-1) ?? 0) - (seconds[0] ?? 0)) / 86_400;
      expect(days).toBeGreaterThan(1);
      expect(days).toBeLessThan(7);
      expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    }
  });

  it("is a mix of a billing day", () => {
    const types = new Set(busy.flatMap(({ events }) => events.map((event) => event.type)));
    for (const type of [
      "balance.available",
      "charge.captured",
      "charge.expired",
      "charge.dispute.closed",
      "charge.dispute.created",
      "charge.dispute.funds_reinstated",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.updated",
      "charge.refund.updated",
      "charge.refunded",
      "checkout.session.async_payment_failed",
      "checkout.session.async_payment_succeeded",
      "checkout.session.expired",
      "customer.deleted",
      "customer.subscription.deleted",
      "coupon.created",
      "coupon.deleted",
      "credit_note.voided",
      "customer.discount.created",
      "customer.discount.deleted",
      "customer.discount.updated",
      "customer.subscription.paused",
      "customer.subscription.resumed",
      "customer.subscription.trial_will_end",
      "entitlements.active_entitlement_summary.updated",
      "invoice.deleted",
      "invoice.payment_action_required",
      "invoice.payment_failed",
      "invoice.upcoming",
      "invoice.voided",
      "invoiceitem.deleted",
      "payment_intent.amount_capturable_updated",
      "payment_intent.canceled",
      "payment_intent.payment_failed",
      "payment_intent.requires_action",
      "payment_method.attached",
      "payment_method.automatically_updated",
      "payment_method.detached",
      "payment_method.updated",
      "payout.failed",
      "payout.paid",
      "payout.updated",
      "plan.updated",
      "price.deleted",
      "product.deleted",
      "product.updated",
      "promotion_code.updated",
      "refund.created",
      "refund.failed",
      "refund.updated",
      "setup_intent.canceled",
      "setup_intent.requires_action",
      "setup_intent.setup_failed",
      "setup_intent.succeeded",
      "subscription_schedule.canceled",
      "subscription_schedule.released",
      "subscription_schedule.updated",
    ]) {
      expect(types).toContain(type);
    }
    const statuses = new Set(busy.flatMap(({ truth }) => truth.map((row) => `${row.noun} ${row.status}`)));
    for (const status of ["past_due", "trialing", "canceled"])
      expect(statuses).toContain(`subscription ${status}`);
    for (const status of ["paid", "unpaid", "failed", "expired"])
      expect(statuses).toContain(`order ${status}`);
    for (const status of ["succeeded", "requires_capture", "canceled", "processing"])
      expect(statuses).toContain(`payment ${status}`);
  });

  it("has all that money is misread by, in accounts of either habit", () => {
    const rows = busy
      .flatMap(({ truth }) => truth)
      .map(({ noun, id, status, state }) => ({ noun, id, status, ...state }));
    const happen = {
      "a hold captured in part": ({ noun, charges }: Row) =>
        noun === "payment" &&
        listOf(charges).some(({ amount, captured }) => 0 < captured && captured < amount),
      "a payment without an intent": ({ noun, id }: Row) => noun === "payment" && id.startsWith("ch_"),
      "a payment of two invoices": ({ invoices }: Row) => listOf(invoices).length > 1,
      "a refunded order": ({ noun, refunded }: Row) => noun === "order" && refunded !== undefined,
      "a refunded and disputed payment": ({ noun, refunded, disputed }: Row) =>
        noun === "payment" && Number(refunded) > 0 && Number(disputed) > 0,
      "a lost dispute that gave something back": ({ noun, status, taken }: Row) =>
        noun === "dispute" && status === "lost" && taken !== undefined,
      "a session that sets up a card": ({ noun, session }: Row) => noun === "setup" && session !== undefined,
    };
    for (const [name, isSo] of Object.entries(happen)) expect([name, rows.some(isSo)]).toEqual([name, true]);
    const habits = new Set(busy.keys().map((index) => habitsOf(84 + index).afterFailedRefund));
    expect(habits).toEqual(new Set(["falls", "stays"]));
  });

  it("never embeds what Stripe does not embed in an event", () => {
    for (const { events } of busy) expect(JSON.stringify(events)).not.toContain("line_items");
  });
});

type Row = { noun: string; id: string; status: string | null; [member: string]: unknown };

type Amounts = { id: string; amount: number; captured: number };

function listOf(value: unknown): Amounts[] {
  return (value ?? []) as Amounts[];
}

describe("the previous attributes in traffic", () => {
  it("are on every update and on nothing else, and name something", () => {
    for (const event of busy.flatMap(({ events }) => events)) {
      const changed = Object.keys(event.data.previous_attributes ?? {});
      expect([event.type, changed.length > 0]).toEqual([event.type, isUpdate(event.type)]);
    }
  });

  it("laid over an object give what the event before had left of it", () => {
    for (const { events } of busy) {
      for (const [before, { data }] of changesOf(events)) {
        if (data.previous_attributes === undefined || before === undefined) continue;
        expect(overlay(data.object, data.previous_attributes)).toEqual(before);
      }
    }
  });
});

function isUpdate(type: string): boolean {
  const others = ["payment_method.automatically_updated", "payment_method.detached"];
  return type.endsWith(".updated") || others.includes(type);
}

/** Each event with the state before its change; events that leave the same state tell of one change. */
function changesOf(events: readonly StripeEvent[]): [StripeObject | undefined, StripeEvent][] {
  const states = new Map<unknown, { before: StripeObject | undefined; after: StripeObject }>();
  return events.map((event) => {
    const { object } = event.data;
    const known = states.get(identityOf(object));
    const isSameChange = known !== undefined && JSON.stringify(known.after) === JSON.stringify(object);
    const before = isSameChange ? known.before : known?.after;
    states.set(identityOf(object), { before, after: object });
    return [before, event];
  });
}
