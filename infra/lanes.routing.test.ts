import { parseEvent } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import { laneOf } from "@stripe-lanes/core/lanes";
import type { EventBridgeEvent } from "@stripe-lanes/testing/local/eventbridge/event";
import { flatten } from "@stripe-lanes/testing/local/eventbridge/flat";
import { compile, matches } from "@stripe-lanes/testing/local/eventbridge/pattern";
import { compileInput } from "@stripe-lanes/testing/local/eventbridge/transform";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { describe, expect, it } from "vitest";
import { lanes, type Target } from "./fixtures/lanes.ts";
import { type Graph, LIVE_SOURCE, personal, production, staging, TEST_SOURCE } from "./fixtures/stages.ts";

const WEBHOOK_SOURCE = "stripe-lanes.webhook";

const SIMULATED = traffic({ seed: 4, events: 300 }).events as unknown as JsonObject[];

const about = (object: JsonObject | null): JsonObject => ({
  id: "evt_1",
  object: "event",
  type: "customer.updated",
  api_version: "2026-10-28.endive",
  created: 1_792_000_000,
  livemode: false,
  data: { object },
});

const thin = (related: JsonObject | null): JsonObject => ({
  id: "evt_2",
  object: "v2.core.event",
  type: "v1.customer.updated",
  created: "2026-11-01T00:00:00.5Z",
  livemode: false,
  related_object: related,
});

const EDGES: JsonObject[] = [
  about({}),
  about(null),
  about({ id: null, customer: null }),
  about({ id: "", customer: "" }),
  about({ id: "in_é", customer: "cus_中" }),
  about({ id: "in_1-", customer: "cus_😀" }),
  about({ id: "in_Z", customer: { id: "cus_a" } }),
  { object: "event" },
  { object: "event", account: null, data: { object: { id: "po_9" } } },
  { ...about({ id: "po_9" }), account: "acct_1" },
  thin(null),
  thin({ id: "cus_0" }),
  thin({ id: null }),
  { ...thin({ id: "cus_0" }), context: "acct_1" },
  { object: "v2.core.event" },
];

const LAST_CHARACTERS = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];

const OF_EVERY_LANE = LAST_CHARACTERS.flatMap((character) => [
  about({ id: "in_1", customer: `cus_${character}` }),
  about({ id: `po_${character}` }),
  { ...about({ id: `po_${character}` }), account: "acct_1" },
  thin({ id: `cus_${character}` }),
]);

const CUSTOMER = { object: "customer", id: "cus_1", name: 'Ada "<id>" Ω' };
const EVENTS = [
  about(CUSTOMER),
  { ...about(CUSTOMER), account: "acct_1" },
  thin({ id: "cus_1", type: "customer", url: "/v1/customers/cus_1" }),
];

const STRAYS: JsonObject[] = [{}, { object: null }, { object: "list" }, { object: 5 }, { object: "EVENT" }];

/** Which lanes an event of a source takes from a bus: the one that it is meant for, if no other is named. */
function routed(graph: Graph, source: string, isOurs = source === WEBHOOK_SOURCE) {
  const rules = lanes(graph)
    .filter(({ target }) => String(target.eventBusName).endsWith("-webhook") === isOurs)
    .map(({ rule, target }) => ({ target, pattern: compile(String(rule.inputs.eventPattern)) }));
  return (detail: JsonObject): Target[] => {
    const event = flatten({ source, "detail-type": "any", detail });
    return rules.filter(({ pattern }) => matches(pattern, event)).map(({ target }) => target);
  };
}

function groupsOf(graph: Graph, source: string, isOurs?: boolean): (detail: JsonObject) => string[] {
  const route = routed(graph, source, isOurs);
  return (detail) => route(detail).map(({ sqsTarget }) => sqsTarget.messageGroupId);
}

describe.each([
  ["personal", WEBHOOK_SOURCE, personal, 4],
  ["staging", TEST_SOURCE, staging, 16],
  ["staging", WEBHOOK_SOURCE, staging, 16],
  ["production", LIVE_SOURCE, production, 16],
] as const)("the lanes of a %s stage, for what comes from %s,", (_, source, graph, count) => {
  it("carry every simulated event to exactly one lane, core's (D2)", async () => {
    const groups = groupsOf(await graph(), source);
    for (const event of SIMULATED) expect(groups(event)).toEqual([laneOf(event, count)]);
  });

  it("carry ids of every last character to exactly one lane, core's", async () => {
    const groups = groupsOf(await graph(), source);
    for (const event of OF_EVERY_LANE) expect(groups(event)).toEqual([laneOf(event, count)]);
  });

  it("carry what is null, missing, empty or strange to exactly one lane, too", async () => {
    const groups = groupsOf(await graph(), source);
    for (const event of EDGES) expect(groups(event)).toEqual([laneOf(event, count)]);
  });

  it("carry what is no event to the lane for strays, so that it is parked and not dropped", async () => {
    const groups = groupsOf(await graph(), source);
    for (const event of STRAYS) expect(groups(event)).toEqual(["lane-stray"]);
  });

  it("make a body that is the event, whatever changes from one delivery to the next (D1)", async () => {
    const route = routed(await graph(), source);
    for (const event of EVENTS) {
      const bodies = [1, 2].map((delivery) => bodyOf(route(event), event, delivery));
      expect(bodies[0]).toBe(bodies[1]);
      expect(parseEvent(bodies[0] ?? "")).toEqual(parseEvent(JSON.stringify(event)));
    }
  });
});

describe.each([
  ["personal", personal],
  ["staging", staging],
] as const)("our own bus of a %s stage, for what another source sent,", (_, graph) => {
  it.each(["stripe.com", "com.example", "stripe-lanes", "Stripe-lanes.webhook", ""])(
    "has the lane for strays alone: %j",
    async (source) => {
      const groups = groupsOf(await graph(), source, true);
      for (const event of [...EDGES, ...STRAYS, ...EVENTS]) expect(groups(event)).toEqual(["lane-stray"]);
    },
  );
});

/** What a delivery puts into the queue. A snapshot's `pending_webhooks` tells of other endpoints. */
function bodyOf([target]: Target[], event: JsonObject, delivery: number): string {
  const { inputPath, inputTransformer } = target as { inputPath?: string; inputTransformer?: Transformer };
  const input = inputTransformer && {
    InputPathsMap: inputTransformer.inputPaths,
    InputTemplate: inputTransformer.inputTemplate,
  };
  const given = {
    Id: "lanes",
    ...(inputPath && { InputPath: inputPath }),
    ...(input && { InputTransformer: input }),
  };
  const time = `2026-11-0${delivery}T00:00:00Z`;
  const detail = event.object === "event" ? { ...event, pending_webhooks: delivery } : event;
  const envelope = {
    version: "0" as const,
    source: "s",
    account: "1",
    region: "r",
    resources: [] as string[],
  };
  const sent: EventBridgeEvent = { ...envelope, id: String(delivery), time, "detail-type": "t", detail };
  return (
    compileInput(given, "null")({ event: sent, rule: { arn: "a", name: "r" }, ingestionTime: time }) ?? ""
  );
}

type Transformer = { inputPaths: Record<string, string>; inputTemplate: string };
