// Bad events among the good: each is a simulated event spoilt, in a lane and of a customer that has others.
import { LARGEST_BODY } from "@stripe-lanes/core/envelope";
import type { Mode } from "@stripe-lanes/core/mode";
import type { EventJson } from "../input/tally.ts";
import { BAD_INPUTS, type BadInput } from "./catalogue.ts";
import type { DealerOptions } from "./dealer.ts";

const SPOILT: Record<BadInput, (event: EventJson) => EventJson> = {
  "not-an-event": (event) => ({ ...event, type: null }),
  "too-large": ({ data, ...event }) => ({
    ...event,
    data: { ...Object(data), note: "x".repeat(LARGEST_BODY) },
  }),
  "wrong-mode": (event) => ({ ...event, livemode: !event.livemode }),
};

/** The events in their order, and `each` of every bad kind at places of its own; where any mode is taken, none is wrong. */
export function withBadInputs(
  events: EventJson[],
  mode: Mode,
  { random, each, counts }: DealerOptions,
): EventJson[] {
  const mixed = [...events];
  for (const name of BAD_INPUTS.filter((one) => one !== "wrong-mode" || mode !== "any")) {
    counts[name] += each;
    for (let number = 0; number < each; number++) {
      mixed.splice(random.integer(mixed.length + 1), 0, spoil(name, random.pick(events), number));
    }
  }
  return mixed;
}

function spoil(name: BadInput, event: EventJson, number: number): EventJson {
  return SPOILT[name]({ ...event, id: `evt_${name}_${number}` });
}
