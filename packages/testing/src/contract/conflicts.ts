// A conflict names what another writer changed: who reads the log has a row to look at.
import { Conflict } from "@stripe-lanes/core/errors";
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import {
  applied,
  commit,
  entrySample,
  invoiceRow,
  NOW_SECOND,
  orderRow,
  subscriptionRow,
} from "./samples.ts";

/**
 * Declares the tests that a Conflict names each row and event that changed. `place` is called once a test or more,
 * for a store and a tenant.
 */
export function describeConflicts(place: () => Place): void {
  describe("a conflict", () => {
    it("names the row that is not as it was read, among those that are", async () => {
      const { store, tenant } = place();
      const rows = [orderRow(tenant), subscriptionRow(tenant), invoiceRow(tenant)];
      await commit(store, { rows: rows.slice(1, 2) });
      const { message } = await conflictOf(commit(store, { rows, ledger: [applied(tenant)] }));
      expect(message).toContain(": subscription sub_1.");
    });

    it("names each of several", async () => {
      const { store, tenant } = place();
      const [rows, ledger] = [[orderRow(tenant), subscriptionRow(tenant)], [applied(tenant)]];
      await commit(store, { rows, ledger });
      const { message } = await conflictOf(commit(store, { rows, ledger }));
      expect(message).toContain(": order cs_1, subscription sub_1, event evt_1.");
    });

    it("names the event that has had its outcome, to which no note is added", async () => {
      const { store, tenant } = place();
      const entry = applied(tenant);
      await commit(store, { ledger: [entry] });
      const noting = store.note(entrySample(tenant), "m/1", NOW_SECOND);
      expect((await conflictOf(noting)).message).toContain(": event evt_1.");
      const withdrawing = store.withdraw(entry.key, "m/1", NOW_SECOND);
      expect((await conflictOf(withdrawing)).message).toContain(": event evt_1.");
    });
  });
}

async function conflictOf(refused: Promise<void>): Promise<Conflict> {
  const error = await refused.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Conflict);
  return error as Conflict;
}
