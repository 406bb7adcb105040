import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type PriceState, price } from "./price.ts";

const OBJECT = { object: "price", id: "price_1" };

function project(changes: JsonObject): PriceState {
  return price.project({ ...OBJECT, ...changes }, "price.updated");
}

function capacityOf(capacity: string): number | null {
  return project({ metadata: { capacity } }).capacity;
}

describe("a price", () => {
  it("is what one of a product costs, and how often", () => {
    const told = {
      product: "prod_1",
      active: true,
      currency: "eur",
      type: "recurring",
      created: 1_700_000_000,
    };
    const amounts = { unit_amount: 900, unit_amount_decimal: "900" };
    const recurring = { interval: "month", interval_count: 3, usage_type: "licensed" };
    const names = { nickname: "Quarterly", lookup_key: "pro_quarterly", metadata: { tier: "pro" } };
    expect(project({ ...told, ...amounts, recurring, ...names })).toEqual({
      ...told,
      unitAmount: 900,
      unitAmountDecimal: null,
      interval: "month",
      intervalCount: 3,
      nickname: "Quarterly",
      lookupKey: "pro_quarterly",
      capacity: null,
      metadata: { tier: "pro" },
    });
  });

  it("has the decimal amount only where it is a fraction of the minor unit", () => {
    expect(project({ unit_amount: null, unit_amount_decimal: "0.05" })).toMatchObject({
      unitAmount: null,
      unitAmountDecimal: "0.05",
    });
    expect(project({ unit_amount: 0, unit_amount_decimal: "0" })).toMatchObject({
      unitAmount: 0,
      unitAmountDecimal: null,
    });
  });

  it("is never converted, where a currency has no minor unit or one of three decimals", () => {
    expect(project({ currency: "jpy", unit_amount: 1200 }).unitAmount).toBe(1200);
    expect(project({ currency: "kwd", unit_amount: 12340 }).unitAmount).toBe(12340);
  });

  it("has no amount where the quantity or the buyer decides it, and no interval where it is paid once", () => {
    const tiered = project({
      unit_amount: null,
      unit_amount_decimal: null,
      type: "one_time",
      recurring: null,
    });
    expect(tiered).toMatchObject({ unitAmount: null, unitAmountDecimal: null, type: "one_time" });
    expect(tiered).toMatchObject({ interval: null, intervalCount: null });
  });

  it("reads what is expanded as what is not", () => {
    expect(project({ product: { id: "prod_1", name: "Gala" } })).toEqual(project({ product: "prod_1" }));
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = project({});
    expect(new Set(Object.values({ ...nothing, metadata: null }))).toEqual(new Set([null]));
    const broken = {
      product: 5,
      active: 1,
      currency: {},
      unit_amount: "9",
      unit_amount_decimal: 9,
      type: [],
    };
    const more = { recurring: "month", nickname: 0, lookup_key: {}, created: "now", metadata: "capacity" };
    expect(project({ ...broken, ...more })).toEqual(nothing);
  });

  it("lives on its own, has no status, and can be born again", () => {
    const state = project({});
    expect([price.home, price.customerOf(state, "price_1"), price.statusOf(state)]).toEqual([
      "own",
      null,
      null,
    ]);
    expect(price.lifecycleOf(OBJECT).reusable).toBe(true);
  });
});

describe("a price's capacity", () => {
  it("is any whole number that its metadata tells", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (capacity) => {
        expect(capacityOf(String(capacity))).toBe(capacity);
      }),
    );
  });

  it.each(["", " 5", "5 ", "-1", "1.5", "1e3", "0x10", "٣", "500 seats", "9007199254740993"])(
    "is none where it says %j",
    (text) => {
      expect(capacityOf(text)).toBeNull();
    },
  );

  it("is told to its stock, zero as well", () => {
    const told = (metadata: JsonObject) => price.levels?.(project({ metadata }), "price_1");
    const level = (capacity: number) => [{ noun: "stock", id: "price_1", amounts: { capacity, limited: 1 } }];
    expect(told({ capacity: "500" })).toEqual(level(500));
    expect(told({ capacity: "0" })).toEqual(level(0));
    expect(told({})).toEqual([]);
    expect(told({ capacity: "many" })).toEqual([]);
  });
});
