// Rows: written only where they are still as they were read, in one transaction or not at all.
import { Conflict } from "@stripe-lanes/core/errors";
import { keyText } from "@stripe-lanes/core/keys";
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import { applied, commit, loadEntry, loadRow, orderRow, subscriptionRow } from "./samples.ts";

/** Declares the tests of rows: a write whose revision was not read throws Conflict and writes nothing. */
export function describeRows(place: () => Place): void {
  describe("rows", () => {
    it("are loaded as they were committed", async () => {
      const { store, tenant } = place();
      const row = subscriptionRow(tenant);
      await commit(store, { rows: [row] });
      expect(await loadRow(store, row)).toStrictEqual(row);
    });

    it.each(["__proto__", "a#b%c\nd", "ключ 🔑"])("have ids of any characters, such as %j", async (id) => {
      const { store, tenant } = place();
      for (const row of [subscriptionRow(tenant, { id }), orderRow(tenant, { id })]) {
        await commit(store, { rows: [row] });
        expect(await loadRow(store, row)).toStrictEqual(row);
      }
    });

    it("are updated where they are at the revision that was read", async () => {
      const { store, tenant } = place();
      await commit(store, { rows: [subscriptionRow(tenant)] });
      const next = subscriptionRow(tenant, { revision: 2, state: { status: "canceled" } });
      await commit(store, { rows: [next] });
      expect(await loadRow(store, next)).toStrictEqual(next);
    });

    it("are not born twice", async () => {
      const { store, tenant } = place();
      const row = subscriptionRow(tenant);
      await commit(store, { rows: [row] });
      const rival = subscriptionRow(tenant, { state: { status: "rival" } });
      await expect(commit(store, { rows: [rival] })).rejects.toBeInstanceOf(Conflict);
      expect(await loadRow(store, row)).toStrictEqual(row);
    });

    it.each([2, 4])("at revision 2 are not written as revision %i", async (revision) => {
      const { store, tenant } = place();
      await commit(store, { rows: [subscriptionRow(tenant)] });
      await commit(store, { rows: [subscriptionRow(tenant, { revision: 2 })] });
      const stale = subscriptionRow(tenant, { revision, state: { status: "stale" } });
      await expect(commit(store, { rows: [stale] })).rejects.toBeInstanceOf(Conflict);
      expect((await loadRow(store, stale))?.status).toBe("open");
    });

    it("that are not there are not updated", async () => {
      const { store, tenant } = place();
      const row = subscriptionRow(tenant, { revision: 2 });
      await expect(commit(store, { rows: [row] })).rejects.toBeInstanceOf(Conflict);
      expect(await loadRow(store, row)).toBeUndefined();
    });

    it("born by several at once are born once", async () => {
      const { store, tenant } = place();
      const rivals = ["a", "b", "c"].map((status) => subscriptionRow(tenant, { state: { status } }));
      const ends = await Promise.allSettled(rivals.map((row) => commit(store, { rows: [row] })));
      const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
      expect(refused).toEqual([expect.any(Conflict), expect.any(Conflict)]);
    });
  });

  describe("a transaction whose condition does not hold", () => {
    it("leaves nothing behind", async () => {
      const { store, tenant } = place();
      await commit(store, { rows: [subscriptionRow(tenant)] });
      const born = orderRow(tenant);
      const entry = applied(tenant);
      const move = { key: { pk: `${tenant}#price_1`, sk: "stock" }, amounts: { sold: 1 } };
      const changes = { rows: [born, subscriptionRow(tenant)], ledger: [entry], moves: [move] };
      await expect(commit(store, changes)).rejects.toBeInstanceOf(Conflict);
      expect(await loadRow(store, born)).toBeUndefined();
      expect(await loadEntry(store, entry)).toBeUndefined();
      expect(await store.counters([move.key])).toEqual([]);
    });

    it("may be one of the ledger", async () => {
      const { store, tenant } = place();
      await commit(store, { ledger: [applied(tenant)] });
      const row = subscriptionRow(tenant);
      await expect(commit(store, { rows: [row], ledger: [applied(tenant)] })).rejects.toBeInstanceOf(
        Conflict,
      );
      expect(await loadRow(store, row)).toBeUndefined();
    });
  });

  describe("loading", () => {
    it("finds what is there and says nothing of what is not", async () => {
      const { store, tenant } = place();
      const [row, missing] = [subscriptionRow(tenant), orderRow(tenant)];
      await commit(store, { rows: [row], ledger: [applied(tenant)] });
      const keys = [row.key, missing.key, applied(tenant).key, applied(tenant, { event: "evt_2" }).key];
      const { rows, ledger } = await store.load(keys, { consistent: true });
      expect([...rows.keys()]).toEqual([keyText(row.key)]);
      expect([...ledger.keys()]).toEqual([keyText(applied(tenant).key)]);
    });

    it("of nothing finds nothing", async () => {
      const { store } = place();
      expect(await store.load([], { consistent: false })).toEqual({ rows: new Map(), ledger: new Map() });
    });

    it("takes more keys than DynamoDB reads at once", async () => {
      const { store, tenant } = place();
      const rows = Array.from({ length: 230 }, (_, number) => orderRow(tenant, { id: `cs_${number}` }));
      for (const start of [0, 100]) await commit(store, { rows: rows.slice(start, start + 100) });
      const loaded = await store.load(
        rows.map(({ key }) => key),
        { consistent: true },
      );
      expect(new Set(loaded.rows.keys())).toEqual(new Set(rows.slice(0, 200).map(({ key }) => keyText(key))));
    });
  });
}
