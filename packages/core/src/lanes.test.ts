import { describe, expect, it } from "vitest";
import type { JsonObject } from "./json.ts";
import {
  checkLanes,
  FEWEST_LANES,
  LANE_SETS,
  type LaneRule,
  type LaneSet,
  laneOf,
  laneRules,
  MOST_LANES,
  strayRule,
} from "./lanes.ts";

const PARTNER = "aws.partner/stripe.com/";
const LONGEST_PATTERN = 2048;
const EVERY_NUMBER = Array.from({ length: MOST_LANES - FEWEST_LANES + 1 }, (_, more) => FEWEST_LANES + more);

function rules(lanes: number, set: LaneSet = "snapshot", sourcePrefix = PARTNER): LaneRule[] {
  return laneRules({ lanes, set, sourcePrefix });
}

function names(all: LaneRule[]): string[] {
  return all.map(({ name }) => name);
}

function groups(all: LaneRule[]): string[] {
  return all.map(({ messageGroupId }) => messageGroupId);
}

function snapshot(object: JsonObject): JsonObject {
  return { object: "event", data: { object } };
}

describe("the rules of a set", () => {
  it("are one a lane and one for the rest, each with a message group of its own", () => {
    expect(groups(rules(3))).toEqual(["lane-00", "lane-01", "lane-02", "lane-rest"]);
    expect(groups(rules(2, "connect"))).toEqual(["connect-lane-00", "connect-lane-01", "connect-lane-rest"]);
    expect(groups(rules(2, "thin"))).toEqual(["thin-lane-00", "thin-lane-01", "thin-lane-rest"]);
  });

  it("are the same for the same options", () => {
    expect(rules(16)).toEqual(rules(16));
  });

  it("have names and message groups that EventBridge and SQS take", () => {
    for (const rule of LANE_SETS.flatMap((set) => rules(MOST_LANES, set))) {
      expect(rule.name).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
      expect(rule.messageGroupId).toMatch(/^[-a-z0-9]{1,100}$/);
    }
  });

  it.each(LANE_SETS)("stay under EventBridge's 2,048 characters for every number of lanes: %s", (set) => {
    const sources = [PARTNER, `${PARTNER}${"x".repeat(60)}`];
    const patterns = EVERY_NUMBER.flatMap((lanes) => sources.flatMap((source) => rules(lanes, set, source)));
    const lengths = patterns.map(({ pattern }) => JSON.stringify(pattern).length);
    expect(Math.max(...lengths)).toBeLessThan(LONGEST_PATTERN);
  });

  it("are wholly others for another number of lanes, so that a change leaves no gap (D2)", () => {
    const all = LANE_SETS.flatMap((set) => EVERY_NUMBER.flatMap((lanes) => names(rules(lanes, set))));
    expect(new Set(all).size).toBe(all.length);
  });

  it("are wholly others for another bus", () => {
    const all = [...names(rules(16)), ...names(rules(16, "snapshot", "stripe-lanes"))];
    expect(new Set(all).size).toBe(all.length);
  });

  it("keep the message groups' names, whatever the number of lanes", () => {
    const most = groups(rules(MOST_LANES));
    for (const lanes of EVERY_NUMBER) {
      expect(groups(rules(lanes))).toEqual([...most.slice(0, lanes), "lane-rest"]);
    }
  });

  it("match by the prefix of the source", () => {
    const sources = rules(2, "thin", "ours").map(({ pattern }) => pattern.source);
    expect(sources).toEqual(sources.map(() => [{ prefix: "ours" }]));
  });
});

describe("a rule's input", () => {
  function transformer(set: LaneSet): { paths: Record<string, string>; template: string } {
    const input = rules(2, set)[0]?.input;
    if (input === undefined || "path" in input) throw new Error(`The ${set} rules have no template.`);
    return input;
  }

  const SNAPSHOT_FIELDS = ["id", "object", "type", "api_version", "created", "livemode", "data"];

  it("is the same for all rules of a set", () => {
    for (const set of LANE_SETS) {
      const inputs = rules(16, set).map(({ input }) => JSON.stringify(input));
      expect(new Set(inputs).size).toBe(1);
    }
  });

  it("takes of a snapshot what is immutable and never missing, so not `pending_webhooks` (D1)", () => {
    expect(Object.keys(transformer("snapshot").paths)).toEqual(SNAPSHOT_FIELDS);
  });

  it("takes the account only where it is never missing", () => {
    expect(Object.keys(transformer("connect").paths)).toEqual([...SNAPSHOT_FIELDS, "account"]);
  });

  it("makes an object of the same members, each an unquoted variable of its path", () => {
    for (const set of ["snapshot", "connect"] as const) {
      const { paths, template } = transformer(set);
      const filled = template.replaceAll(/<(\w+)>/g, (_, name: string) => JSON.stringify(paths[name]));
      const members = Object.keys(paths).map((name) => [name, `$.detail.${name}`]);
      expect(JSON.parse(filled)).toEqual(Object.fromEntries(members));
    }
  });

  it("is the whole thin event: nothing in it changes", () => {
    expect(rules(2, "thin")[0]?.input).toEqual({ path: "$.detail" });
  });
});

