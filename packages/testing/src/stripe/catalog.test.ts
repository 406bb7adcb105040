import { describe, expect, it } from "vitest";
import { eventsOf, exampleShop, typesOf } from "./example.ts";

describe("a recurring price", () => {
  it("is a plan as well, with the price's id, whatever becomes of it", () => {
    const { stripe, product } = exampleShop();
    const create = () =>
      stripe.prices.create({ product, unitAmount: 500, interval: "year", nickname: "Old" });
    const made = eventsOf(stripe, create);
    expect(made.map((event) => event.type)).toEqual(["plan.created", "price.created"]);
    const [id, ...others] = new Set(made.map((event) => String(event.data.object.id)));
    expect(others).toEqual([]);
    stripe.advance(1);
    const changed = eventsOf(stripe, () => stripe.prices.update(id ?? "", { nickname: "New" }));
    expect(changed.map((event) => [event.type, event.data.previous_attributes])).toEqual([
      ["plan.updated", { nickname: "Old" }],
      ["price.updated", { nickname: "Old" }],
    ]);
    expect(typesOf(stripe, () => stripe.prices.delete(id ?? ""))).toEqual(["plan.deleted", "price.deleted"]);
    expect(stripe.truth().filter((row) => row.id === id)).toMatchObject([
      { noun: "generic", deleted: true, state: { object: "plan", amount: 500 } },
      { noun: "price", deleted: true, state: { unitAmount: 500, interval: "year", nickname: "New" } },
    ]);
    expect(stripe.retrieve("plan", id ?? "")).toMatchObject({ object: "plan", deleted: true });
    expect(() => stripe.prices.update(id ?? "", { active: false })).toThrow("deleted");
  });
});

describe("a price that is sold once", () => {
  it("is no plan, and may say how much there is of it", () => {
    const { stripe, product } = exampleShop();
    const id = stripe.prices.create({ product, unitAmount: 900, metadata: { capacity: "250" } });
    const capacity = () => stripe.truth().find((row) => row.id === id)?.state.capacity;
    expect(capacity()).toBe(250);
    stripe.advance(1);
    const types = typesOf(stripe, () => stripe.prices.update(id, { metadata: { capacity: null } }));
    expect([types, capacity()]).toEqual([["price.updated"], null]);
  });
});
