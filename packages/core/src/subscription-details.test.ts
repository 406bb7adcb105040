import { describe, expect, it } from "vitest";
import type { JsonObject } from "./json.ts";
import { subscription } from "./nouns/subscription.ts";
import { type SubscriptionDetails, subscriptionDetailsOf } from "./subscription-details.ts";

const details = (members: JsonObject): SubscriptionDetails =>
  subscriptionDetailsOf({ object: "subscription", id: "sub_1", ...members });

const ITEM = { id: "si_1", object: "subscription_item", quantity: 5 };
const UPDATE = { billing_cycle_anchor: null, expires_at: 900, trial_end: null };
const PENDING = { expiresAt: 900, items: [{ id: "si_1", price: "price_1", quantity: 5 }] };

describe("a subscription's details", () => {
  it.each([
    ["nothing", {}],
    ["null", { cancellation_details: null, default_payment_method: null, pending_update: null }],
    ["no reason", { cancellation_details: { reason: null, feedback: null, comment: null } }],
    ["something else", { cancellation_details: "no", default_payment_method: {}, pending_update: [] }],
  ])("are absent where Stripe sends %s, and so cost nothing", (_, members) => {
    expect(details(members)).toEqual({});
  });

  it("say why it ends, and what the customer says of it", () => {
    const cancellation = { reason: "cancellation_requested", feedback: "too_expensive", comment: "bye" };
    const told = { cancellation_details: { ...cancellation, feedback_option: null } };
    expect(details(told)).toEqual({ cancellation });
    const failed = { cancellation_details: { reason: "payment_failed" } };
    expect(details(failed).cancellation).toEqual({ reason: "payment_failed", feedback: null, comment: null });
  });

  it.each([
    ["its payment method", { default_payment_method: "pm_1", default_source: "card_1" }, "pm_1"],
    ["an expanded one", { default_payment_method: { id: "pm_1", card: {} } }, "pm_1"],
    ["its source, where it has no payment method", { default_source: "card_1" }, "card_1"],
  ])("say that it is charged to %s", (_, members, method) => {
    expect(details(members)).toEqual({ defaultPaymentMethod: method });
  });

  it.each([
    ["2020-08-27", { ...ITEM, plan: { id: "price_1", object: "plan" } }],
    ["2022-11-15", { ...ITEM, plan: { id: "price_1" }, price: { id: "price_1", object: "price" } }],
    ["2025-03-31.basil", { ...ITEM, current_period_end: 9, price: { id: "price_1", object: "price" } }],
    ["2026-10-28.endive", { ...ITEM, price: "price_1" }],
  ])("say which change waits for payment, and until when, as %s tells it", (_, item) => {
    const update = { ...UPDATE, subscription_items: [item] };
    expect(details({ pending_update: update })).toEqual({ pendingUpdate: PENDING });
  });

  it("say of a change that waits only what it changes", () => {
    const update = { expires_at: 900, subscription_items: null, trial_end: 50, billing_cycle_anchor: 60 };
    expect(details({ pending_update: { ...update, cancel_at_period_end: false } }).pendingUpdate).toEqual({
      expiresAt: 900,
      trialEnd: 50,
      billingCycleAnchor: 60,
      cancelAtPeriodEnd: false,
    });
  });

  it("name the account that the customer is", () => {
    expect(details({ customer_account: "acct_1" })).toEqual({ customerAccount: "acct_1" });
  });

  it("are part of the subscription's state", () => {
    const object = { object: "subscription", default_payment_method: "pm_1" };
    expect(subscription.project(object, "")).toMatchObject({ defaultPaymentMethod: "pm_1" });
  });
});
