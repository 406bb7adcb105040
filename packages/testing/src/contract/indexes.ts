// Two indexes list rows by relation and by status, and follow every change of either (D13).
import type { LedgerEntry } from "@stripe-lanes/core/ledger";
import type { Row } from "@stripe-lanes/core/row";
import type { Store } from "@stripe-lanes/core/store";
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import {
  allPages,
  applied,
  commit,
  loadEntry,
  NOW_SECOND,
  orderRow,
  refundRow,
  subscriptionRow,
} from "./samples.ts";

/** Declares the tests that both indexes follow every change of a row, page by page (D13). */
export function describeIndexes(place: () => Place): void {
  describe("the index by relation", () => {
    it("finds a customer's row by its own id", async () => {
      const { store, tenant } = place();
      const row = subscriptionRow(tenant);
      await commit(store, { rows: [row] });
      expect((await store.rowsBy("gsi1", `${tenant}#sub_1`, { limit: 10 })).found).toStrictEqual([row]);
    });

    it("finds rows that live on their own by their customer, page by page", async () => {
      const { store, tenant } = place();
      const rows = ["cs_3", "cs_1", "cs_2"].map((id) => orderRow(tenant, { id }));
      await commit(store, { rows: [...rows, orderRow(tenant, { id: "cs_4", customer: null })] });
      expect(await idsBy(store, "gsi1", `${tenant}#cus_1`)).toEqual(["cs_1", "cs_2", "cs_3"]);
    });

    it("moves a row whose customer changes", async () => {
      const { store, tenant } = place();
      await commit(store, { rows: [orderRow(tenant)] });
      await commit(store, { rows: [orderRow(tenant, { customer: "cus_2", revision: 2 })] });
      expect(await idsBy(store, "gsi1", `${tenant}#cus_1`)).toEqual([]);
      expect(await idsBy(store, "gsi1", `${tenant}#cus_2`)).toEqual(["cs_1"]);
    });

    it("loses a row whose customer is gone", async () => {
      const { store, tenant } = place();
      await commit(store, { rows: [orderRow(tenant)] });
      await commit(store, { rows: [orderRow(tenant, { customer: null, revision: 2 })] });
      expect(await idsBy(store, "gsi1", `${tenant}#cus_1`)).toEqual([]);
    });
  });

  describe("the index by relation, of the ledger", () => {
    const listed = (tenant: string, created: number, customer: string): LedgerEntry => {
      const entry = applied(tenant, { event: `evt_${created}`, created, customer });
      return { ...entry, relation: { gsi1pk: `${tenant}#ch_1`, gsi1sk: entry.key.sk } };
    };

    it("says where an object's entries are, whatever their partition, oldest first", async () => {
      const { store, tenant } = place();
      const ledger = [listed(tenant, 3_000, "cus_1"), listed(tenant, 1_000, "cus_2")];
      await commit(store, { ledger: [...ledger, applied(tenant)], rows: [orderRow(tenant)] });
      expect(await store.ledgerKeysBy(`${tenant}#ch_1`, 10)).toEqual([ledger[1]?.key, ledger[0]?.key]);
      expect(await store.ledgerKeysBy(`${tenant}#ch_1`, 1)).toEqual([ledger[1]?.key]);
    });

    it("keeps an entry through the note of a start, and the note's end", async () => {
      const { store, tenant } = place();
      const { outcome, reason, ...entry } = listed(tenant, 1_000, "cus_1");
      await store.note(entry, "m/3", NOW_SECOND);
      await store.withdraw(entry.key, "m/3", NOW_SECOND);
      expect(await store.ledgerKeysBy(`${tenant}#ch_1`, 10)).toEqual([entry.key]);
      expect(await loadEntry(store, entry)).toStrictEqual(entry);
    });

    it("gives no entry where rows are asked for, and no row where entries are", async () => {
      const { store, tenant } = place();
      const row = orderRow(tenant, { customer: "ch_1" });
      const entry = listed(tenant, 1_000, "cus_1");
      await commit(store, { ledger: [entry], rows: [row] });
      expect((await store.rowsBy("gsi1", `${tenant}#ch_1`, { limit: 1 })).found).toStrictEqual([row]);
      expect(await store.ledgerKeysBy(`${tenant}#ch_1`, 10)).toEqual([entry.key]);
    });
  });

  describe("the index by relation, of one kind", () => {
    it("lists rows by what their sort keys begin with, page by page", async () => {
      const { store, tenant } = place();
      const orders = ["cs_2", "cs_3", "cs_1"].map((id) => orderRow(tenant, { id }));
      const refund = refundRow(tenant);
      await commit(store, { rows: [...orders, refund] });
      const read = (prefix: string) =>
        allPages((page) => store.rowsBy("gsi1", `${tenant}#cus_1`, { ...page, prefix }));
      expect((await read("order#")).map(({ identity }) => identity.id)).toEqual(["cs_1", "cs_2", "cs_3"]);
      expect(await read("refund#")).toStrictEqual([refund]);
    });
  });

  describe("the index by status", () => {
    it("lists a noun's rows of one status, page by page", async () => {
      const { store, tenant } = place();
      const open = ["sub_3", "sub_1", "sub_2"].map((id) => inStatus(tenant, id, "active"));
      await commit(store, { rows: [...open, inStatus(tenant, "sub_4", "canceled"), orderRow(tenant)] });
      expect(await idsBy(store, "gsi2", `${tenant}#subscription#active`)).toEqual([
        "sub_1",
        "sub_2",
        "sub_3",
      ]);
    });

    it("moves a row whose status changes", async () => {
      const { store, tenant } = place();
      await commit(store, { rows: [inStatus(tenant, "sub_1", "active")] });
      await commit(store, { rows: [inStatus(tenant, "sub_1", "canceled", 2)] });
      expect(await idsBy(store, "gsi2", `${tenant}#subscription#active`)).toEqual([]);
      expect(await idsBy(store, "gsi2", `${tenant}#subscription#canceled`)).toEqual(["sub_1"]);
    });

    it("loses a row that is deleted, which stays where it is", async () => {
      const { store, tenant } = place();
      await commit(store, { rows: [orderRow(tenant)] });
      const gone = orderRow(tenant, { revision: 2, part: { deleted: true } });
      await commit(store, { rows: [gone] });
      expect(await idsBy(store, "gsi2", `${tenant}#order#open`)).toEqual([]);
      expect(await idsBy(store, "gsi1", `${tenant}#cus_1`)).toEqual(["cs_1"]);
    });
  });
}

function inStatus(tenant: string, id: string, status: string, revision = 1): Row {
  return subscriptionRow(tenant, { id, revision, state: { status } });
}

async function idsBy(store: Store, index: "gsi1" | "gsi2", pk: string): Promise<string[]> {
  const found = await allPages((page) => store.rowsBy(index, pk, page));
  return found.map(({ identity }) => identity.id);
}
