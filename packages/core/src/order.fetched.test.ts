import { describe, expect, it } from "vitest";
import { order } from "./order.ts";
import type { Part, Telling } from "./part.ts";

/** A state that was fetched because of an event, in a second of Stripe's clock. */
function fetched(event: string, until: number): Telling {
  const level = { finality: "open", second: 10, rank: 1000 } as const;
  return { event, via: "fetch", ...level, state: { asked: event }, deleted: false, found: null, until };
}

function only(telling: Telling): Part {
  return order(undefined, telling).part;
}

/** What the second of two answers comes to. */
function last(first: Telling, second: Telling) {
  const { part, reason, stands } = order(only(first), second);
  return { asked: part.state.asked, reason, stands };
}

describe("two answers for one second", () => {
  it("are told apart by when they were given, and the later one stands", () => {
    const [early, late] = [fetched("evt_b", 12), fetched("evt_a", 13)];
    expect(last(early, late)).toEqual({ asked: "evt_a", reason: "later-second", stands: true });
    expect(last(late, early)).toEqual({ asked: "evt_a", reason: "earlier-second", stands: false });
  });

  it("that were given in the same moment are told apart by the ids of the events that asked", () => {
    const [smaller, greater] = [fetched("evt_a", 12), fetched("evt_b", 12)];
    expect(last(smaller, greater)).toEqual({ asked: "evt_b", reason: "later-second", stands: true });
    expect(last(greater, smaller)).toEqual({ asked: "evt_b", reason: "earlier-second", stands: false });
  });

  it("are one where both are the same, and it stands", () => {
    const [answer, part] = [fetched("evt_a", 12), only(fetched("evt_a", 12))];
    expect(order(part, answer)).toMatchObject({ part, stands: true });
  });
});

describe("an answer for the second of a lone event", () => {
  it("stands, whatever the event's id", () => {
    const lone = { ...fetched("evt_z", 0), via: "event" } as const;
    const { until: _, ...event } = lone;
    expect(last(event, fetched("evt_a", 12))).toEqual({
      asked: "evt_a",
      reason: "later-second",
      stands: true,
    });
  });
});
