import { describe, expect, it } from "vitest";
import { isTerminal, type Lifecycle, lifecycleOfType, NO_LIFECYCLE, rankOf } from "./lifecycle.ts";

const LIFECYCLE: Lifecycle = { ranks: { draft: 0, open: 1, paid: 3, void: 4 }, terminal: ["void"] };

describe("a status", () => {
  it("ranks by how far along it is", () => {
    expect(["draft", "open", "paid", "void"].map((status) => rankOf(LIFECYCLE, status))).toEqual([
      0, 1, 3, 4,
    ]);
  });

  it("ranks with the furthest that is no end where nobody documents it yet", () => {
    expect(rankOf(LIFECYCLE, "disputed")).toBe(3);
  });

  it("ranks lowest where there is none, and where none says anything of order", () => {
    expect(rankOf(LIFECYCLE, null)).toBe(0);
    expect(rankOf(NO_LIFECYCLE, "active")).toBe(0);
  });

  it("is an end only where Stripe documents it as one", () => {
    const statuses = ["draft", "paid", "void", "disputed", null];
    expect(statuses.map((status) => isTerminal(LIFECYCLE, status))).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it("may have the name of something that every object has", () => {
    expect(rankOf(LIFECYCLE, "constructor")).toBe(3);
    expect(rankOf(NO_LIFECYCLE, "toString")).toBe(0);
  });
});

describe("the lifecycle of an object type", () => {
  it.each([
    ["invoice", ["draft", "open", "uncollectible", "paid", "void"], ["void"]],
    ["payment_intent", ["processing", "succeeded"], ["succeeded", "canceled"]],
    ["payment_intent", ["requires_capture", "canceled"], ["succeeded", "canceled"]],
    ["charge", ["pending", "succeeded"], []],
    ["charge", ["pending", "failed"], []],
  ])("of %s goes forward by %j", (object, path, terminal) => {
    const lifecycle = lifecycleOfType(object);
    const ranks = path.map((status) => rankOf(lifecycle, status));
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
    expect(lifecycle.terminal).toEqual(terminal);
  });

  it("lets what is open of a payment intent alternate", () => {
    const lifecycle = lifecycleOfType("payment_intent");
    const open = ["requires_payment_method", "requires_confirmation", "requires_action", "processing"];
    expect(new Set(open.map((status) => rankOf(lifecycle, status)))).toEqual(new Set([0]));
  });

  it("says whose deleted ids can be born again", () => {
    const reusable = ["coupon", "plan", "price", "product", "promotion_code"];
    expect(reusable.every((object) => lifecycleOfType(object).reusable)).toBe(true);
    expect(["invoice", "tax_rate", "constructor"].some((object) => lifecycleOfType(object).reusable)).toBe(
      false,
    );
  });

  it("is none for a type that nobody listed, whatever its name", () => {
    for (const object of ["mandate", "constructor", "__proto__", ""]) {
      expect(lifecycleOfType(object)).toBe(NO_LIFECYCLE);
    }
  });
});
