import { parseEvent } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import { laneOf } from "@stripe-lanes/core/lanes";
import { snapshotEvent, thinEvent } from "@stripe-lanes/testing/events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entries, entriesFor } from "./entry.ts";

const SOURCE = "stripe-lanes.webhook";
const KNOWN_TO_FIT = 262_144;
const SAID_TO_FIT = 1_048_576;

type Typed = JsonObject & { type: string };

const object = { object: "customer", id: "cus_1", email: "ada@example.com" };
const EVENT: Typed = snapshotEvent({ id: "evt_1", type: "customer.updated", object });
const CLAIM_CHECK = {
  ...EVENT,
  data: { object: { object: "customer", id: "cus_1" }, claim_check: true },
};

const TOO_LARGE: Entries = { entry: { Source: "", DetailType: "", Detail: '"too large"' } };

function entriesOf(body: string): Entries {
  const entries = entriesFor(body, JSON.parse(body) as Typed, SOURCE);
  return "barred" in entries ? TOO_LARGE : entries;
}

/** What the details say, parsed: of the event, and of the claim check beside it. */
function detailsOf(body: string): unknown[] {
  const { entry, claimCheck } = entriesOf(body);
  return [entry, ...(claimCheck ? [claimCheck] : [])].map(({ Detail }) => JSON.parse(Detail));
}

/** An event that takes so many bytes as an entry, in characters of two so that characters and bytes differ. */
function sized(event: Typed, bytes: number): string {
  const empty = JSON.stringify({ ...event, padding: "" });
  const missing = bytes - Buffer.byteLength(empty) - SOURCE.length - event.type.length;
  return JSON.stringify({ ...event, padding: "é".repeat(missing >> 1) + "e".repeat(missing & 1) });
}

describe("the size of an entry", () => {
  it("is no matter up to 256 KB: EventBridge is known to take those", () => {
    const body = sized(EVENT, KNOWN_TO_FIT);
    expect(entriesOf(body)).toEqual({ entry: { Source: SOURCE, DetailType: EVENT.type, Detail: body } });
  });

  it.each([KNOWN_TO_FIT + 1, SAID_TO_FIT, SAID_TO_FIT + 1, 5_000_000])(
    "of %d bytes makes it a claim check",
    (bytes) => {
      expect(detailsOf(sized(EVENT, bytes))).toEqual([CLAIM_CHECK]);
    },
  );

  it("of more than 256 KB makes a thin event one without what nothing reads", () => {
    const thin = thinEvent({ type: "v1.customer.updated", related: { id: "cus_1", type: "customer" } });
    expect(detailsOf(sized(thin, KNOWN_TO_FIT + 1))).toEqual([thin]);
  });

  it("is tried as long as EventBridge may take it, where nobody could fetch the event", () => {
    const unknown = { object: "v3.event", id: "evt_1", type: "t" };
    const body = sized(unknown, SAID_TO_FIT);
    expect(entriesOf(body)).toHaveProperty("entry.Detail", body);
    const larger = sized(unknown, SAID_TO_FIT + 1);
    expect(entriesFor(larger, JSON.parse(larger) as Typed, SOURCE)).toHaveProperty("barred", "too-large");
  });

  it("counts the whole of a request, where a claim check goes beside the event", () => {
    const fragile: Typed = { ...EVENT, note: "\uffff" };
    expect(detailsOf(sized(fragile, KNOWN_TO_FIT - 400))).toHaveLength(2);
    expect(detailsOf(sized(fragile, KNOWN_TO_FIT - 10))).toEqual([CLAIM_CHECK]);
  });
});

describe("the depth of an event", () => {
  const lists = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  const holding = (event: Typed, levels: number) =>
    JSON.stringify({ ...event, deep: 0 }).replace('"deep":0', `"deep":${lists(levels)}`);

  it("is no matter up to 990 levels: EventBridge takes 1,000, with its envelope", () => {
    const body = holding(EVENT, 989);
    expect(entriesOf(body)).toHaveProperty("entry.Detail", body);
  });

  it.each([990, 100_000])("makes it a claim check beyond: %d lists in it", (levels) => {
    expect(detailsOf(holding(EVENT, levels))).toEqual([CLAIM_CHECK]);
    expect(detailsOf(holding({ ...EVENT, note: "\uffff" }, levels))).toEqual([CLAIM_CHECK]);
  });

  it("bars what nobody could fetch: EventBridge would refuse it for ever", () => {
    const body = holding({ type: "t" }, 1_000);
    const barred = { barred: "too-deep", sentence: "The event is nested deeper than 990 levels." };
    expect(entriesFor(body, JSON.parse(body) as Typed, SOURCE)).toEqual(barred);
  });
});

