// A partition holds a customer's rows and their ledger, and gives them page by page.
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import { allPages, applied, commit, invoiceRow, orderRow, subscriptionRow } from "./samples.ts";

/** Declares the tests of reading one customer's rows and ledger in the order of their keys, page by page. */
export function describePartitions(place: () => Place): void {
  describe("a partition", () => {
    it("gives its rows without its ledger, in the order of their keys, page by page", async () => {
      const { store, tenant } = place();
      const rows = ["sub_3", "sub_1", "sub_2"].map((id) => subscriptionRow(tenant, { id }));
      await commit(store, { rows, ledger: [applied(tenant), applied(tenant, { event: "evt_2" })] });
      const found = await allPages((page) => store.rowsIn(`${tenant}#cus_1`, page));
      expect(found.map(({ identity }) => identity.id)).toEqual(["sub_1", "sub_2", "sub_3"]);
      expect(found[0]).toStrictEqual(rows[1]);
    });

    it("gives its ledger, oldest event first, page by page", async () => {
      const { store, tenant } = place();
      const seconds = [1_780_000_007, 999, 1_780_000_001, 0, 5_000_000_000];
      const ledger = seconds.map((created) => applied(tenant, { event: `evt_${created}`, created }));
      await commit(store, { rows: [subscriptionRow(tenant)], ledger });
      const found = await allPages((page) => store.ledgerIn(`${tenant}#cus_1`, page));
      const inOrder = seconds.toSorted((a, b) => a - b).map((created) => `evt_${created}`);
      expect(found.map(({ event }) => event)).toEqual(inOrder);
    });

    it("goes on after any sort key, so that two can be read side by side", async () => {
      const { store, tenant } = place();
      const ledger = [1_000, 2_000, 3_000].map((created) => applied(tenant, { created }));
      await commit(store, { rows: [subscriptionRow(tenant)], ledger });
      const after = "EVENT#0000002000#evt_0";
      const { found } = await store.ledgerIn(`${tenant}#cus_1`, { limit: 10, after });
      expect(found).toStrictEqual(ledger.slice(1));
    });

    it("gives the rows of one kind by what their sort keys begin with, page by page", async () => {
      const { store, tenant } = place();
      const rows = ["sub_3", "sub_1", "sub_2"].map((id) => subscriptionRow(tenant, { id }));
      const invoice = invoiceRow(tenant);
      await commit(store, { rows: [...rows, invoice], ledger: [applied(tenant)] });
      const found = await allPages((page) =>
        store.rowsIn(`${tenant}#cus_1`, { ...page, prefix: "subscription#" }),
      );
      expect(found.map(({ identity }) => identity.id)).toEqual(["sub_1", "sub_2", "sub_3"]);
      const invoices = await store.rowsIn(`${tenant}#cus_1`, { limit: 10, prefix: "invoice#" });
      expect(invoices).toStrictEqual({ found: [invoice] });
    });

    it("has nothing of another customer, or of another tenant", async () => {
      const { store, tenant } = place();
      const other = place().tenant;
      const rows = [subscriptionRow(tenant, { customer: "cus_11" }), subscriptionRow(other)];
      await commit(store, { rows, ledger: [applied(tenant, { customer: "cus_11" }), applied(other)] });
      expect(await store.rowsIn(`${tenant}#cus_1`, { limit: 10 })).toEqual({ found: [] });
      expect(await store.ledgerIn(`${tenant}#cus_1`, { limit: 10 })).toEqual({ found: [] });
    });

    it("of a row that lives on its own has that row", async () => {
      const { store, tenant } = place();
      const row = orderRow(tenant);
      await commit(store, { rows: [row] });
      expect((await store.rowsIn(`${tenant}#cs_1`, { limit: 10 })).found).toStrictEqual([row]);
    });
  });
}
