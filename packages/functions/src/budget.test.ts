import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budget } from "./budget.ts";

/** A budget whose clock the test moves, in milliseconds. */
function givenBudget(rate: number) {
  let clock = 1_000_000;
  const spend = budget({ rate, now: () => clock });
  return {
    spend,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
    /** How many requests are allowed now, one right after the other. */
    spendAll: () => Array.from({ length: 1_000 }, spend).filter(Boolean).length,
  };
}

describe("a budget of requests", () => {
  it("has two seconds' worth at first, and never more", () => {
    const { spendAll, pass } = givenBudget(20);
    expect(spendAll()).toBe(40);
    pass(24 * 60 * 60 * 1000);
    expect(spendAll()).toBe(40);
  });

  it("fills at its rate", () => {
    const { spendAll, pass } = givenBudget(20);
    spendAll();
    pass(49);
    expect(spendAll()).toBe(0);
    pass(1);
    expect(spendAll()).toBe(1);
    pass(1_000);
    expect(spendAll()).toBe(20);
  });

  it("has enough for one object with a long list, and then a request now and then, however small it is", () => {
    const { spendAll, pass } = givenBudget(0.2);
    expect(spendAll()).toBe(12);
    pass(4_999);
    expect(spendAll()).toBe(0);
    pass(1);
    expect(spendAll()).toBe(1);
  });

  it("of nothing allows nothing", () => {
    const { spendAll, pass } = givenBudget(0);
    expect(spendAll()).toBe(0);
    pass(60_000);
    expect(spendAll()).toBe(0);
  });

  it("loses nothing where the clock is set back", () => {
    const { spend, spendAll, pass } = givenBudget(2);
    spend();
    pass(-60_000);
    expect(spendAll()).toBe(11);
  });

  it("is never exceeded, whenever the requests come", () => {
    const pauses = fc.array(fc.nat(2_000), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), pauses, (rate, all) => {
        const { spend, pass } = givenBudget(rate);
        let [allowed, elapsed] = [0, 0];
        for (const pause of all) {
          pass(pause);
          elapsed += pause;
          if (spend()) allowed += 1;
          expect(allowed).toBeLessThanOrEqual(Math.max(12, rate * 2) + (rate * elapsed) / 1000);
        }
      }),
    );
  });
});