describe("what SQS refuses in a body", () => {
  const holding = (text: string) => `{"type":"t","id":"evt_1","object":"event","data":{"object":{}},${text}}`;

  it.each([
    ["as a character", '"name":"\ufffe \uffff"', '"name":"\\ufffe \\uffff"'],
    ["in a name", '"\uffff":1', '"\\uffff":1'],
    ["after a backslash that is one", '"name":"\\\\\uffff"', '"name":"\\\\\\uffff"'],
    ["beside a number past 2^53", '"\uffff":9007199254740993', '"\\uffff":9007199254740993'],
    ["as an escape already", '"name":"\\uFFFE"', '"name":"\\uFFFE"'],
    ["as a half of a pair, which has no bytes", '"name":"\\ud83d \\ude00"', '"name":"\\ud83d \\ude00"'],
    ["as a half behind a backslash", '"name":"\\\\ud83d\\ude00"', '"name":"\\\\ud83d\\ude00"'],
  ])("goes as an escape, with a claim check beside it: %s", (_, text, escaped) => {
    const { entry, claimCheck } = entriesOf(holding(text));
    expect(entry.Detail).toBe(holding(escaped));
    expect(claimCheck?.Detail).toContain("claim_check");
  });

  it.each([
    ["a pair in escapes", '"name":"\\ud83d\\ude00"'],
    ["a pair as it is", '"name":"\u{1f600}\u{1ffff}"'],
    ["a text that looks like an escape", '"name":"\\\\ufffe \\\\ud83d"'],
    ["control characters", '"name":"\\u0000\\u001f\u007f\u0085\ufffd"'],
  ])("is not %s", (_, text) => {
    expect(entriesOf(holding(text))).toEqual({
      entry: { Source: SOURCE, DetailType: "t", Detail: holding(text) },
    });
  });

  it("never is in a detail, and the event is the same, whatever it holds", () => {
    const units = fc.constantFrom("\ufffe", "\uffff", "\\", '"', "\ud83d", "\ude00", "u", "f", "é", "\0");
    const texts = fc.string({ unit: units });
    fc.assert(
      fc.property(fc.dictionary(texts, fc.oneof(texts, fc.jsonValue())), (members) => {
        const body = JSON.stringify({ ...members, type: "t" });
        const { entry } = entriesOf(body);
        expect(entry.Detail).not.toMatch(/[\ufffe\uffff]/);
        expect(JSON.parse(entry.Detail)).toEqual(JSON.parse(body));
      }),
    );
  });
});

describe("a detail type", () => {
  it("is no longer than EventBridge takes, and well-formed", () => {
    const type = `${"t".repeat(127)}\u{1f600}`;
    const { entry } = entriesOf(JSON.stringify({ ...EVENT, type }));
    expect(entry.DetailType).toBe(`${"t".repeat(127)}\ufffd`);
    expect(JSON.parse(entry.Detail)).toMatchObject({ type });
  });
});

describe("a claim check", () => {
  const ids = fc.constantFrom<unknown>(
    undefined,
    null,
    "",
    "cus_1",
    "é",
    5,
    { id: "cus_2" },
    {},
    { id: null },
  );
  const snapshots = fc.record({
    id: fc.constant("evt_1"),
    object: fc.constant("event"),
    type: fc.constant("t"),
    account: fc.constantFrom(undefined, null, "acct_1"),
    data: fc.record({ object: fc.record({ object: fc.constant("invoice"), id: ids, customer: ids }) }),
  });
  const thins = fc.record({
    id: fc.constant("evt_1"),
    object: fc.constant("v2.core.event"),
    type: fc.constant("t"),
    related_object: fc.oneof(fc.constantFrom(undefined, null), fc.record({ id: ids, type: ids })),
  });

  it("has the lane of its event", () => {
    fc.assert(
      fc.property(fc.oneof(snapshots, thins), (event) => {
        const told = JSON.parse(JSON.stringify(event)) as Typed;
        const [detail] = detailsOf(sized(told, KNOWN_TO_FIT + 1));
        const whole = JSON.parse(sized(told, KNOWN_TO_FIT + 1)) as JsonObject;
        expect(laneOf(detail as JsonObject, 16)).toBe(laneOf(whole, 16));
      }),
      { numRuns: 50 },
    );
  });

  it("is an event to the worker, which fetches it", () => {
    const { entry } = entriesOf(sized(EVENT, SAID_TO_FIT));
    expect(parseEvent(entry.Detail)).toMatchObject({ kind: "snapshot", id: "evt_1", isClaimCheck: true });
  });

  it.each([
    ["an id", { id: [["evt_1"]] }],
    ["a second", { created: JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as JsonObject }],
    ["a customer", { data: { object: { customer: { id: { id: "cus_1" } } } } }],
  ])("is not made of an event with %s that is none", (_, members) => {
    const event = { ...EVENT, padding: "x".repeat(KNOWN_TO_FIT) };
    expect(entriesFor("{}".padEnd(KNOWN_TO_FIT), { ...event, ...members }, SOURCE)).toMatchObject({
      entry: { Detail: expect.stringMatching(/^\{\}/) },
    });
  });
});
