import { parseEvent } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import { LANE_SETS, type LaneRule, laneOf, laneRules, strayRule } from "@stripe-lanes/core/lanes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventBridgeEvent } from "./local/eventbridge/event.ts";
import { flatten } from "./local/eventbridge/flat.ts";
import { compile, matches } from "./local/eventbridge/pattern.ts";
import type { MissingPath } from "./local/eventbridge/template.ts";
import { compileInput } from "./local/eventbridge/transform.ts";

const SOURCE_PREFIX = "aws.partner/stripe.com/";
const STRAY = "lane-stray";

/** Two and 62 are the bounds; 16 is the default; 3 and 16 divide nothing evenly. */
const SEVERAL = [2, 3, 16, 62];

const RULES = new Map(SEVERAL.map((lanes) => [lanes, compiledRules(lanes)]));

function compiledRules(lanes: number) {
  const sets = LANE_SETS.flatMap((set) => laneRules({ lanes, set, sourcePrefix: SOURCE_PREFIX }));
  return [...sets, strayRule(SOURCE_PREFIX)].map((rule) => ({ rule, pattern: compile(rule.pattern) }));
}

/** The one rule that a detail matches; the number of them, where it is not one. */
function ruleOf(detail: JsonObject, lanes: number, envelope: object = {}): LaneRule | number {
  const event = flatten({ source: `${SOURCE_PREFIX}ed_test_1`, detail, ...envelope });
  const matching = (RULES.get(lanes) ?? []).filter(({ pattern }) => matches(pattern, event));
  const [only] = matching;
  return matching.length === 1 && only ? only.rule : matching.length;
}

function groupOf(detail: JsonObject, lanes: number): string | number {
  const rule = ruleOf(detail, lanes);
  return typeof rule === "number" ? rule : rule.messageGroupId;
}

/** What Stripe could send for an id, and what nobody should. */
const tail = fc.constantFrom(
  "",
  "0",
  "9",
  "A",
  "Z",
  "a",
  "z",
  "_",
  "-",
  "é",
  "ß",
  "中",
  "😀",
  "\u0301",
  " ",
  '"',
  "*",
);
const ids = fc.oneof(
  fc.tuple(fc.constantFrom("cus_", "sub_", "", "é", "😀"), tail).map(([head, last]) => head + last),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 5 }),
  fc.constantFrom(null, undefined, true, 5, -0.5),
  fc.constantFrom({}, [], { id: "cus_a" }, { id: null }),
);
const objects = fc.record({ object: fc.constant("subscription"), customer: ids, id: ids });
const data = fc.oneof(
  { weight: 9, arbitrary: fc.record({ object: objects }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, {}, { object: null }, { object: {} }) },
);
const accounts = fc.constantFrom(undefined, undefined, "acct_1", "acct_é", "", null);
const related = fc.oneof(
  fc.record({ id: ids, type: fc.constant("customer") }),
  fc.constantFrom(null, undefined, {}),
);

const snapshots = fc.record({ object: fc.constant("event"), account: accounts, data });
const thins = fc.record({
  object: fc.constant("v2.core.event"),
  context: accounts,
  related_object: related,
  data: fc.constantFrom(undefined, { object: { customer: "cus_1" } }),
});
const strays = fc.record({ object: fc.constantFrom(undefined, null, "", "list", "Event", 5, {}, []), data });

