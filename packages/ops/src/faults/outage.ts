// DynamoDB is down for minutes of the movable clock, of which a run waits for none.
import type { MovableClock } from "@stripe-lanes/testing/local/clock";

export type Outage = {
  begin(): void;
  end(): void;
  /** Asked at each request: whether it comes to nothing. */
  refuses(): boolean;
};

/** Milliseconds. */
const LENGTH = 10 * 60 * 1000;

/** After so many requests that failed, the rest of the outage passes at once. */
const MOST_REFUSALS = 30;

export function outageOn(clock: MovableClock): Outage {
  let until = Number.NEGATIVE_INFINITY;
  let refusals = 0;
  // Not at once: this is asked in the middle of a request, and what the clock brings on may ask again.
  const skipRest = () => setImmediate(() => clock.advance(Math.max(0, until - clock.now())));
  return {
    begin() {
      until = clock.now() + LENGTH;
    },
    end() {
      until = Number.NEGATIVE_INFINITY;
    },
    refuses() {
      if (clock.now() >= until) return false;
      refusals += 1;
      if (refusals === MOST_REFUSALS) skipRest();
      return true;
    },
  };
}
