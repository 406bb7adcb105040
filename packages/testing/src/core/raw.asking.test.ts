import { describe, expect, it } from "vitest";
import { snapshotEvent, thinEvent } from "../events.ts";
import { AT, change, objectOf, rawIn, told } from "./kept.ts";
import { readsOf } from "./readings.ts";
import { subscriptionIs } from "./told.ts";

describe("a fetched object", () => {
  const thin = thinEvent({
    type: "v1.product.updated",
    related: { id: "prod_1", type: "product" },
    created: AT,
  });
  const product = { object: "product", id: "prod_1", name: "A", active: true, features: [] };
  const known = snapshotEvent({ type: "product.updated", object: product, created: AT - 10 });

  it("is kept as Stripe gave it", async () => {
    const given = { ...product, name: "B" };
    const store = await told([[known], [thin]], { answer: given });
    expect(await rawIn(store, "product", "prod_1")).toEqual([given]);
  });

  it("settles a tie, and is then what is kept", async () => {
    const given = { ...objectOf(change("evt_x", 7)), told: "stripe" };
    const store = await told([[change("evt_a", 1)], [change("evt_b", 2)]], { answer: given, second: AT + 1 });
    expect(await rawIn(store, "subscription", "sub_1")).toEqual([given]);
  });

  const stub = { object: "product", id: "prod_1", deleted: true };

  it.each([
    ["is gone", stub, true],
    ["is not found", null, false],
  ])("that %s stays as it was last known, as its state does", async (_, answer, deleted) => {
    const store = await told([[known], [thin]], { answer });
    expect(await readsOf(store).get("product", "prod_1")).toMatchObject({ deleted, state: { name: "A" } });
    expect(await rawIn(store, "product", "prod_1")).toEqual([product]);
  });

  it("that is gone and was never known is not made up", async () => {
    const store = await told([[thin]], { answer: stub });
    expect(await readsOf(store).raw("product", "prod_1")).toEqual(new Map());
  });

  it("completes a list that the event cut", async () => {
    const cut = { object: "list", data: [], has_more: true, url: "/v1/subscription_items" };
    const object = { ...objectOf(subscriptionIs("active")), items: cut };
    const whole = objectOf(subscriptionIs("active"));
    const event = snapshotEvent({ type: "customer.subscription.updated", object, created: AT });
    const store = await told([[event]], { answer: whole, second: AT - 1 });
    expect(await rawIn(store, "subscription", "sub_1")).toEqual([whole]);
  });
});