describe("the lane of an event", () => {
  it("is told by the last character of the customer's id, in base62", () => {
    const lanes = ["cus_0", "cus_9", "cus_A", "cus_Z", "cus_a", "cus_z"];
    const positions = lanes.map((customer) => laneOf(snapshot({ customer, id: "sub_0" }), MOST_LANES));
    expect(positions).toEqual(["lane-00", "lane-09", "lane-10", "lane-35", "lane-36", "lane-61"]);
  });

  it("wraps around where there are fewer lanes than characters", () => {
    expect(laneOf(snapshot({ customer: "cus_z" }), 16)).toBe("lane-13");
  });

  it.each([undefined, null, "", "cus_é", "cus_😀", "cus_"])(
    "is told by the object's id where the customer is %j",
    (customer) => {
      const object: JsonObject = { id: "pi_2", ...(customer === undefined ? {} : { customer }) };
      expect(laneOf(snapshot(object), 16)).toBe("lane-02");
    },
  );

  it("is told by the object's id where the customer is expanded, as no pattern can look into both", () => {
    expect(laneOf(snapshot({ customer: { id: "cus_1" }, id: "pi_2" }), 16)).toBe("lane-02");
  });

  it("is the rest's where there is neither", () => {
    const without = [{}, { id: null }, { id: "", customer: "" }, { id: "x-", customer: null }];
    expect(without.map((object) => laneOf(snapshot(object), 16))).toEqual(without.map(() => "lane-rest"));
    expect(laneOf({ object: "event" }, 16)).toBe("lane-rest");
  });

  it("is one of the Connect set's where the event names an account", () => {
    expect(laneOf({ ...snapshot({ id: "pi_2" }), account: "acct_1" }, 16)).toBe("connect-lane-02");
  });

  it("is told by the related object where the event is thin", () => {
    const thin = { object: "v2.core.event", context: "acct_1" };
    expect(laneOf({ ...thin, related_object: { id: "pi_2" } }, 16)).toBe("thin-lane-02");
    expect(laneOf({ ...thin, related_object: null }, 16)).toBe("thin-lane-rest");
  });

  it("is none where it is no event", () => {
    expect([{}, { object: "list" }, { object: null }].map((none) => laneOf(none, 16))).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe("the number of lanes", () => {
  it.each([1, 63, 0, -2, 2.5, Number.NaN, Number.POSITIVE_INFINITY])("is not %d", (lanes) => {
    expect(() => checkLanes(lanes)).toThrow(RangeError);
    expect(() => rules(lanes)).toThrow(RangeError);
    expect(() => laneOf(snapshot({}), lanes)).toThrow(RangeError);
  });

  it("is any whole number from 2 to 62", () => {
    expect([FEWEST_LANES, MOST_LANES]).toEqual([2, 62]);
    for (const lanes of EVERY_NUMBER) expect(() => checkLanes(lanes)).not.toThrow();
  });
});

describe("the rule for strays", () => {
  it("has a message group that no set has, and sends on what came as it is", () => {
    const stray = strayRule(PARTNER);
    expect(groups(LANE_SETS.flatMap((set) => rules(MOST_LANES, set)))).not.toContain(stray.messageGroupId);
    expect(stray.input).toEqual({ path: "$.detail" });
  });

  it("of our own bus says the source too, and nothing that changes with a delivery (D1)", () => {
    const { input, pattern } = strayRule("stripe-lanes.webhook");
    expect(input).toEqual({
      paths: { source: "$.source", type: "$.detail-type", detail: "$.detail" },
      template: '{"source":<source>,"detail-type":<type>,"detail":<detail>}',
    });
    expect(JSON.stringify(pattern).length).toBeLessThan(LONGEST_PATTERN);
  });
});
