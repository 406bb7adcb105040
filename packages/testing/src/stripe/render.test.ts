import { describe, expect, it } from "vitest";
import { API_VERSIONS } from "./api-versions.ts";
import { DAY } from "./calendar.ts";
import { shapeOf } from "./differences.ts";
import type { StripeEvent } from "./event.ts";
import { exampleShop } from "./example.ts";

/** One of everything, in one version: a subscription for two periods, an order, and a refund. */
function everything(apiVersion: string) {
  const { stripe, customer, basic, ticket } = exampleShop({ apiVersion });
  const subscription = stripe.subscriptions.create({ customer, items: [{ price: basic }] });
  stripe.checkout.complete(stripe.checkout.create({ customer, lines: [{ price: ticket, quantity: 1 }] }));
  stripe.advance(DAY);
  stripe.refunds.create({ of: objectOf(last(stripe.events, "charge.succeeded")).id as string, amount: 500 });
  stripe.advance(40 * DAY);
  return { events: stripe.events, subscription };
}

function last(events: readonly StripeEvent[], type: string): StripeEvent {
  const event = events.findLast((one) => one.type === type);
  if (event === undefined) throw new Error(`There is no ${type}.`);
  return event;
}

function objectOf(event: StripeEvent) {
  return event.data.object;
}

type Shown = ReturnType<typeof everything>;

const shown = new Map<string, Shown>(API_VERSIONS.map((version) => [version, everything(version)]));

function shownIn(version: (typeof API_VERSIONS)[number]): Shown {
  return shown.get(version) as Shown;
}

const [oldest, afterCharges] = [shownIn("2020-08-27"), shownIn("2022-11-15")];
const [beforeBasil, basil] = [shownIn("2024-09-30.acacia"), shownIn("2025-03-31.basil")];
const newest = shownIn("2026-10-28.endive");

describe("a version of the API", () => {
  it("is on every event", () => {
    expect(beforeBasil.events.every((event) => event.api_version === "2024-09-30.acacia")).toBe(true);
  });

  it("must start with a date", () => {
    expect(() => shapeOf("endive")).toThrow(RangeError);
  });

  it("before basil has the period on the subscription", () => {
    for (const { events } of [oldest, afterCharges, beforeBasil]) {
      const { object, previous_attributes: previous } = last(events, "customer.subscription.updated").data;
      expect(object).toMatchObject({
        current_period_start: expect.any(Number),
        current_period_end: expect.any(Number),
      });
      expect(previous).toEqual({
        current_period_end: object.current_period_start,
        current_period_start: expect.any(Number),
        latest_invoice: expect.any(String),
      });
      expect(object).not.toHaveProperty("items.data.0.current_period_end");
    }
  });

  it("since basil has the period on the items, in the previous attributes too", () => {
    for (const { events } of [basil, newest]) {
      const { object, previous_attributes: previous } = last(events, "customer.subscription.updated").data;
      expect(object).not.toHaveProperty("current_period_end");
      expect(object).toHaveProperty("items.data.0.current_period_end");
      expect(previous).toHaveProperty("items.data.0.current_period_end");
      expect(previous).not.toHaveProperty("current_period_end");
    }
  });

  it("before basil names the subscription, payment intent and charge of an invoice", () => {
    for (const { events, subscription } of [oldest, afterCharges, beforeBasil]) {
      const invoice = objectOf(last(events, "invoice.paid"));
      const intent = events.findLast(
        (one) => one.data.object.invoice === invoice.id && one.type === "charge.succeeded",
      );
      expect(invoice).toMatchObject({ subscription, paid: true, charge: intent?.data.object.id });
      expect(invoice.payment_intent).toMatch(/^pi_/);
      expect(invoice).not.toHaveProperty("parent");
      expect(invoice).not.toHaveProperty("payments");
      expect(invoice).toHaveProperty("lines.data.0.price.unit_amount", 1000);
      expect(events.some((event) => event.type === "invoice_payment.paid")).toBe(false);
    }
  });

  it("since basil has an invoice's parent and its list of payments", () => {
    for (const { events, subscription } of [basil, newest]) {
      const invoice = objectOf(last(events, "invoice.paid"));
      expect(invoice).toHaveProperty("parent.subscription_details.subscription", subscription);
      expect(invoice).toHaveProperty("payments.data.0.payment.payment_intent");
      expect(invoice).toHaveProperty("lines.data.0.pricing.price_details.price");
      for (const gone of ["subscription", "payment_intent", "charge", "paid"])
        expect(invoice).not.toHaveProperty(gone);
      expect(objectOf(last(events, "charge.succeeded"))).not.toHaveProperty("invoice");
      expect(objectOf(last(events, "invoice_payment.paid"))).toMatchObject({
        status: "paid",
        amount_paid: 1000,
      });
    }
  });

  it("before 2022-11-15 embeds refunds in their charge, and charges in their payment intent", () => {
    expect(objectOf(last(oldest.events, "charge.refunded"))).toHaveProperty("refunds.data.0.amount", 500);
    expect(objectOf(last(oldest.events, "payment_intent.succeeded"))).toHaveProperty(
      "charges.data.0.object",
      "charge",
    );
    for (const { events } of [afterCharges, newest]) {
      expect(objectOf(last(events, "charge.refunded"))).not.toHaveProperty("refunds");
      expect(objectOf(last(events, "payment_intent.succeeded"))).not.toHaveProperty("charges");
    }
  });

  it("has names of its own for what was renamed", () => {
    const product = ({ events }: Shown) => objectOf(last(events, "product.created"));
    const session = ({ events }: Shown) => objectOf(last(events, "checkout.session.completed"));
    expect([product(oldest).features, product(newest).marketing_features]).toEqual([[], []]);
    expect([session(basil).ui_mode, session(newest).ui_mode]).toEqual(["hosted", "hosted_page"]);
    expect(objectOf(last(basil.events, "customer.subscription.created"))).toMatchObject({
      billing_mode: { type: "classic" },
    });
    expect(objectOf(last(newest.events, "customer.subscription.created"))).toMatchObject({
      billing_mode: { type: "flexible" },
    });
  });

  it("makes objects as large as Stripe's", () => {
    for (const { events } of [oldest, basil, newest]) {
      for (const type of ["customer.subscription.created", "invoice.paid", "charge.succeeded"]) {
        const bytes = JSON.stringify(objectOf(last(events, type))).length;
        expect(bytes).toBeGreaterThan(2000);
        expect(bytes).toBeLessThan(6000);
      }
    }
  });
});
