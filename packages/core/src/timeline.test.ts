import { describe, expect, it } from "vitest";
import {
  counted,
  created,
  customer,
  given,
  keep,
  LEDGER_SECONDS,
  NOW,
  reads,
  renewed,
  session,
  thinAbout,
  told,
} from "./fixtures/history.ts";
import type { Page } from "./store.ts";
import type { TimelineEntry } from "./timeline.ts";

describe("the timeline of a customer", () => {
  it("is every event that names them, oldest first, with what became of it", async () => {
    const store = await given(
      renewed("sub_1", 300, "cus_1"),
      created("sub_1", 200, "cus_1"),
      told("customer.created", customer("cus_1"), { id: "evt_birth", created: 100 }),
      told("customer.created", customer("cus_2"), { id: "evt_other", created: 100 }),
      told(
        "invoice.upcoming",
        { object: "invoice", customer: "cus_1" },
        { id: "evt_upcoming", created: 400 },
      ),
    );
    const { found, next } = await reads(store).timeline("cus_1");
    expect(found.map(({ event, outcome, reason }) => [event, outcome, reason])).toEqual([
      ["evt_birth", "applied", "first"],
      ["evt_sub_1_200", "superseded", "earlier-second"],
      ["evt_sub_1_300", "applied", "first"],
      ["evt_upcoming", "applied", "no-row"],
    ]);
    expect(next).toBeUndefined();
  });

  it("has entries as the ledger keeps them, but for their keys", async () => {
    const store = await given(told("customer.created", customer("cus_1"), { id: "evt_1", created: NOW - 3 }));
    expect((await reads(store).timeline("cus_1")).found).toEqual([
      {
        event: "evt_1",
        type: "customer.created",
        object: "cus_1",
        outcome: "applied",
        reason: "first",
        receives: 1,
        at: NOW,
        expires: NOW + LEDGER_SECONDS,
        lag: 3,
      },
    ]);
  });

  it("ends where entries have expired, although the table still holds them", async () => {
    const store = await given(told("customer.created", customer("cus_1")));
    const lastSecond = NOW + LEDGER_SECONDS - 1;
    expect((await reads(store, { now: lastSecond }).timeline("cus_1")).found).toHaveLength(1);
    expect(await reads(store, { now: lastSecond + 1 }).timeline("cus_1")).toEqual({ found: [] });
  });

  it("takes four requests for its first page and one for each that follows", async () => {
    const store = counted(
      await given(
        told("customer.created", customer("cus_1")),
        told("checkout.session.completed", session("cs_1", "cus_1")),
      ),
    );
    const { next } = await reads(store).timeline("cus_1", { limit: 1 });
    expect(store.takeRequests()).toBe(4);
    await reads(store).timeline("cus_1", { after: next });
    expect(store.takeRequests()).toBe(1);
  });
});

describe("the timeline of an object", () => {
  it("is, for a subscription, its own part of its customer's", async () => {
    const store = await given(
      told("customer.created", customer("cus_1")),
      created("sub_1", 100, "cus_1"),
      created("sub_2", 200, "cus_1"),
      renewed("sub_1", 300, "cus_1"),
    );
    expect(eventsOf(await reads(store).timeline("sub_1"))).toEqual(["evt_sub_1_100", "evt_sub_1_300"]);
  });

  it("has the thin events of a subscription, which name no customer, in between", async () => {
    const store = await given(created("sub_1", 100, "cus_1"), renewed("sub_1", 300, "cus_1"));
    await keep(store, thinAbout("sub_1", 200));
    expect(eventsOf(await reads(store).timeline("sub_1"))).toEqual([
      "evt_sub_1_100",
      "evt_thin",
      "evt_sub_1_300",
    ]);
  });

  it("goes on with an order's customer, who is known only when it completes", async () => {
    const open = session("cs_1", null, { status: "open", payment_status: "unpaid" });
    const store = await given(
      told("checkout.session.created", open, { id: "evt_open", created: 100 }),
      told("checkout.session.completed", session("cs_1", "cus_1"), { id: "evt_done", created: 200 }),
      created("sub_1", 150, "cus_1"),
    );
    expect(eventsOf(await reads(store).timeline("cs_1"))).toEqual(["evt_open", "evt_done"]);
  });

  it("is its own ledger where it names no customer", async () => {
    const store = await given(told("product.created", { object: "product", id: "prod_1" }, { id: "evt_1" }));
    expect(eventsOf(await reads(store).timeline("prod_1"))).toEqual(["evt_1"]);
  });

  it("is empty where nobody told of it", async () => {
    expect(await reads(await given()).timeline("sub_1")).toEqual({ found: [] });
  });

  it("is never another tenant's", async () => {
    const store = await given(created("sub_1", 100, "cus_1"));
    const other = reads(store, { tenant: "acct_other" });
    expect(await other.timeline("sub_1")).toEqual({ found: [] });
  });

  it("takes five requests for its first page and two for each that follows", async () => {
    const store = counted(await given(created("sub_1", 100, "cus_1"), renewed("sub_1", 200, "cus_1")));
    const { next } = await reads(store).timeline("sub_1", { limit: 1 });
    expect(store.takeRequests()).toBe(5);
    await reads(store).timeline("sub_1", { after: next });
    expect(store.takeRequests()).toBe(2);
  });
});

function eventsOf({ found }: Page<TimelineEntry>): string[] {
  return found.map(({ event }) => event);
}
