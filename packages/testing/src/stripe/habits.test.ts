import { describe, expect, it } from "vitest";
import { habitsOf } from "./habits.ts";

const accounts = Array.from({ length: 200 }, (_, seed) => habitsOf(seed));

describe("the habits of an account", () => {
  it("are the same for the same seed", () => {
    expect(Array.from({ length: 200 }, (_, seed) => habitsOf(seed))).toEqual(accounts);
  });

  it("are each found in some accounts and not in others", () => {
    const shares = [
      accounts.filter(({ afterFailedRefund }) => afterFailedRefund === "stays"),
      accounts.filter(({ settlement }) => settlement !== null),
      accounts.filter(({ accountsAsCustomers }) => accountsAsCustomers),
    ].map((some) => some.length / accounts.length);
    for (const share of shares) {
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.7);
    }
  });
});
