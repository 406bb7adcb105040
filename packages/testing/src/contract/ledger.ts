// The ledger takes one final outcome an event, and notes of those that have none (D6, D8).
import { Conflict } from "@stripe-lanes/core/errors";
import { PROBE_KEY } from "@stripe-lanes/core/keys";
import type { Outcome } from "@stripe-lanes/core/ledger";
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import { applied, commit, entrySample, KEEP, loadEntry, NOW_SECOND } from "./samples.ts";

const FINAL: Outcome[] = ["applied", "superseded", "duplicate", "ignored"];

/** Declares the tests of the ledger: one final outcome an event, and a parked one that may still change (D6, D8). */
export function describeLedger(place: () => Place): void {
  describe("the ledger", () => {
    it("takes an outcome where there is none", async () => {
      const { store, tenant } = place();
      const entry = applied(tenant);
      await commit(store, { ledger: [entry] });
      expect(await loadEntry(store, entry)).toStrictEqual(entry);
    });

    it("takes an outcome where handling has only started", async () => {
      const { store, tenant } = place();
      await store.note(entrySample(tenant), "m/1", NOW_SECOND);
      await commit(store, { ledger: [applied(tenant)] });
      expect(await loadEntry(store, applied(tenant))).toStrictEqual(applied(tenant));
    });

    it("is probed as often as need be, and tells of no event for that", async () => {
      const { store } = place();
      await store.probe(NOW_SECOND);
      await store.probe(NOW_SECOND + 1);
      expect((await store.ledgerIn(PROBE_KEY.pk, { limit: 10 })).found).toEqual([]);
    });

    it("takes an outcome where the event was parked", async () => {
      const { store, tenant } = place();
      await commit(store, { ledger: [applied(tenant, { outcome: "parked", reason: "defect" })] });
      await commit(store, { ledger: [applied(tenant)] });
      expect((await loadEntry(store, applied(tenant)))?.outcome).toBe("applied");
    });

    it.each(FINAL)("never gives up the outcome %s, not even for parked", async (outcome) => {
      const { store, tenant } = place();
      const entry = applied(tenant, { outcome });
      await commit(store, { ledger: [entry] });
      for (const other of [...FINAL, "parked" as const]) {
        const change = { ledger: [applied(tenant, { outcome: other })] };
        await expect(commit(store, change)).rejects.toBeInstanceOf(Conflict);
      }
      expect(await loadEntry(store, entry)).toStrictEqual(entry);
    });

    it("keeps a final outcome until the second in which it expires", async () => {
      const { store, tenant } = place();
      await commit(store, { ledger: [applied(tenant)] });
      const again = { ledger: [applied(tenant, { outcome: "superseded", expires: NOW_SECOND + 2 * KEEP })] };
      await expect(commit(store, again, NOW_SECOND + KEEP - 1)).rejects.toBeInstanceOf(Conflict);
      await commit(store, again, NOW_SECOND + KEEP);
      expect((await loadEntry(store, applied(tenant)))?.outcome).toBe("superseded");
    });

    it("keeps each event of one second apart", async () => {
      const { store, tenant } = place();
      const entries = [applied(tenant, { event: "evt_1" }), applied(tenant, { event: "evt_2" })];
      await commit(store, { ledger: entries });
      expect(await Promise.all(entries.map((entry) => loadEntry(store, entry)))).toStrictEqual(entries);
    });
  });

  describe("a note", () => {
    it("says which receives started an event, each once", async () => {
      const { store, tenant } = place();
      const entry = entrySample(tenant);
      for (const start of ["m/3", "m/4", "m/3"]) await store.note(entry, start, NOW_SECOND);
      expect(await loadEntry(store, entry)).toStrictEqual({ ...entry, started: ["m/3", "m/4"] });
    });

    it("is taken back alone, and nobody else's with it", async () => {
      const { store, tenant } = place();
      const entry = entrySample(tenant);
      for (const start of ["m/3", "n/3"]) await store.note(entry, start, NOW_SECOND);
      for (const start of ["m/3", "m/3"]) await store.withdraw(entry.key, start, NOW_SECOND);
      expect((await loadEntry(store, entry))?.started).toEqual(["n/3"]);
      await store.withdraw(entry.key, "n/3", NOW_SECOND);
      expect(await loadEntry(store, entry)).toStrictEqual(entry);
    });

    it("that never arrived leaves nothing to take back", async () => {
      const { store, tenant } = place();
      const entry = entrySample(tenant);
      await expect(store.withdraw(entry.key, "m/3", NOW_SECOND)).rejects.toBeInstanceOf(Conflict);
      expect(await loadEntry(store, entry)).toBeUndefined();
    });

    it("is not taken back once the event has had its outcome", async () => {
      const { store, tenant } = place();
      await store.note(entrySample(tenant), "m/3", NOW_SECOND);
      await commit(store, { ledger: [applied(tenant)] });
      await expect(store.withdraw(applied(tenant).key, "m/3", NOW_SECOND)).rejects.toBeInstanceOf(Conflict);
      expect(await loadEntry(store, applied(tenant))).toStrictEqual(applied(tenant));
    });

    it("is refused where the event has had its outcome", async () => {
      const { store, tenant } = place();
      await commit(store, { ledger: [applied(tenant)] });
      const note = store.note(entrySample(tenant), "m/1", NOW_SECOND);
      await expect(note).rejects.toBeInstanceOf(Conflict);
      expect(await loadEntry(store, applied(tenant))).toStrictEqual(applied(tenant));
    });

    it("is taken where the event was parked", async () => {
      const { store, tenant } = place();
      await commit(store, { ledger: [applied(tenant, { outcome: "parked", reason: "crash" })] });
      await store.note(entrySample(tenant), "m/1", NOW_SECOND);
      const entry = entrySample(tenant);
      expect(await loadEntry(store, entry)).toStrictEqual({ ...entry, started: ["m/1"] });
    });
  });
}
