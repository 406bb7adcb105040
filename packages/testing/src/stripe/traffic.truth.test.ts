import { describe, expect, it } from "vitest";
import { API_VERSIONS } from "./api-versions.ts";
import type { StripeEvent, StripeObject } from "./event.ts";
import { identityOf } from "./shown.ts";
import { type Traffic, traffic } from "./traffic.ts";

const busy = API_VERSIONS.map((apiVersion, seed) => traffic({ seed, events: 2500, apiVersion }));

/** Rows that several objects give together, and those objects. */
const JOINED_ROWS = ["customer-account", "payment", "profile", "stock"];
const JOINED_OBJECTS = ["payment_intent", "charge", "invoice_payment"];

/** A session in setup mode is in the row of its setup intent. */
function identityOfRow({ object, mode, setup_intent: intent, ...others }: StripeObject): string | null {
  if (object === "checkout.session" && mode === "setup") return `setup_intent ${intent}`;
  return identityOf({ object, ...others });
}

/** The object type behind a noun that is called otherwise. */
const OBJECTS: { [noun: string]: string } = {
  "credit-note": "credit_note",
  entitlement: "entitlements.active_entitlement_summary",
  "invoice-item": "invoiceitem",
  order: "checkout.session",
  "payment-method": "payment_method",
  "promotion-code": "promotion_code",
  setup: "setup_intent",
  "subscription-schedule": "subscription_schedule",
};

describe("the truth after traffic", () => {
  it("has a row for each object that an event told of, sorted by noun and id", () => {
    for (const { events, truth } of busy) {
      const told = new Set(events.flatMap((event) => identityOfRow(event.data.object) ?? []));
      const own = truth.filter((row) => !JOINED_ROWS.includes(row.noun));
      const rows = new Set(
        own.map(({ noun, id, state }) => `${OBJECTS[noun] ?? state.object ?? noun} ${id}`),
      );
      const isOwn = (identity: string) => !JOINED_OBJECTS.includes(identity.split(" ")[0] ?? "");
      expect(rows).toEqual(new Set([...told].filter(isOwn)));
      const keys = truth.map((row) => `${row.noun} ${row.id}`);
      expect(keys).toEqual(keys.toSorted());
    }
  });

  it("is what the last event of each object shows", () => {
    for (const { events, truth } of busy) {
      const last = new Map(events.map((event) => [identityOf(event.data.object), event]));
      for (const row of truth.filter(({ noun }) => noun === "generic" || noun === "subscription")) {
        const object = row.state.object ?? row.noun;
        const { type, data } = last.get(`${object} ${row.id}`) as StripeEvent;
        expect(row.status).toBe(data.object.status ?? null);
        expect(row.customer).toBe(data.object.customer ?? null);
        expect(row.deleted).toBe(type.endsWith(".deleted") && row.noun === "generic");
      }
    }
  });

  it("counts in stock what the orders say, without those whose payment went back whole", () => {
    for (const { truth } of busy) {
      const stock = truth.filter((row) => row.noun === "stock");
      const counts = stock.map(({ id, state: { sold, reserved } }) => [id, { sold, reserved }]);
      expect(Object.fromEntries(counts)).toMatchObject(countedFrom(truth));
    }
  });
});

function countedFrom(truth: Traffic["truth"]) {
  const counts: { [price: string]: { sold: number; reserved: number } } = {};
  const orders = truth.filter((row) => row.noun === "order" && row.state.refunded === undefined);
  for (const { status, state } of orders) {
    for (const { price, quantity } of state.lines as { price: string; quantity: number }[]) {
      counts[price] ??= { sold: 0, reserved: 0 };
      if (status === "paid") counts[price].sold += quantity;
      if (status === "unpaid") counts[price].reserved += quantity;
    }
  }
  return counts;
}
