// Lanes: how rules alone split the events over message groups, each event on exactly one (D2).
import { createHash } from "node:crypto";
import { isObject, type Json, type JsonObject } from "./json.ts";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Two lanes are the fewest that keep a pattern under EventBridge's 2,048 characters. */
export const FEWEST_LANES = 2;
export const MOST_LANES = BASE62.length;

/**
 * A set of rules partitions one kind of event: the platform's own snapshots, those of its Connect
 * accounts (their bodies carry `account`, which a template must not name where it is missing), thin events.
 */
export type LaneSet = "snapshot" | "connect" | "thin";
export const LANE_SETS: readonly LaneSet[] = ["snapshot", "connect", "thin"];

export type LaneRule = {
  /** Carries a hash of the partition, so that another number of lanes makes a whole new set of rules. */
  name: string;
  messageGroupId: string;
  pattern: JsonObject;
  /** How the target's body is made: a pure function of the event, so that the queue's hash is the event's (D1). */
  input: { path: string } | { paths: Record<string, string>; template: string };
};

export type LaneOptions = {
  /** How many lanes, besides the one for the rest. */
  lanes: number;
  /** What an envelope's `source` starts with: `aws.partner/stripe.com/`, or our own bus's. */
  sourcePrefix: string;
  set: LaneSet;
};

/**
 * The rules of one set: `lanes` of them, split by the last character of the customer's id, or of the
 * object's id where there is no customer, and one for what has neither.
 * @throws RangeError when `lanes` is not a whole number from 2 to 62.
 */
export function laneRules(options: LaneOptions): LaneRule[] {
  checkLanes(options.lanes);
  const partition = partitionHash(options);
  return laneNames(options.lanes).map((lane, index) => ({
    name: `${GROUP_PREFIX[options.set]}${lane}-${partition}`,
    messageGroupId: `${GROUP_PREFIX[options.set]}${lane}`,
    pattern: { source: [{ prefix: options.sourcePrefix }], detail: detailPattern(options, index) },
    input: INPUT[options.set],
  }));
}

/**
 * The rule for what matches no other: what is no event that Stripe documents and, on a bus of our own, what another
 * source sent. It goes to the worker as it is, which parks it with its reason unless it is an event. Without this rule
 * EventBridge would drop it without a word.
 */
export function strayRule(sourcePrefix: string): LaneRule {
  const stray = { name: "lane-stray", messageGroupId: "lane-stray" };
  const source: Condition = [{ prefix: sourcePrefix }];
  const unknown = [{ object: ABSENT }, { object: [{ "anything-but": KNOWN_OBJECTS }] }];
  // Nobody but the partner sends on its bus.
  if (sourcePrefix.startsWith(PARTNERS)) {
    return { ...stray, pattern: { source, detail: { $or: unknown } }, input: INPUT.thin };
  }
  const others: Condition = [{ "anything-but": { prefix: sourcePrefix } }];
  const $or = [{ source: others }, ...unknown.map((detail) => ({ source, detail }))];
  return { ...stray, pattern: { $or }, input: ENVELOPE };
}

/**
 * The message group that the rules of all three sets send an event to; null for what is no Stripe event.
 * It takes an envelope's `detail` or a queue message's body as parsed JSON.
 */
export function laneOf(event: JsonObject, lanes: number): string | null {
  checkLanes(lanes);
  const set = laneSetOf(event);
  return set && `${GROUP_PREFIX[set]}${laneNames(lanes)[laneIndex(event, lanes)]}`;
}

export function checkLanes(lanes: number): void {
  if (Number.isInteger(lanes) && lanes >= FEWEST_LANES && lanes <= MOST_LANES) return;
  throw new RangeError(
    `The number of lanes is a whole number from ${FEWEST_LANES} to ${MOST_LANES}, not ${lanes}.`,
  );
}

const GROUP_PREFIX: Record<LaneSet, string> = { snapshot: "", connect: "connect-", thin: "thin-" };

