import { describe, expect, it } from "vitest";
import { billing } from "./billing.ts";
import {
  counted,
  customer,
  given,
  NOW,
  reads,
  session,
  subscription,
  TENANT,
  told,
} from "./fixtures/history.ts";
import { permutations } from "./fixtures/permutations.ts";
import type { Store } from "./store.ts";

const known = told("customer.created", customer("cus_1"));
const certainly = (store: Store) => billing({ store, tenant: TENANT, now: () => NOW, history: "none" });

describe("the access of a customer", () => {
  it("is told in one request, of whomever it is asked", async () => {
    const store = counted(
      await given(known, told("customer.subscription.created", subscription("sub_1", "cus_1"))),
    );
    for (const id of ["cus_1", "cus_unknown"]) {
      await reads(store).hasAccess(id);
      expect(store.takeRequests()).toBe(1);
    }
  });

  it("is told by the id of their account as well, in two requests", async () => {
    const named = { ...subscription("sub_1", "cus_1"), customer_account: "acct_cust" };
    const store = counted(await given(told("customer.subscription.created", named)));
    expect(await reads(store).hasAccess("acct_cust")).toEqual(await reads(store).hasAccess("cus_1"));
    expect(store.takeRequests()).toBe(3);
    await reads(store).hasAccess("acct_unknown");
    expect(store.takeRequests()).toBe(1);
  });

  it("is nobody's of whom no event told, and never for certain", async () => {
    const refused = { granted: false, reason: "unknown-customer", certain: false };
    const store = await given(told("checkout.session.completed", session("cs_1", "cus_2")));
    expect(await reads(store).hasAccess("cus_1")).toMatchObject(refused);
    expect(await certainly(store).hasAccess("cus_1", "sso")).toMatchObject(refused);
    expect(await certainly(store).hasAccess("cus_2")).toMatchObject(refused);
  });

  it("is refused to who never subscribed, for certain where the account had no history", async () => {
    const store = await given(known);
    const refused = { granted: false, reason: "never-subscribed" };
    expect(await reads(store).hasAccess("cus_1")).toMatchObject({ ...refused, certain: false });
    expect(await certainly(store).hasAccess("cus_1")).toMatchObject({ ...refused, certain: true });
  });

  it("of a customer whose subscription came without them is decided by it", async () => {
    const ended = await given(
      told("customer.subscription.deleted", subscription("sub_1", "cus_1", "canceled")),
    );
    expect(await certainly(ended).hasAccess("cus_1")).toMatchObject({ reason: "canceled", certain: true });
  });

  it("ends for certain with the customer, also where one of the two rows lags behind", async () => {
    const store = await given(known, told("customer.deleted", customer("cus_1", { deleted: true })));
    const refused = { granted: false, reason: "customer-deleted", certain: true };
    expect(await reads(store).hasAccess("cus_1")).toMatchObject(refused);
    const lagging: Store = {
      ...store,
      async load(keys, options) {
        const { rows, ledger } = await store.load(keys, options);
        return { rows: new Map([...rows].filter(([, row]) => row.identity.noun === "customer")), ledger };
      },
    };
    expect(await reads(lagging).hasAccess("cus_1")).toMatchObject(refused);
  });

  it("of nobody is a mistake of who asks, not a refusal", async () => {
    const { hasAccess } = reads(await given());
    await expect(hasAccess("")).rejects.toThrow(RangeError);
  });
});

describe("a pause of collection", () => {
  const PAUSE = { behavior: "void", resumes_at: NOW + 100 };
  const events = [
    told("customer.subscription.created", subscription("sub_1", "cus_1"), { created: NOW - 9 }),
    told(
      "customer.subscription.updated",
      { ...subscription("sub_1", "cus_1"), pause_collection: PAUSE },
      { created: NOW - 8, previous: { pause_collection: null } },
    ),
  ];
  const policy = { void: false };

  it("is in the profile, and a policy refuses by it in one read, in any order of the events", async () => {
    for (const order of permutations([...events, ...events])) {
      const store = counted(await given(...order));
      const { get, hasAccess } = billing({ store, tenant: TENANT, now: () => NOW, policy });
      expect((await get("profile", "cus_1"))?.state.subscriptions).toMatchObject([
        { status: "active", pause: { behavior: "void", resumesAt: NOW + 100 } },
      ]);
      store.takeRequests();
      expect(await hasAccess("cus_1")).toMatchObject({ granted: false, reason: "collection-paused" });
      expect(store.takeRequests()).toBe(1);
      expect(await reads(store).hasAccess("cus_1")).toMatchObject({ granted: true, reason: "active" });
    }
  });

  it("is gone from the profile when collection goes on, and never makes another one larger", async () => {
    const resumed = told("customer.subscription.updated", subscription("sub_1", "cus_1"), {
      created: NOW - 7,
    });
    const of = async (...told: typeof events) =>
      (await reads(await given(...told)).get("profile", "cus_1"))?.state.subscriptions[0];
    expect(await of(...events, resumed)).not.toHaveProperty("pause");
    expect(await of(...events.slice(0, 1))).not.toHaveProperty("pause");
  });
});

describe("a subscription whose items Stripe cut", () => {
  it("says so in the profile, since another item's period may reach further", async () => {
    const items = { has_more: true, data: [{ id: "si_1", current_period_end: NOW - 1 }] };
    const due = told("customer.subscription.updated", {
      ...subscription("sub_1", "cus_1", "past_due"),
      items,
    });
    const store = await given(known, due);
    expect((await reads(store).get("profile", "cus_1"))?.state.subscriptions).toMatchObject([
      { itemsCut: true },
    ]);
    const strict = billing({
      store,
      tenant: TENANT,
      now: () => NOW,
      history: "none",
      policy: { past_due: { graceDays: 0 } },
    });
    expect(await strict.hasAccess("cus_1")).toMatchObject({ reason: "past-due", certain: false });
  });
});
