import { setImmediate as turn } from "node:timers/promises";
import { localClock } from "@stripe-lanes/testing/local/clock";
import { describe, expect, it } from "vitest";
import { outageOn } from "./outage.ts";

const MINUTE = 60_000;

describe("an outage", () => {
  it("refuses every request for ten minutes of the clock, and none before or after", () => {
    const clock = localClock(() => 0);
    const outage = outageOn(clock);
    expect(outage.refuses()).toBe(false);
    outage.begin();
    clock.advance(10 * MINUTE - 1);
    expect(outage.refuses()).toBe(true);
    clock.advance(1);
    expect(outage.refuses()).toBe(false);
  });

  it("is over at once when it is ended", () => {
    const outage = outageOn(localClock(() => 0));
    outage.begin();
    outage.end();
    expect(outage.refuses()).toBe(false);
  });

  it("passes at once when enough requests have failed", async () => {
    const clock = localClock(() => 0);
    const outage = outageOn(clock);
    outage.begin();
    let refused = 0;
    while (outage.refuses() && refused < 1_000) {
      refused += 1;
      await turn();
    }
    expect(refused).toBeGreaterThan(10);
    expect(refused).toBeLessThan(100);
    expect(clock.now()).toBe(10 * MINUTE);
  });
});
