// Whatever number of lanes a stage has, what Stripe sends takes exactly one of its rules (D2).
import type { JsonObject } from "@stripe-lanes/core/json";
import { FEWEST_LANES, LANE_SETS, laneOf, laneRules, MOST_LANES, strayRule } from "@stripe-lanes/core/lanes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flatten } from "../local/eventbridge/flat.ts";
import { compile, matches } from "../local/eventbridge/pattern.ts";
import { traffic } from "../stripe/traffic.ts";

const SOURCE = "aws.partner/stripe.com/";

/** What a few billing days bring, at the platform and at an account of its own, and of each a thin event. */
const EVENTS = [traffic({ seed: 3, events: 200 }), traffic({ seed: 4, events: 200, account: "acct_1" })]
  .flatMap(({ events }) => events.map((event) => JSON.parse(JSON.stringify(event)) as JsonObject))
  .flatMap((event) => [event, thinOf(event)]);

function thinOf({ type, data }: JsonObject): JsonObject {
  const { id = null, object = null } = (data as { object: JsonObject }).object;
  return { object: "v2.core.event", type: `v1.${String(type)}`, related_object: { id, type: object } };
}

/** Compiled once for each number of lanes, when it is first asked about. */
const compiled = new Map<number, ReturnType<typeof rulesOf>>();

function rulesOf(lanes: number) {
  const sets = LANE_SETS.flatMap((set) => laneRules({ lanes, set, sourcePrefix: SOURCE }));
  return [...sets, strayRule(SOURCE)].map(({ messageGroupId, pattern }) => ({
    messageGroupId,
    pattern: compile(pattern),
  }));
}

/** The message groups of all rules that an event matches. */
function groupsOf(detail: JsonObject, lanes: number): string[] {
  const rules = compiled.get(lanes) ?? rulesOf(lanes);
  compiled.set(lanes, rules);
  const event = flatten({ source: `${SOURCE}ed_1`, detail });
  return rules.filter(({ pattern }) => matches(pattern, event)).map((rule) => rule.messageGroupId);
}

describe("an event of Stripe's traffic", () => {
  it("matches one rule of any number of lanes, and it is laneOf's", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EVENTS),
        fc.integer({ min: FEWEST_LANES, max: MOST_LANES }),
        (event, lanes) => {
          expect(groupsOf(event, lanes)).toEqual([laneOf(event, lanes)]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
