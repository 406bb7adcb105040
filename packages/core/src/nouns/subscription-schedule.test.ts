import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { isTerminal, rankOf } from "../lifecycle.ts";
import { type SubscriptionScheduleState, subscriptionSchedule } from "./subscription-schedule.ts";

const OBJECT = { object: "subscription_schedule", id: "sub_sched_1", customer: "cus_1", status: "active" };

function project(changes: JsonObject): SubscriptionScheduleState {
  return subscriptionSchedule.project({ ...OBJECT, ...changes }, "subscription_schedule.updated");
}

const phase = (start: number, end: number, price: string) => ({
  start_date: start,
  end_date: end,
  items: [{ price, quantity: 1 }],
});
const FIRST = phase(100, 200, "price_pro");
const SECOND = phase(200, 300, "price_basic");
const IN_FIRST = { current_phase: { start_date: 100, end_date: 200 } };

describe("a subscription schedule", () => {
  it("is what a subscription will sell, and from when on", () => {
    const told = { subscription: "sub_1", end_behavior: "release", created: 90, metadata: { why: "offer" } };
    expect(project({ ...told, ...IN_FIRST, phases: [FIRST, SECOND] })).toEqual({
      status: "active",
      customer: "cus_1",
      subscription: "sub_1",
      currentPhase: { start: 100, end: 200 },
      phases: [
        { start: 100, end: 200, items: [{ price: "price_pro", quantity: 1 }] },
        { start: 200, end: 300, items: [{ price: "price_basic", quantity: 1 }] },
      ],
      next: { start: 200, items: [{ price: "price_basic", quantity: 1 }] },
      endBehavior: "release",
      created: 90,
      metadata: { why: "offer" },
    });
  });

  const item = { quantity: 1 };
  it.each([
    ["2020-08-27", { plans: [{ ...item, plan: { id: "price_1", object: "plan" } }] }],
    ["2022-11-15", { items: [{ ...item, plan: "price_1", price: "price_1" }] }],
    ["2024-09-30.acacia", { items: [{ ...item, price: { id: "price_1", object: "price" } }] }],
    ["2026-10-28.endive", { items: [{ ...item, price: "price_1", discounts: [] }] }],
  ])("has the same phases as %s tells them", (_, items) => {
    const { phases } = project({ phases: [{ start_date: 1, end_date: 2, ...items }] });
    expect(phases).toEqual([{ start: 1, end: 2, items: [{ price: "price_1", quantity: 1 }] }]);
  });

  it("says until when a phase is free, where it is", () => {
    expect(project({ phases: [{ ...FIRST, trial_end: 150 }] }).phases[0]).toMatchObject({ trialEnd: 150 });
  });

  it("says what it let go, and when it was over", () => {
    const over = { released_subscription: "sub_1", released_at: 5, completed_at: 6, canceled_at: 7 };
    expect(project(over)).toMatchObject({
      releasedSubscription: "sub_1",
      releasedAt: 5,
      completedAt: 6,
      canceledAt: 7,
    });
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const broken = { subscription: 5, current_phase: "one", phases: "all", end_behavior: {}, created: 1.5 };
    expect(project(broken)).toEqual({
      ...{ status: "active", customer: "cus_1", subscription: null, currentPhase: null, phases: [] },
      ...{ next: null, endBehavior: null, created: null, metadata: {} },
    });
  });
});

describe("what comes next", () => {
  it.each<[string, JsonObject, number | null]>([
    ["is the phase after the one it is in", { ...IN_FIRST, phases: [SECOND, FIRST] }, 200],
    ["is nothing in the last phase", { ...IN_FIRST, phases: [FIRST] }, null],
    ["is the first phase before it begins", { status: "not_started", phases: [SECOND, FIRST] }, 100],
    ["is nothing once it is released", { status: "released", phases: [FIRST, SECOND] }, null],
    ["is nothing where nobody knows when its phase began", { current_phase: {}, phases: [FIRST] }, null],
  ])("%s", (_, changes, start) => {
    expect(project(changes).next?.start ?? null).toBe(start);
  });
});

describe('a schedule\'s status ("Release a schedule")', () => {
  it("goes forward, and ends by each of three", () => {
    const lifecycle = subscriptionSchedule.lifecycleOf(OBJECT);
    const path = ["not_started", "active", "completed", "released", "canceled"];
    expect(path.map((status) => rankOf(lifecycle, status))).toEqual([0, 1, 2, 2, 2]);
    expect(path.filter((status) => isTerminal(lifecycle, status))).toEqual(path.slice(2));
  });

  it("is what schedules are listed by, and they name their customer", () => {
    const state = project({});
    expect([subscriptionSchedule.statusOf(state), subscriptionSchedule.customerOf(state, "")]).toEqual([
      "active",
      "cus_1",
    ]);
  });
});