/** As JSON carries it: what is undefined is missing. */
function carried(events: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> {
  return events.map((event) => JSON.parse(JSON.stringify(event)) as JsonObject);
}

describe("the rules of all sets together (D2)", () => {
  it.each(SEVERAL)("send every event to exactly one lane of %d, the one that laneOf names", (lanes) => {
    fc.assert(
      fc.property(carried(fc.oneof(snapshots, thins)), (detail) => {
        expect(groupOf(detail, lanes)).toBe(laneOf(detail, lanes));
      }),
      { numRuns: 300 },
    );
  });

  it.each(SEVERAL)("send the ids of every last character to one of %d lanes, evenly", (lanes) => {
    const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const counts = new Map<string | number, number>();
    for (const last of base62) {
      const group = groupOf({ object: "event", data: { object: { id: `pi_${last}` } } }, lanes);
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    expect(counts.size).toBe(lanes);
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
  });

  it("send what is no event to the rule for strays, and lose nothing", () => {
    fc.assert(
      fc.property(carried(strays), fc.constantFrom(...SEVERAL), (detail, lanes) => {
        expect(laneOf(detail, lanes)).toBeNull();
        expect(groupOf(detail, lanes)).toBe(STRAY);
      }),
    );
  });

  it("send nothing on that another source sent", () => {
    const detail = { object: "event", data: { object: { id: "pi_1" } } };
    expect(ruleOf(detail, 16, { source: "stripe.com" })).toBe(0);
    expect(ruleOf(detail, 16, { source: "aws.partner/shopify.com/1" })).toBe(0);
  });
});

describe("the body that reaches the queue (D1)", () => {
  const ENVELOPE = {
    version: "0",
    "detail-type": "customer.updated",
    source: `${SOURCE_PREFIX}ed_test_1`,
    account: "000000000000",
    region: "us-east-1",
    resources: [],
  } as const;

  const DELIVERY = { id: "delivery-1", time: "2026-11-01T00:00:00Z" };

  function bodyOf(detail: JsonObject, delivery: typeof DELIVERY, missingPath: MissingPath = "null"): string {
    const rule = ruleOf(detail, 16);
    if (typeof rule === "number") throw new Error(`${rule} rules match.`);
    const { input } = rule;
    const target =
      "path" in input
        ? { InputPath: input.path }
        : { InputTransformer: { InputPathsMap: input.paths, InputTemplate: input.template } };
    const event: EventBridgeEvent = { ...ENVELOPE, ...delivery, detail };
    const invocation = { event, rule: { arn: "arn", name: rule.name }, ingestionTime: delivery.time };
    return compileInput({ Id: "queue", ...target }, missingPath)(invocation) ?? "";
  }

  const object = { object: "customer", id: "cus_1", name: 'Ada "<id>" Ω\n', metadata: { a: null } };
  const snapshot = {
    id: "evt_1",
    object: "event",
    type: "customer.updated",
    api_version: "2026-10-28.endive",
    created: 1_792_000_000,
    livemode: false,
    data: { object, previous_attributes: { name: null } },
  };
  const thin = {
    id: "evt_2",
    object: "v2.core.event",
    type: "v1.customer.updated",
    created: "2026-11-01T00:00:00.5Z",
    livemode: false,
    related_object: { id: "cus_1", type: "customer", url: "/v1/customers/cus_1" },
  };
  const all = [snapshot, { ...snapshot, account: "acct_1" }, thin];

  it.each(all)("is the same for every delivery: $object $account", (event) => {
    const changing = event.object === "event" ? [{ pending_webhooks: 2 }, { pending_webhooks: 1 }] : [{}, {}];
    const [first, second] = changing.map((change, index) =>
      bodyOf({ ...event, ...change }, { id: `delivery-${index}`, time: `2026-11-0${index + 1}T00:00:00Z` }),
    );
    expect(second).toBe(first);
  });

  it.each(all)("is the event, in the same lane: $object $account", (event) => {
    const body = bodyOf(event, DELIVERY);
    expect(parseEvent(body)).toEqual(parseEvent(JSON.stringify(event)));
    expect(laneOf(JSON.parse(body), 16)).toBe(laneOf(event, 16));
  });

  it.each(["empty-string", "null", "absent"] as const)(
    "is the event, whatever EventBridge makes of a path that is missing: %s",
    (missingPath) => {
      const { api_version: _, ...event } = snapshot;
      expect(parseEvent(bodyOf(event, DELIVERY, missingPath))).toEqual(parseEvent(JSON.stringify(event)));
    },
  );
});