/** Immutable fields only: `pending_webhooks`, the envelope's id and its time change with each delivery. */
const SNAPSHOT_FIELDS = ["id", "object", "type", "api_version", "created", "livemode", "data"];

const INPUT: Record<LaneSet, LaneRule["input"]> = {
  snapshot: transformer(SNAPSHOT_FIELDS),
  connect: transformer([...SNAPSHOT_FIELDS, "account"]),
  thin: { path: "$.detail" },
};

function transformer(fields: string[]): LaneRule["input"] {
  return {
    paths: Object.fromEntries(fields.map((field) => [field, `$.detail.${field}`])),
    template: `{${fields.map((field) => `"${field}":<${field}>`).join(",")}}`,
  };
}

/** Its id and its time change with each delivery (D1). */
const ENVELOPE: LaneRule["input"] = {
  paths: { source: "$.source", type: "$.detail-type", detail: "$.detail" },
  template: '{"source":<source>,"detail-type":<type>,"detail":<detail>}',
};

const KNOWN_OBJECTS = ["event", "v2.core.event"];

/** Starts the source of every event on a partner's bus. */
const PARTNERS = "aws.partner/";

function laneNames(lanes: number): string[] {
  const numbered = Array.from({ length: lanes }, (_, lane) => `lane-${String(lane).padStart(2, "0")}`);
  return [...numbered, "lane-rest"];
}

function laneSetOf(event: JsonObject): LaneSet | null {
  if (event.object === "v2.core.event") return "thin";
  if (event.object !== "event") return null;
  return "account" in event ? "connect" : "snapshot";
}

function laneIndex(event: JsonObject, lanes: number): number {
  for (const id of lanedIds(event)) {
    const position = typeof id === "string" && id !== "" ? BASE62.indexOf(id.slice(-1)) : -1;
    if (position >= 0) return position % lanes;
  }
  return lanes;
}

function lanedIds({ object, data, related_object: related }: JsonObject): (Json | undefined)[] {
  if (object === "v2.core.event") return [isObject(related) ? related.id : undefined];
  const about = isObject(data) && isObject(data.object) ? data.object : {};
  return [about.customer, about.id];
}

type Condition = Json[];
const ABSENT: Condition = [{ exists: false }];
/** Also matches null and the empty string. */
const OTHER: Condition = [{ "anything-but": { suffix: [...BASE62] } }];

function detailPattern({ lanes, set }: LaneOptions, lane: number): JsonObject {
  const mine: Condition | null = lane === lanes ? null : lastCharacters(lanes, lane);
  if (set === "thin") return { object: ["v2.core.event"], ...thinPattern(mine) };
  const account: Condition = set === "connect" ? [{ exists: true }] : ABSENT;
  return { object: ["event"], account, $or: snapshotPatterns(mine) };
}

function lastCharacters(lanes: number, lane: number): Condition {
  return [...BASE62].filter((_, position) => position % lanes === lane).map((suffix) => ({ suffix }));
}

function snapshotPatterns(mine: Condition | null): Json[] {
  const object = (members: JsonObject): Json => ({ data: { object: members } });
  if (mine === null) {
    return [ABSENT, OTHER].flatMap((customer) => [ABSENT, OTHER].map((id) => object({ customer, id })));
  }
  return [
    object({ customer: mine }),
    object({ customer: ABSENT, id: mine }),
    object({ customer: OTHER, id: mine }),
  ];
}

function thinPattern(mine: Condition | null): JsonObject {
  if (mine !== null) return { related_object: { id: mine } };
  return { $or: [{ related_object: { id: ABSENT } }, { related_object: { id: OTHER } }] };
}

function partitionHash({ lanes, set, sourcePrefix }: LaneOptions): string {
  const patterns = Array.from({ length: lanes + 1 }, (_, lane) =>
    detailPattern({ lanes, set, sourcePrefix }, lane),
  );
  const told = JSON.stringify([sourcePrefix, patterns, INPUT[set]]);
  return createHash("sha256").update(told).digest("hex").slice(0, 8);
}
