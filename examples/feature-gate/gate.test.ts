import type { History } from "@stripe-lanes/core/access-decision";
import { type Billing, billing } from "@stripe-lanes/core/billing";
import { Unavailable } from "@stripe-lanes/core/errors";
import { memoryStore } from "@stripe-lanes/core/memory";
import { givenWith } from "@stripe-lanes/testing/given";
import { simulateStripe } from "@stripe-lanes/testing/stripe/simulate";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { type GateOptions, gated, POLICY } from "./gate.ts";

const DAY = 24 * 60 * 60;
const ANSWER = { statusCode: 200, headers: { "content-type": "text/plain" }, body: "the report" };
const REQUEST = {} as LambdaFunctionURLEvent;

/** A plan with the feature `reports`, and a customer. */
function shop() {
  const stripe = simulateStripe({ seed: 1 });
  const product = stripe.products.create({ name: "Pro" });
  stripe.products.attachFeature(product, "reports");
  const price = stripe.prices.create({ product, unitAmount: 3_000, interval: "month" });
  return { stripe, price, customer: stripe.customers.create({ email: "ada@example.com" }) };
}

function subscribed() {
  const { stripe, price, customer } = shop();
  const subscription = stripe.subscriptions.create({ customer, items: [{ price }] });
  return { stripe, customer, subscription };
}

type Told = { stripe: ReturnType<typeof simulateStripe>; customer: string };

/** The endpoint as it answers once Stripe's events have come, of an account that had no customers before them. */
function answer(told: Told, options: Partial<GateOptions> = {}) {
  return answerAfter("none", told, options);
}

async function answerAfter(history: History, { stripe, customer }: Told, options: Partial<GateOptions> = {}) {
  const store = memoryStore();
  await givenWith({ store })()
    .when(...stripe.events.map((event) => JSON.stringify(event)))
    .then();
  const reads = billing({ store, tenant: "main", now: stripe.now, policy: POLICY, history });
  return ask({ billing: reads, customerOf: async () => customer, ...options });
}

function ask(options: Partial<GateOptions> & { billing: Pick<Billing, "hasAccess"> }) {
  const told = {
    feature: "reports",
    customerOf: async () => "cus_1",
    whenUncertain: "deny" as const,
    ...options,
  };
  return gated(told, async () => ANSWER)(REQUEST);
}

const error = (reason: string) => JSON.stringify({ error: reason });

describe("the gate", () => {
  it("lets through who subscribes to what has the feature", async () => {
    expect(await answer(subscribed())).toEqual(ANSWER);
  });

  it("asks for a sign-in where nobody is signed in", async () => {
    const nobody = { customerOf: async () => null };
    expect(await answer(subscribed(), nobody)).toMatchObject({
      statusCode: 401,
      body: error("not-signed-in"),
    });
  });

  it("asks who never subscribed to pay", async () => {
    expect(await answer(shop())).toMatchObject({ statusCode: 402, body: error("never-subscribed") });
  });

  it("forbids what the plan does not have", async () => {
    expect(await answer(subscribed(), { feature: "audit" })).toMatchObject({
      statusCode: 403,
      body: error("not-entitled"),
    });
  });

  it("lets through, with a banner, who is past due and still in the policy's grace", async () => {
    const told = subscribed();
    told.stripe.customers.setCard(told.customer, "declined");
    told.stripe.advance(31 * DAY);
    expect(await answer(told)).toEqual({
      ...ANSWER,
      headers: { "content-type": "text/plain", "x-billing-banner": "update-payment-method" },
    });
  });

  it("asks who is past due to pay once the grace is over", async () => {
    const told = subscribed();
    told.stripe.customers.setCard(told.customer, "declined");
    told.stripe.advance(31 * DAY);
    const later = { ...told.stripe, now: () => told.stripe.now() + 14 * DAY };
    expect(await answer({ ...told, stripe: later })).toMatchObject({
      statusCode: 402,
      body: error("past-due"),
    });
  });

  it("asks who canceled to pay again", async () => {
    const told = subscribed();
    told.stripe.subscriptions.cancel(told.subscription);
    expect(await answer(told)).toMatchObject({ statusCode: 402, body: error("canceled") });
  });

  it("ends a subscription at the second that was set for it, as the policy says", async () => {
    const told = subscribed();
    told.stripe.subscriptions.cancelAtPeriodEnd(told.subscription);
    expect(await answer(told)).toEqual(ANSWER);
    const later = { ...told.stripe, now: () => told.stripe.now() + 31 * DAY };
    expect(await answer({ ...told, stripe: later })).toMatchObject({ statusCode: 402, body: error("ended") });
  });

  it("forbids it to a customer who is deleted", async () => {
    const told = subscribed();
    told.stripe.customers.delete(told.customer);
    expect(await answer(told)).toMatchObject({ statusCode: 403, body: error("customer-deleted") });
  });
});

describe("what nobody knows", () => {
  const entitlements = "entitlements.active_entitlement_summary.updated";
  const unsure = () => {
    const told = subscribed();
    const events = told.stripe.events.filter(({ type }) => type !== entitlements);
    return { ...told, stripe: { ...told.stripe, events } };
  };

  it("is no refusal: who may be entitled is asked to come back", async () => {
    expect(await answer(unsure())).toEqual({
      statusCode: 503,
      headers: { "content-type": "application/json", "retry-after": "60" },
      body: error("entitlements-unknown"),
    });
  });

  it.each<[string, (told: ReturnType<typeof subscribed>) => void]>([
    ["canceled", ({ stripe, subscription }) => stripe.subscriptions.cancel(subscription)],
    [
      "past-due",
      ({ stripe, customer }) => {
        stripe.customers.setCard(customer, "declined");
        stripe.advance(31 * DAY);
      },
    ],
  ])("never asks who may have paid before the first deployment to pay again: %s", async (reason, happen) => {
    const told = subscribed();
    happen(told);
    const later = { ...told, stripe: { ...told.stripe, now: () => told.stripe.now() + 14 * DAY } };
    const asked = await answerAfter("unknown", later);
    expect(asked).toMatchObject({ statusCode: 503, body: error(reason) });
    expect(asked.headers).toMatchObject({ "retry-after": "60" });
    expect(await answerAfter("unknown", later, { whenUncertain: "allow" })).toMatchObject({
      statusCode: 200,
    });
  });

  it("is whether somebody of whom no event came has paid, even where there was nothing before", async () => {
    const stranger = { ...shop(), customer: "cus_stranger" };
    expect(await answer(stranger)).toMatchObject({ statusCode: 503, body: error("unknown-customer") });
  });

  it("is let through where the app chose so", async () => {
    expect(await answer(unsure(), { whenUncertain: "allow" })).toMatchObject({ statusCode: 200 });
  });

  it("is no refusal either where the table cannot answer", async () => {
    const down = { hasAccess: () => Promise.reject(new Unavailable("DynamoDB is down.")) };
    expect(await ask({ billing: down })).toMatchObject({
      statusCode: 503,
      body: error("billing-unavailable"),
    });
  });

  it("is not what a bug is taken for", async () => {
    const broken = { hasAccess: () => Promise.reject(new TypeError("A bug.")) };
    await expect(ask({ billing: broken })).rejects.toThrow("A bug.");
  });
});
