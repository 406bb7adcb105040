import { describe, expect, it } from "vitest";
import { isWhole } from "./list.ts";

describe("a list inside a Stripe object", () => {
  it("is whole where Stripe says that there is no more", () => {
    expect(isWhole({ object: "list", data: [], has_more: false })).toBe(true);
    expect(isWhole({ data: [{ id: "il_1" }] })).toBe(true);
    expect(isWhole([])).toBe(true);
  });

  it("is not where Stripe cut it", () => {
    expect(isWhole({ object: "list", data: [{ id: "il_1" }], has_more: true })).toBe(false);
  });

  it("is not where it did not come", () => {
    const absent = [undefined, null, "", {}, { has_more: false }, { data: "none" }];
    expect(absent.filter(isWhole)).toEqual([]);
  });
});
