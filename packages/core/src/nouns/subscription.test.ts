import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../json.ts";
import { isTerminal, rankOf } from "../lifecycle.ts";
import { type SubscriptionState, subscription } from "./subscription.ts";

const OBJECT = { object: "subscription", id: "sub_1", customer: "cus_1", status: "active" };

function project(changes: JsonObject): SubscriptionState {
  return subscription.project({ ...OBJECT, ...changes }, "customer.subscription.updated");
}

function withItems(...data: JsonObject[]): JsonObject {
  return { items: { object: "list", data, has_more: false } };
}

describe("a subscription", () => {
  it("is what a customer pays for, and until when it runs", () => {
    const item = {
      id: "si_1",
      price: { id: "price_1", product: "prod_1" },
      quantity: 3,
      current_period_start: 100,
      current_period_end: 200,
    };
    const times = { start_date: 50, trial_end: 90, cancel_at: 300, canceled_at: 150, ended_at: null };
    const more = {
      currency: "eur",
      trial_start: 60,
      cancel_at_period_end: false,
      collection_method: "charge_automatically",
      pause_collection: null,
      schedule: "sub_sched_1",
      latest_invoice: "in_1",
      metadata: { plan: "pro" },
    };
    expect(project({ ...withItems(item), ...times, ...more })).toEqual({
      status: "active",
      customer: "cus_1",
      currency: "eur",
      items: [
        { id: "si_1", price: "price_1", product: "prod_1", quantity: 3, periodStart: 100, periodEnd: 200 },
      ],
      startedAt: 50,
      trialStart: 60,
      trialEnd: 90,
      cancelAt: 300,
      cancelAtPeriodEnd: false,
      endsAt: 300,
      canceledAt: 150,
      endedAt: null,
      collectionMethod: "charge_automatically",
      pause: null,
      schedule: "sub_sched_1",
      latestInvoice: "in_1",
      metadata: { plan: "pro" },
    });
  });

  it("has one shape inside, whether the periods are its own, as before basil, or its items'", () => {
    const period = { current_period_start: 100, current_period_end: 200 };
    const item = { id: "si_1", price: { id: "price_1", product: "prod_1" }, quantity: 1 };
    const before = project({ ...withItems(item), ...period });
    expect(before.items).toMatchObject([{ periodStart: 100, periodEnd: 200 }]);
    expect(project(withItems({ ...item, ...period }))).toEqual(before);
  });

  it("has one shape inside, whether its items have prices or plans", () => {
    const price = { id: "gold", product: "prod_1" };
    const before = project(withItems({ id: "si_1", plan: { ...price, object: "plan" } }));
    expect(before.items).toMatchObject([{ price: "gold", product: "prod_1" }]);
    expect(project(withItems({ id: "si_1", price, plan: price }))).toEqual(before);
    expect(project(withItems({ id: "si_1", price, plan: null }))).toEqual(before);
  });

  it("keeps items with periods of their own apart, as flexible billing has them", () => {
    const ends = [200, 300].map((current_period_end, index) => ({ id: `si_${index}`, current_period_end }));
    expect(project(withItems(...ends)).items.map(({ periodEnd }) => periodEnd)).toEqual([200, 300]);
  });

  it("reads what is expanded as what is not", () => {
    const bare = {
      ...withItems({ price: { id: "price_1", product: "prod_1" } }),
      latest_invoice: "in_1",
      schedule: "sub_sched_1",
    };
    const expanded = {
      ...withItems({ price: { id: "price_1", product: { id: "prod_1", name: "Gold" } } }),
      latest_invoice: { id: "in_1", total: 1 },
      schedule: { id: "sub_sched_1", status: "active" },
      customer: { id: "cus_1", email: null },
    };
    expect(project(expanded)).toEqual(project(bare));
  });

  it("started when its old `start` says so, where there is no `start_date`", () => {
    expect(project({ start: 50 }).startedAt).toBe(50);
    expect(project({ start: 50, start_date: 40 }).startedAt).toBe(40);
  });

  it("has no quantity where its price is metered, and no items where none were sent", () => {
    expect(project(withItems({ id: "si_1", price: { id: "price_1" } })).items).toMatchObject([
      { quantity: null },
    ]);
    expect(project({}).items).toEqual([]);
    expect(project({ items: { data: [null, "si_1"] } }).items).toEqual([]);
  });

  it("may have its collection paused, for a time or until further notice", () => {
    const paused = (pause_collection: Json) => project({ pause_collection }).pause;
    expect(paused({ behavior: "void", resumes_at: 400 })).toEqual({ behavior: "void", resumesAt: 400 });
    expect(paused({ behavior: "keep_as_draft", resumes_at: null })).toEqual({
      behavior: "keep_as_draft",
      resumesAt: null,
    });
    expect(paused({})).toEqual({ behavior: null, resumesAt: null });
    expect([paused(null), paused("void"), paused([]), project({}).pause]).toEqual([null, null, null, null]);
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const added = { trialStart: null, endsAt: null, collectionMethod: null, pause: null, schedule: null };
    expect(project({})).toMatchObject(added);
    const broken = { trial_start: "60", cancel_at: "300", collection_method: 1, schedule: [] };
    expect(project({ ...broken, cancel_at_period_end: "true" })).toMatchObject(added);
  });

  it("is incomplete where Stripe cut its items short, and only there", () => {
    const { items } = withItems({ id: "si_1" });
    expect(project({ items: { ...(items as JsonObject), has_more: true } }).incomplete).toEqual(["items"]);
    expect(project({ items: items as JsonObject })).not.toHaveProperty("incomplete");
  });

  it("lives with its customer, and lives on when deleted", () => {
    expect(subscription.customerOf(project({}), "sub_1")).toBe("cus_1");
    expect([subscription.home, subscription.outlivesDeletion]).toEqual(["customer", true]);
  });
});

