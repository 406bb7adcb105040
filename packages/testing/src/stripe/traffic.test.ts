import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { API_VERSIONS } from "./differences.ts";
import type { StripeEvent, StripeObject } from "./event.ts";
import { overlay } from "./previous.ts";
import { type Traffic, traffic } from "./traffic.ts";

const busy = API_VERSIONS.map((apiVersion, seed) => traffic({ seed, events: 2500, apiVersion }));

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
      "charge.refunded",
      "checkout.session.async_payment_failed",
      "checkout.session.async_payment_succeeded",
      "checkout.session.expired",
      "customer.deleted",
      "customer.subscription.deleted",
      "customer.subscription.trial_will_end",
      "invoice.payment_failed",
      "invoice.upcoming",
      "invoice.voided",
      "product.updated",
    ]) {
      expect(types).toContain(type);
    }
    const statuses = new Set(busy.flatMap(({ truth }) => truth.map((row) => `${row.noun} ${row.status}`)));
    for (const status of ["past_due", "trialing", "canceled"])
      expect(statuses).toContain(`subscription ${status}`);
    for (const status of ["paid", "unpaid", "failed", "expired"])
      expect(statuses).toContain(`order ${status}`);
  });

  it("never embeds what Stripe does not embed in an event", () => {
    for (const { events } of busy) expect(JSON.stringify(events)).not.toContain("line_items");
  });
});

describe("the previous attributes in traffic", () => {
  it("are on every update and on nothing else, and name something", () => {
    for (const event of busy.flatMap(({ events }) => events)) {
      const changed = Object.keys(event.data.previous_attributes ?? {});
      expect([event.type, changed.length > 0]).toEqual([event.type, event.type.endsWith(".updated")]);
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

/** Each event with the state before its change; events that leave the same state tell of one change. */
function changesOf(events: readonly StripeEvent[]): [StripeObject | undefined, StripeEvent][] {
  const states = new Map<unknown, { before: StripeObject | undefined; after: StripeObject }>();
  return events.map((event) => {
    const { object } = event.data;
    const known = states.get(object.id);
    const isSameChange = known !== undefined && JSON.stringify(known.after) === JSON.stringify(object);
    const before = isSameChange ? known.before : known?.after;
    states.set(object.id, { before, after: object });
    return [before, event];
  });
}

describe("the truth after traffic", () => {
  it("has a row for each object that an event told of, sorted by noun and id", () => {
    for (const { events, truth } of busy) {
      const told = new Set(events.flatMap((event) => event.data.object.id ?? []));
      const rows = truth.filter((row) => row.noun !== "stock");
      expect(new Set(rows.map((row) => row.id))).toEqual(told);
      const keys = truth.map((row) => `${row.noun} ${row.id}`);
      expect(keys).toEqual(keys.toSorted());
    }
  });

  it("is what the last event of each object shows", () => {
    for (const { events, truth } of busy) {
      const last = new Map(events.map((event) => [event.data.object.id, event]));
      for (const row of truth.filter(({ noun }) => noun === "generic" || noun === "subscription")) {
        const { type, data } = last.get(row.id) as StripeEvent;
        expect(row.status).toBe(data.object.status ?? null);
        expect(row.customer).toBe(data.object.customer ?? null);
        expect(row.deleted).toBe(type.endsWith(".deleted") && row.noun === "generic");
      }
    }
  });

  it("counts in stock what the orders say", () => {
    for (const { truth } of busy) {
      const stock = truth.filter((row) => row.noun === "stock").map((row) => [row.id, row.state]);
      expect(Object.fromEntries(stock)).toEqual(countedFrom(truth));
    }
  });
});

function countedFrom(truth: Traffic["truth"]) {
  const counts: { [price: string]: { sold: number; reserved: number } } = {};
  for (const { status, state } of truth.filter((row) => row.noun === "order")) {
    for (const { price, quantity } of state.lines as { price: string; quantity: number }[]) {
      counts[price] ??= { sold: 0, reserved: 0 };
      if (status === "paid") counts[price].sold += quantity;
      if (status === "unpaid") counts[price].reserved += quantity;
    }
  }
  return counts;
}
