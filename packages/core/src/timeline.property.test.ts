import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  created,
  given,
  handle,
  invoice,
  keep,
  reads,
  renewed,
  subscription,
  thinAbout,
  told,
} from "./fixtures/history.ts";
import { BadCursor } from "./paging.ts";
import type { Page, Store } from "./store.ts";
import type { TimelineEntry } from "./timeline.ts";

describe("the pages of a timeline", () => {
  it("have, at any size, each event once and oldest first", async () => {
    const moments = fc.array(fc.record({ at: fc.integer({ min: 1, max: 40 }), isThin: fc.boolean() }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(moments, fc.integer({ min: 1, max: 5 }), async (all, limit) => {
        const store = await given(created("sub_1", 0, "cus_1"), created("sub_2", 20, "cus_1"));
        for (const [number, moment] of all.entries()) await tell(store, `evt_${number}`, moment);
        const expected = all.map(({ at }, number) => ({ at, event: `evt_${number}` })).sort(byMoment);
        const pages = await pagesOf(store, "sub_1", limit);
        expect(pages.flatMap(eventsOf)).toEqual(["evt_sub_1_0", ...expected.map(({ event }) => event)]);
        expect(Math.max(...pages.map(({ found }) => found.length))).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 60 },
    );
  });

  it("go on behind a hundred events of the customer's other objects", async () => {
    const store = await given(created("sub_1", 100, "cus_1"), ...manyOthers, renewed("sub_1", 900, "cus_1"));
    const pages = await pagesOf(store, "sub_1", 100);
    expect(pages.map(eventsOf)).toEqual([["evt_sub_1_100"], ["evt_sub_1_900"]]);
  });

  it("wait with an object's own ledger for what its customer's has in between", async () => {
    const store = await given(created("sub_1", 100, "cus_1"), ...manyOthers, renewed("sub_1", 800, "cus_1"));
    await keep(store, thinAbout("sub_1", 900, "evt_thin_900"));
    await keep(store, thinAbout("sub_1", 950, "evt_thin_950"));
    for (const limit of [1, 2, 100]) {
      const events = (await pagesOf(store, "sub_1", limit)).flatMap(eventsOf);
      expect(events).toEqual(["evt_sub_1_100", "evt_sub_1_800", "evt_thin_900", "evt_thin_950"]);
    }
  });

  it("have what came in late only where it is newer than what was given", async () => {
    const store = await given(created("sub_1", 100, "cus_1"), renewed("sub_1", 300, "cus_1"));
    const { next } = await reads(store).timeline("cus_1", { limit: 1 });
    await handle(store, [created("sub_2", 50, "cus_1"), created("sub_3", 200, "cus_1")]);
    const rest = await reads(store).timeline("cus_1", { after: next });
    expect(eventsOf(rest)).toEqual(["evt_sub_3_200", "evt_sub_1_300"]);
  });

  it("refuse the cursor of another timeline", async () => {
    const { timeline } = reads(await given(created("sub_1", 100, "cus_1"), renewed("sub_1", 300, "cus_1")));
    const { next } = await timeline("cus_1", { limit: 1 });
    await expect(timeline("sub_1", { after: next })).rejects.toThrow(BadCursor);
  });
});

/** More of the customer's events than one request reads. */
const manyOthers = Array.from({ length: 120 }, (_, number) =>
  told("invoice.created", invoice(`in_${number}`, "cus_1"), { created: 200 + number }),
);

type Moment = { at: number; isThin: boolean };

/** Thin events are in the subscription's own ledger, the others in its customer's. */
async function tell(store: Store, id: string, { at, isThin }: Moment): Promise<void> {
  if (isThin) return keep(store, thinAbout("sub_1", at, id));
  const changed = subscription("sub_1", "cus_1");
  await handle(store, [told("customer.subscription.updated", changed, { id, created: at })]);
}

async function pagesOf(store: Store, id: string, limit: number): Promise<Page<TimelineEntry>[]> {
  const pages: Page<TimelineEntry>[] = [];
  let after: string | undefined;
  do {
    const page = await reads(store).timeline(id, { limit, after });
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return pages;
}

function byMoment(a: { at: number; event: string }, b: { at: number; event: string }): number {
  return a.at - b.at || (a.event < b.event ? -1 : 1);
}

function eventsOf({ found }: Page<TimelineEntry>): string[] {
  return found.map(({ event }) => event);
}