describe("when a subscription is set to end", () => {
  const ITEMS = withItems({ current_period_end: 200 }, { current_period_end: 300 }, { id: "si_3" });
  const cases: [string, JsonObject, number | null][] = [
    ["is when flexible billing says so", { cancel_at: 250, cancel_at_period_end: false, ...ITEMS }, 250],
    ["is the end of its shortest period", { cancel_at_period_end: true, ...ITEMS }, 200],
    [
      "is the end of its own period before basil",
      { cancel_at_period_end: true, current_period_end: 200, ...withItems({ id: "si_1" }) },
      200,
    ],
    ["is the date where both are told", { cancel_at: 250, cancel_at_period_end: true, ...ITEMS }, 250],
    ["is never where it goes on", { cancel_at: null, cancel_at_period_end: false, ...ITEMS }, null],
    ["is unknown where no period is told", { cancel_at_period_end: true }, null],
  ];

  it.each(cases)("%s", (_, told, endsAt) => {
    expect(project(told).endsAt).toBe(endsAt);
  });
});

describe("a subscription's status", () => {
  const lifecycle = subscription.lifecycleOf(OBJECT);

  it("goes from incomplete by whatever alternates to an end", () => {
    const rank = (status: string) => rankOf(lifecycle, status);
    const running = ["trialing", "active", "past_due", "unpaid", "paused"].map(rank);
    expect(new Set(running).size).toBe(1);
    expect(rank("incomplete")).toBeLessThan(rank("active"));
    expect(rank("active")).toBeLessThan(rank("canceled"));
    expect(rank("incomplete_expired")).toBe(rank("canceled"));
  });

  it("ends as canceled or as incomplete and expired", () => {
    const ended = ["incomplete", "active", "paused", "canceled", "incomplete_expired"];
    expect(ended.filter((status) => isTerminal(lifecycle, status))).toEqual([
      "canceled",
      "incomplete_expired",
    ]);
  });

  it("may be one that nobody knows yet", () => {
    expect(subscription.statusOf(project({ status: "dormant" }))).toBe("dormant");
    expect(subscription.statusOf(project({ status: 5 }))).toBeNull();
  });
});
