import { parseEvent } from "@stripe-lanes/core/event";
import { isOurs, type MODES } from "@stripe-lanes/core/mode";
import { seeded } from "@stripe-lanes/testing/random";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { describe, expect, it } from "vitest";
import type { EventJson } from "../input/tally.ts";
import { noFaults } from "./catalogue.ts";
import { withBadInputs } from "./inputs.ts";

const { events } = traffic({ seed: 1, events: 40 });

function spoilt(mode: (typeof MODES)[number]) {
  const counts = noFaults();
  return { mixed: withBadInputs(events, mode, { random: seeded(1), each: 2, counts }), counts };
}

const isBad = ({ id }: EventJson) => /^evt_[a-z-]+_\d+$/.test(String(id));

const reasonFor = (event: EventJson) => {
  try {
    isOurs(parseEvent(JSON.stringify(event)), "test");
    return undefined;
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

describe("bad events among the good", () => {
  it("leave the good ones as they are, in their order", () => {
    const { mixed } = spoilt("test");
    expect(mixed).toHaveLength(events.length + 6);
    expect(mixed.filter((event) => !isBad(event))).toEqual(events);
  });

  it("are refused for the reason they are named after, and are counted", () => {
    const { mixed, counts } = spoilt("test");
    const bad = mixed.filter((event) => reasonFor(event) !== undefined);
    for (const event of bad) expect(event.id).toContain(`evt_${reasonFor(event)}_`);
    expect(counts).toMatchObject({ "not-an-event": 2, "too-large": 2, "wrong-mode": 2 });
  });

  it("are of no wrong mode where any is taken", () => {
    expect(spoilt("any")).toMatchObject({ counts: { "not-an-event": 2, "wrong-mode": 0 } });
  });
});
