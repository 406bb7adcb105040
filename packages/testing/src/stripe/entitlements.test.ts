import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "./calendar.ts";
import { eventsOf, exampleShop, typesOf } from "./example.ts";

const UPDATED = "entitlements.active_entitlement_summary.updated";

function shopWith(features: readonly string[]) {
  const shop = exampleShop();
  for (const feature of features) shop.stripe.products.attachFeature(shop.product, feature);
  const entitlements = () => shop.stripe.truth().find((row) => row.noun === "entitlement");
  return { ...shop, entitlements, items: [{ price: shop.basic }] };
}

describe("what a customer is entitled to", () => {
  it("is told once the subscription is active, with what it was before, and has no id", () => {
    const { stripe, customer, items } = shopWith(["api", "sso"]);
    const events = eventsOf(stripe, () => stripe.subscriptions.create({ customer, items }));
    const summary = events.at(-1);
    expect(summary?.type).toBe(UPDATED);
    expect(summary?.data.object).not.toHaveProperty("id");
    expect(summary?.data).toMatchObject({
      object: {
        customer,
        entitlements: { data: [{ lookup_key: "api" }, { lookup_key: "sso" }], has_more: false },
      },
      previous_attributes: { entitlements: { data: [] } },
    });
  });

  it("is told again only when it changes", () => {
    const { stripe, customer, items, product } = shopWith(["api"]);
    const id = stripe.subscriptions.create({ customer, items });
    stripe.advance(HOUR);
    expect(typesOf(stripe, () => stripe.subscriptions.change(id, { quantity: 2 }))).not.toContain(UPDATED);
    expect(typesOf(stripe, () => stripe.products.attachFeature(product, "sso"))).toEqual([UPDATED]);
    expect(typesOf(stripe, () => stripe.advance(31 * DAY))).not.toContain(UPDATED);
  });

  it("ends with the subscription, but for what another one gives", () => {
    const { stripe, customer, items, entitlements } = shopWith(["api"]);
    const [one, other] = [0, 1].map(() => stripe.subscriptions.create({ customer, items }));
    stripe.advance(HOUR);
    expect(typesOf(stripe, () => stripe.subscriptions.cancel(one ?? ""))).not.toContain(UPDATED);
    expect(entitlements()?.state).toEqual({ customer, features: ["api"] });
    const types = typesOf(stripe, () => stripe.subscriptions.cancel(other ?? ""));
    expect(types).toEqual(["customer.subscription.deleted", UPDATED]);
    expect(entitlements()?.state).toEqual({ customer, features: [] });
  });

  it("stays while a renewal is past due, and ends when the subscription is unpaid", () => {
    const { stripe, customer, items, entitlements } = shopWith(["api"]);
    stripe.subscriptions.create({ customer, items });
    stripe.customers.setCard(customer, "declined");
    stripe.advance(31 * DAY);
    expect(entitlements()?.state.features).toEqual(["api"]);
    stripe.advance(20 * DAY);
    expect(entitlements()?.state.features).toEqual([]);
  });

  it("shows ten of eleven, and that there are more", () => {
    const { stripe, customer, items, entitlements } = shopWith([..."abcdefghijk"]);
    const events = eventsOf(stripe, () => stripe.subscriptions.create({ customer, items }));
    expect(events.at(-1)?.data.object).toMatchObject({ entitlements: { has_more: true, total_count: 11 } });
    const features = [..."abcdefghij"];
    expect(entitlements()?.state).toEqual({ customer, features, incomplete: ["entitlements"] });
    expect(stripe.truth().find((row) => row.noun === "profile")?.state).toMatchObject({
      features,
      featuresCut: true,
    });
  });
});
