import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.ts";

describe("why a try failed", () => {
  it("is the issuer's code, which says more than Stripe's", () => {
    expect(failureOf({ code: "card_declined", decline_code: "insufficient_funds" })).toBe(
      "insufficient_funds",
    );
  });

  it("is Stripe's code where the issuer gave none", () => {
    expect(failureOf({ code: "expired_card" })).toBe("expired_card");
    expect(failureOf({ code: "expired_card", decline_code: null })).toBe("expired_card");
  });

  it("is nothing where nothing failed, or no code was told", () => {
    const none = [undefined, null, "card_declined", [], {}, { type: "api_error" }, { code: 5 }];
    expect(none.map(failureOf).every((code) => code === null)).toBe(true);
  });
});
