import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";
import type { NewSchedule } from "./schedules.ts";

function scheduled(options: Partial<NewSchedule> = {}) {
  const shop = exampleShop();
  const { stripe, customer, basic, pro } = shop;
  const subscription = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
  stripe.advance(DAY);
  const id = stripe.schedules.create({ subscription, next: { price: pro, quantity: 2 }, ...options });
  const schedule = () => current(stripe, "subscription_schedule", id);
  return { ...shop, subscription, id, schedule };
}

describe("a subscription schedule", () => {
  it("is told with the subscription that it is for", () => {
    const { stripe, customer, basic, pro } = exampleShop();
    const subscription = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    stripe.advance(DAY);
    const events = eventsOf(stripe, () =>
      stripe.schedules.create({ subscription, next: { price: pro, quantity: 1 } }),
    );
    expect(events.map((event) => event.type)).toEqual([
      "subscription_schedule.created",
      "customer.subscription.updated",
    ]);
    expect(events[0]?.data.object).toMatchObject({ status: "active", subscription, phases: [{}, {}] });
    expect(events[1]?.data.previous_attributes).toEqual({ schedule: null });
  });

  it("changes the subscription with its next period, and lets it go after the last phase", () => {
    const { stripe, subscription, id, pro, schedule } = scheduled();
    const entered = typesOf(stripe, () => stripe.advance(29 * DAY));
    expect(entered.slice(-3)).toEqual([
      "subscription_schedule.updated",
      "customer.subscription.updated",
      "invoice.created",
    ]);
    expect(current(stripe, "subscription", subscription)).toMatchObject({
      schedule: id,
      quantity: 2,
      plan: { id: pro },
    });
    expect(typesOf(stripe, () => stripe.advance(31 * DAY))).toContain("subscription_schedule.released");
    expect(schedule()).toMatchObject({ status: "released", released_subscription: subscription });
    expect(current(stripe, "subscription", subscription)).toMatchObject({ schedule: null, quantity: 2 });
    expect(stripe.truth().find((row) => row.id === id)).toMatchObject({
      ...{ noun: "subscription-schedule", status: "released" },
      state: { releasedSubscription: subscription, next: null },
    });
  });

  it("that ends its subscription is completed with it", () => {
    const { stripe, subscription, schedule } = scheduled({ endBehavior: "cancel" });
    const { cancel_at: end } = current(stripe, "subscription", subscription);
    const types = typesOf(stripe, () => stripe.advance(Number(end) - stripe.now()));
    expect(types.slice(-2)).toEqual(["customer.subscription.deleted", "subscription_schedule.completed"]);
    expect(schedule()).toMatchObject({ status: "completed", current_phase: null });
  });

  it("can be changed before its phase, released, or canceled with its subscription", () => {
    const changed = scheduled();
    changed.stripe.advance(HOUR);
    changed.stripe.schedules.update(changed.id, { price: changed.pro, quantity: 5 });
    changed.stripe.advance(29 * DAY);
    expect(current(changed.stripe, "subscription", changed.subscription)).toMatchObject({ quantity: 5 });

    const released = scheduled();
    expect(typesOf(released.stripe, () => released.stripe.schedules.release(released.id))).toEqual([
      "subscription_schedule.released",
      "customer.subscription.updated",
    ]);
    expect(() => released.stripe.schedules.release(released.id)).toThrow("released");

    const canceled = scheduled();
    expect(typesOf(canceled.stripe, () => canceled.stripe.schedules.cancel(canceled.id))).toEqual([
      "customer.subscription.deleted",
      "subscription_schedule.canceled",
    ]);
  });

  it("is aborted when its subscription is not paid", () => {
    const { stripe, customer, schedule } = scheduled({ periods: 3 });
    stripe.customers.setCard(customer, "declined");
    expect(typesOf(stripe, () => stripe.advance(60 * DAY))).toContain("subscription_schedule.aborted");
    expect(schedule()).toMatchObject({ status: "canceled" });
  });

  it("alone says how its subscription goes on", () => {
    const { stripe, subscription, basic } = scheduled();
    expect(() => stripe.subscriptions.change(subscription, { quantity: 3 })).toThrow("schedule");
    expect(() => stripe.subscriptions.cancelAtPeriodEnd(subscription)).toThrow("schedule");
    const next = { price: basic, quantity: 1 };
    expect(() => stripe.schedules.create({ subscription, next })).toThrow("takes no schedule");
  });
});
