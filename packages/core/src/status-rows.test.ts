import { describe, expect, expectTypeOf, it } from "vitest";
import {
  counted,
  given,
  handle,
  invoice,
  reads,
  session,
  subscription,
  TENANT,
  told,
} from "./fixtures/history.ts";
import { BadCursor } from "./paging.ts";
import type { Store } from "./store.ts";

describe("the rows of a status", () => {
  it("are those that have it now", async () => {
    const store = await given(
      told("customer.subscription.created", subscription("sub_1", "cus_1"), { created: 100 }),
      told("customer.subscription.created", subscription("sub_2", "cus_2"), { created: 100 }),
      told("customer.subscription.updated", subscription("sub_1", "cus_1", "past_due"), { created: 200 }),
    );
    const { listByStatus } = reads(store);
    expect(idsOf(await listByStatus("subscription", "active"))).toEqual(["sub_2"]);
    expect(idsOf(await listByStatus("subscription", "past_due"))).toEqual(["sub_1"]);
    expect(idsOf(await listByStatus("subscription", "canceled"))).toEqual([]);
  });

  it("are of one Stripe object type among the generic rows", async () => {
    const store = await given(
      told("payout.paid", { object: "payout", id: "po_1", status: "open" }),
      told("checkout.session.created", session("cs_1", null, { status: "open", payment_status: "unpaid" })),
      told("gift.created", { object: "gift", id: "gift_1", customer: "cus_1", status: "open" }),
    );
    const { found } = await reads(store).listByStatus({ noun: "generic", object: "payout" }, "open");
    expect(found.map(({ id, state }) => [id, state.object])).toEqual([["po_1", "payout"]]);
    expectTypeOf(found[0]?.noun).toEqualTypeOf<"generic" | undefined>();
  });

  it("leave out what is deleted", async () => {
    const store = await given(told("invoice.deleted", invoice("in_1", "cus_1", "draft")));
    expect(await reads(store).listByStatus("invoice", "draft")).toEqual({
      found: [],
    });
  });

  it("leave out what has moved on while the index lags behind", async () => {
    const store = await given(
      told("invoice.paid", invoice("in_1", "cus_1", "paid")),
      told("invoice.deleted", invoice("in_2", "cus_1", "open")),
    );
    const moved = await store.rowsIn(`${TENANT}#cus_1`, { limit: 10 });
    const lagging: Store = { ...store, rowsBy: async () => moved };
    const { listByStatus } = reads(lagging);
    expect(idsOf(await listByStatus("invoice", "open"))).toEqual([]);
    expect(idsOf(await listByStatus("invoice", "paid"))).toEqual(["in_1"]);
  });

  it("come in pages of at most two requests, each row once", async () => {
    const names = ["cs_1", "cs_2", "cs_3", "cs_4", "cs_5"];
    const store = counted(
      await given(...names.map((id) => told("checkout.session.completed", session(id, null)))),
    );
    const { listByStatus } = reads(store);
    const first = await listByStatus("order", "paid", { limit: 2 });
    expect(store.takeRequests()).toBe(2);
    const second = await listByStatus("order", "paid", { limit: 2, after: first.next });
    const third = await listByStatus("order", "paid", { limit: 2, after: second.next });
    expect([first, second, third].map(idsOf)).toEqual([["cs_1", "cs_2"], ["cs_3", "cs_4"], ["cs_5"]]);
    expect(third.next).toBeUndefined();
  });

  it("refuse the cursor of another status", async () => {
    const store = await given(
      ...["cs_1", "cs_2"].map((id) => told("checkout.session.completed", session(id, null))),
    );
    const { listByStatus } = reads(store);
    const { next } = await listByStatus("order", "paid", { limit: 1 });
    await expect(listByStatus("order", "expired", { after: next })).rejects.toThrow(BadCursor);
  });

  it("are one tenant's own", async () => {
    const store = await given(told("checkout.session.completed", session("cs_1", null)));
    await handle(store, [told("checkout.session.completed", session("cs_2", null))], "acct_other");
    expect(idsOf(await reads(store, { tenant: "acct_other" }).listByStatus("order", "paid"))).toEqual([
      "cs_2",
    ]);
  });
});

function idsOf({ found }: { found: { id: string }[] }): string[] {
  return found.map(({ id }) => id);
}
