import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type ProductState, product } from "./product.ts";

const OBJECT = { object: "product", id: "prod_1" };

function project(changes: JsonObject): ProductState {
  return product.project({ ...OBJECT, ...changes }, "product.updated");
}

describe("a product", () => {
  it("is what is sold, whatever it costs", () => {
    const told = { name: "Gala", description: "An evening", active: true, created: 1_700_000_000 };
    const more = { default_price: "price_1", metadata: { hall: "A" }, type: "service", images: ["a.png"] };
    expect(project({ ...told, ...more })).toEqual({
      ...told,
      defaultPrice: "price_1",
      metadata: { hall: "A" },
    });
  });

  it("reads what is expanded as what is not", () => {
    const expanded = project({ default_price: { id: "price_1", object: "price" } });
    expect(expanded).toEqual(project({ default_price: "price_1" }));
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = {
      name: null,
      description: null,
      active: null,
      defaultPrice: null,
      created: null,
      metadata: {},
    };
    expect(project({ deleted: true })).toEqual(nothing);
    const broken = { name: 5, description: {}, active: "yes", default_price: [], created: 1.5, metadata: [] };
    expect(project(broken)).toEqual(nothing);
  });

  it("lives on its own, has no status, and can be born again", () => {
    const state = project({});
    expect([product.home, product.customerOf(state, "prod_1"), product.statusOf(state)]).toEqual([
      "own",
      null,
      null,
    ]);
    expect(product.lifecycleOf(OBJECT).reusable).toBe(true);
  });
});
