import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stockOf } from "./stock.ts";

describe("the stock of a price", () => {
  it("is what its orders hold of it, and how much of it there is", () => {
    expect(stockOf("price_1", { sold: 3, reserved: 2, capacity: 10, limited: 1 })).toEqual({
      price: "price_1",
      sold: 3,
      reserved: 2,
      capacity: 10,
      oversold: 0,
    });
  });

  it("is nothing, and not limited, before anything was counted", () => {
    expect(stockOf("price_1", {})).toEqual({
      price: "price_1",
      sold: 0,
      reserved: 0,
      capacity: null,
      oversold: 0,
    });
  });

  it("is oversold from the first on where there are none to sell", () => {
    expect(stockOf("price_1", { sold: 1, limited: 1 })).toMatchObject({ capacity: 0, oversold: 1 });
  });

  it("is not limited by a price that is gone or no longer tells a capacity", () => {
    const left = { sold: 5, capacity: 0, limited: 0 };
    expect(stockOf("price_1", left)).toMatchObject({ capacity: null, oversold: 0 });
  });

  it("is oversold by what is sold past its capacity, and never by what is only reserved", () => {
    const counters = fc.record({ sold: fc.nat(), reserved: fc.nat(), capacity: fc.nat() });
    fc.assert(
      fc.property(counters, ({ sold, reserved, capacity }) => {
        const { oversold } = stockOf("price_1", { sold, reserved, capacity, limited: 1 });
        expect(sold - oversold).toBe(Math.min(sold, capacity));
      }),
    );
  });
});
