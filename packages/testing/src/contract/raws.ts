// Bytes beside a state come back as they were: of each part, and of each event that is remembered.
import type { Remembered } from "@stripe-lanes/core/part";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import { commit, loadRow, orderRow } from "./samples.ts";

const remembering = (raw: Uint8Array, state = { status: "open", customer: "cus_1" }): Remembered[] => [
  { event: "evt_1", found: null, state, deleted: false, raw },
];

/** Declares the tests that packed objects come back byte for byte, also of 350 KiB. */
export function describeRaws(place: () => Place): void {
  describe("a packed object", () => {
    it("is the bytes that it was, whatever they are", async () => {
      const bytes = fc.uint8Array({ minLength: 1, maxLength: 2_000 });
      const property = fc.asyncProperty(bytes, async (raw) => {
        const { store, tenant } = place();
        const row = orderRow(tenant, { part: { remembered: remembering(raw) } });
        await commit(store, { rows: [row] });
        expect(await loadRow(store, row)).toStrictEqual(row);
      });
      await fc.assert(property, { numRuns: 20, seed: 1 });
    });

    it("is kept with each event that may still stand", async () => {
      const { store, tenant } = place();
      const remembered = [
        ...remembering(Uint8Array.of(1, 2)),
        {
          ...remembering(Uint8Array.of(3), { status: "paid", customer: "cus_2" })[0],
          event: "evt_2",
        } as Remembered,
      ];
      const row = orderRow(tenant, { part: { remembered } });
      await commit(store, { rows: [row] });
      expect(await loadRow(store, row)).toStrictEqual(row);
    });

    it("may be as large as a row takes", async () => {
      const { store, tenant } = place();
      const raw = new Uint8Array(350 * 1024).fill(7);
      const row = orderRow(tenant, { part: { remembered: remembering(raw) } });
      await commit(store, { rows: [row] });
      expect(await loadRow(store, row)).toStrictEqual(row);
    });

    it("is nobody's to change once it is committed", async () => {
      const { store, tenant } = place();
      const raw = Uint8Array.of(1, 2, 3);
      const row = orderRow(tenant, { part: { remembered: remembering(raw) } });
      await commit(store, { rows: [row] });
      raw.fill(9);
      const loaded = await loadRow(store, row);
      expect(loaded?.parts[row.identity.id]?.remembered[0]?.raw).toEqual(Uint8Array.of(1, 2, 3));
    });
  });
}
