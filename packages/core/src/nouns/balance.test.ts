import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { balance } from "./balance.ts";

const OBJECT = { object: "balance" };

function available(funds: Json): Record<string, number> {
  return balance.project({ ...OBJECT, available: funds }, "balance.available").available;
}

describe("a balance", () => {
  it("is what is there and what is on its way, by currency", () => {
    const funds = {
      available: [
        { amount: 5000, currency: "eur", source_types: { card: 5000 } },
        { amount: -20, currency: "jpy" },
      ],
      pending: [{ amount: 0, currency: "kwd" }],
      instant_available: [{ amount: 100, currency: "eur" }],
    };
    expect(balance.project({ ...OBJECT, ...funds }, "balance.available")).toEqual({
      available: { eur: 5000, jpy: -20 },
      pending: { kwd: 0 },
    });
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    expect(balance.project(OBJECT, "balance.available")).toEqual({ available: {}, pending: {} });
    const unreadable = [{ currency: "eur" }, { amount: 1.5, currency: "eur" }, { amount: 1 }, null, "eur"];
    expect(available([...unreadable, { amount: 7, currency: "usd" }])).toEqual({ usd: 7 });
    expect([available(null), available("5000 eur")]).toEqual([{}, {}]);
  });

  it("is one of a kind: it has a row though it has no id", () => {
    expect(balance.rowIdOf?.(OBJECT)).toBe("balance");
  });

  it("lives on its own, belongs to no customer, and has no status", () => {
    const state = balance.project(OBJECT, "balance.available");
    expect([balance.home, balance.customerOf(state, "balance"), balance.statusOf(state)]).toEqual([
      "own",
      null,
      null,
    ]);
    expect(balance.lifecycleOf(OBJECT)).toEqual({ ranks: {}, terminal: [] });
  });
});
