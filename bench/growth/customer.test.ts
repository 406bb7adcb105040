import { describe, expect, it } from "vitest";
import { BEGINNING, lives, numbered, RENEWAL } from "./customer.ts";
import { customersIn, eventOf, typeOf } from "./fixtures/told.ts";

describe("a customer's life", () => {
  it("begins with the customer and their first paid invoice", () => {
    const [life = []] = lives([0], BEGINNING);
    expect(typeOf(life[0] ?? "")).toBe("customer.created");
    expect(life.map(typeOf)).toContain("invoice.paid");
    expect(life).toHaveLength(BEGINNING);
  });

  it("goes on with renewals that are all alike", () => {
    const [life = []] = lives([0], BEGINNING + 5 * RENEWAL);
    const renewal = (n: number) =>
      life.slice(BEGINNING + n * RENEWAL, BEGINNING + (n + 1) * RENEWAL).map(typeOf);
    expect(renewal(0)).toContain("payment_intent.succeeded");
    for (const n of [1, 2, 3, 4]) expect(renewal(n)).toEqual(renewal(0));
  });

  it("is as long as is asked for, however short", () => {
    for (const events of [1, 10, 100, 1000]) {
      expect(lives([3, 4], events).map(({ length }) => length)).toEqual([events, events]);
    }
  });

  it("shares no event and no customer with another's", () => {
    const two = lives(numbered(2, 8), 50);
    expect(new Set(two.flat().map(eventOf)).size).toBe(100);
    expect(two.map((life) => customersIn(life).size)).toEqual([1, 1]);
    expect(customersIn(two.flat()).size).toBe(2);
  });
});

it("numbers customers from the first on, so far apart", () => {
  expect(numbered(3, 10, 5)).toEqual([10, 15, 20]);
});
