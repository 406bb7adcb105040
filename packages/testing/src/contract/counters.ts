// Counters take every addition, whatever they stand at (D15).
import type { Key } from "@stripe-lanes/core/keys";
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import { commit, subscriptionRow } from "./samples.ts";

const stockKey = (tenant: string, price = "price_1"): Key => ({ pk: `${tenant}#${price}`, sk: "stock" });

/** Declares the tests of counters: additions of either sign, from nothing and below zero (D15). */
export function describeCounters(place: () => Place): void {
  describe("counters", () => {
    it("count from nothing, up and down, below zero too", async () => {
      const { store, tenant } = place();
      const key = stockKey(tenant);
      for (const sold of [2, 3, -9]) await commit(store, { moves: [{ key, amounts: { sold } }] });
      const identity = { tenant, noun: "stock", id: "price_1", customer: null };
      expect(await store.counters([key])).toEqual([{ key, identity, amounts: { sold: -4 } }]);
    });

    it("count each of their amounts apart", async () => {
      const { store, tenant } = place();
      const key = stockKey(tenant);
      await commit(store, { moves: [{ key, amounts: { reserved: 5 } }] });
      await commit(store, { moves: [{ key, amounts: { reserved: -2, sold: 2 } }] });
      expect((await store.counters([key]))[0]?.amounts).toEqual({ reserved: 3, sold: 2 });
    });

    it("come with the rows of one transaction", async () => {
      const { store, tenant } = place();
      const moves = ["price_1", "price_2"].map((price) => ({
        key: stockKey(tenant, price),
        amounts: { sold: 1 },
      }));
      await commit(store, { rows: [subscriptionRow(tenant)], moves });
      expect(await store.counters(moves.map(({ key }) => key))).toHaveLength(2);
    });

    it("that never counted are not found, and no row is one", async () => {
      const { store, tenant } = place();
      const row = subscriptionRow(tenant);
      await commit(store, { rows: [row] });
      expect(await store.counters([stockKey(tenant), row.key])).toEqual([]);
    });

    it("are no rows", async () => {
      const { store, tenant } = place();
      const key = stockKey(tenant);
      await commit(store, { moves: [{ key, amounts: { sold: 1 } }] });
      expect((await store.load([key], { consistent: true })).rows.size).toBe(0);
    });
  });
}
