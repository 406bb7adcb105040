// What is no transaction: a fake that took it would hide what DynamoDB refuses.
import { Defect } from "@stripe-lanes/core/errors";
import type { Row } from "@stripe-lanes/core/row";
import { MOST_ACTIONS } from "@stripe-lanes/core/store";
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import { commit, loadRow, orderRow } from "./samples.ts";

function orders(tenant: string, count: number): [first: Row, ...others: Row[]] {
  const others = Array.from({ length: count - 1 }, (_, order) => orderRow(tenant, { id: `cs_${order}` }));
  return [orderRow(tenant, { id: "cs_first" }), ...others];
}

/** Declares the tests of what DynamoDB refuses in a transaction: the store throws Defect ("TransactWriteItems"). */
export function describeTransactions(place: () => Place): void {
  describe("a transaction", () => {
    it("takes as many actions as DynamoDB does", async () => {
      const { store, tenant } = place();
      const rows = orders(tenant, MOST_ACTIONS);
      await commit(store, { rows });
      expect(await Promise.all(rows.map((row) => loadRow(store, row)))).toStrictEqual(rows);
    });

    it("of more is refused, and writes nothing", async () => {
      const { store, tenant } = place();
      const rows = orders(tenant, MOST_ACTIONS + 1);
      await expect(commit(store, { rows })).rejects.toBeInstanceOf(Defect);
      expect(await loadRow(store, rows[0])).toBeUndefined();
    });

    it("of nothing is refused", async () => {
      await expect(commit(place().store, {})).rejects.toBeInstanceOf(Defect);
    });

    it("of two actions on one item is refused", async () => {
      const { store, tenant } = place();
      const rows = [...orders(tenant, 1), ...orders(tenant, 1)];
      await expect(commit(store, { rows })).rejects.toBeInstanceOf(Defect);
    });
  });

  describe("what was loaded", () => {
    it("is a copy: changing it changes nothing in the store", async () => {
      const { store, tenant } = place();
      const [row] = orders(tenant, 1);
      await commit(store, { rows: [row] });
      Object.assign((await loadRow(store, row))?.state ?? {}, { status: "changed" });
      expect(await loadRow(store, row)).toStrictEqual(row);
    });
  });
}
