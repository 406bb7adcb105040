// PutEvents: the envelope, what is refused and how, and the way from a bus to its targets.
import { describe, expect, it } from "vitest";
import { givenEventBridge, QUEUE } from "./given.ts";

const ANY = { source: [{ exists: true }] };
const PARTNER = "aws.partner/stripe.com/ed_1";

describe("PutEvents", () => {
  it("wraps the detail in an envelope and delivers it whole", () => {
    const given = givenEventBridge();
    given.rule("all", ANY);
    const reply = given.put({ a: 1 }, { Resources: ["arn:x"] });
    const [delivery] = given.taken();
    const id = "00000000-0000-4000-8000-000000000001";
    expect(reply).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: id }] });
    expect(delivery).toMatchObject({
      id: "delivery-2",
      targetArn: QUEUE,
      body: expect.any(String),
      attempt: 1,
    });
    expect(JSON.parse(delivery?.body ?? "")).toEqual({
      version: "0",
      id,
      "detail-type": "order",
      source: "shop",
      account: "000000000000",
      time: "2026-11-21T10:00:00Z",
      region: "us-east-1",
      resources: ["arn:x"],
      detail: { a: 1 },
    });
  });

  it("says of an event that goes nowhere why, which AWS does not", () => {
    const given = givenEventBridge();
    given.rule("partner", { source: [{ prefix: "aws.partner/" }] });
    given.put({}, { Source: "stripe.com" });
    given.put({}, { EventBusName: "none" });
    expect(given.dropped).toEqual(["matched no rule: source stripe.com", "there is no bus none"]);
    expect(given.taken()).toEqual([]);
  });

  it("takes the time of an entry, in seconds", () => {
    const given = givenEventBridge();
    given.rule("all", ANY);
    given.put({}, { Time: 1_700_000_000.5 });
    expect(given.taken()[0]?.body).toContain('"time":"2023-11-14T22:13:20Z"');
  });

  it("delivers in the order of the entries, for each to every rule that matches", () => {
    const given = givenEventBridge();
    given.rule("all", ANY, { Input: '"all"' });
    given.rule("odd", { detail: { n: [1, 3] } }, { Input: '"odd"' });
    const Entries = [1, 2, 3].map((n) => ({ Source: "shop", DetailType: "order", Detail: `{"n":${n}}` }));
    given.ask("PutEvents", { Entries });
    expect(given.taken().map(({ body }) => JSON.parse(body))).toEqual(["all", "odd", "all", "all", "odd"]);
    expect(given.state.metrics).toMatchObject({
      putEventsEntries: 3,
      matchedEvents: 3,
      invocationAttempts: 5,
    });
    const odd = "arn:aws:events:us-east-1:000000000000:rule/odd";
    expect(given.state.metrics.triggeredRules.get(odd)).toBe(2);
  });

  it("leaves out rules that are disabled, on another bus, or without a match", () => {
    const given = givenEventBridge();
    given.ask("CreateEventBus", { Name: "other" });
    given.rule("off", ANY);
    given.ask("DisableRule", { Name: "off" });
    given.rule("elsewhere", ANY, {}, "other");
    given.rule("no-match", { source: ["office"] });
    given.put({});
    expect(given.taken()).toEqual([]);
    given.ask("EnableRule", { Name: "off" });
    given.put({});
    expect(given.taken()).toHaveLength(1);
  });

  it.each([
    [
      { Source: undefined },
      "InvalidArgument",
      "Parameter Source is not valid. Reason: Source is a required argument.",
    ],
    [
      { DetailType: "" },
      "InvalidArgument",
      "Parameter DetailType is not valid. Reason: DetailType is a required argument.",
    ],
    [
      { Detail: undefined },
      "InvalidArgument",
      "Parameter Detail is not valid. Reason: Detail is a required argument.",
    ],
    [{ Detail: "{" }, "MalformedDetail", "Detail is malformed."],
    [{ Detail: "[1]" }, "MalformedDetail", "Detail is malformed."],
    [{ Detail: '"x"' }, "MalformedDetail", "Detail is malformed."],
    [{ Source: "aws.s3" }, "NotAuthorizedForSourceException", "Not authorized for the source."],
    [{ Source: PARTNER }, "NotAuthorizedForSourceException", "Not authorized for the source."],
  ])("fails the entry %j alone", (broken, ErrorCode, ErrorMessage) => {
    const given = givenEventBridge();
    given.rule("all", ANY);
    const good = { Source: "shop", DetailType: "order", Detail: "{}" };
    const reply = given.ask("PutEvents", { Entries: [{ ...good, ...broken }, good] });
    expect(reply).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage }, {}] });
    expect(given.taken()).toHaveLength(1);
    expect(given.state.metrics.putEventsFailedEntries).toBe(1);
  });

  it("accepts a partner's source on the partner's bus, where we stand in for Stripe", () => {
    const given = givenEventBridge();
    given.ask("CreateEventBus", { Name: PARTNER, EventSourceName: PARTNER });
    given.rule("all", { source: [{ prefix: "aws.partner/stripe.com/" }] }, {}, PARTNER);
    const arn = `arn:aws:events:us-east-1:000000000000:event-bus/${PARTNER}`;
    for (const EventBusName of [PARTNER, arn]) {
      expect(given.put({}, { Source: PARTNER, EventBusName })).toMatchObject({ FailedEntryCount: 0 });
    }
    expect(given.taken()).toHaveLength(2);
  });

  it("accepts and drops an entry for a bus that does not exist, as AWS does", () => {
    const given = givenEventBridge();
    expect(given.put({}, { EventBusName: "nowhere" })).toMatchObject({ FailedEntryCount: 0 });
    expect(given.state.metrics.eventsForNoBus).toBe(1);
  });

  it("takes 1 to 10 entries", () => {
    const given = givenEventBridge();
    const entries = (count: number) => ({
      Entries: Array(count).fill({ Source: "s", DetailType: "t", Detail: "{}" }),
    });
    expect(given.ask("PutEvents", entries(10))).toMatchObject({ FailedEntryCount: 0 });
    expect(() => given.ask("PutEvents", entries(11))).toThrow(
      "Member must have length less than or equal to 10",
    );
    expect(() => given.ask("PutEvents", entries(0))).toThrow(
      "Member must have length greater than or equal to 1",
    );
  });

  it("takes 1 MiB in all, counted in bytes", () => {
    const given = givenEventBridge();
    const ofSize = (bytes: number) => ({
      Source: "s",
      DetailType: "t",
      Detail: `{"a":"${"é".repeat((bytes - 10) / 2)}"}`,
    });
    const tooMuch = "Total size of the entries in the request is over the limit.";
    expect(given.ask("PutEvents", { Entries: [ofSize(1_048_576)] })).toMatchObject({ FailedEntryCount: 0 });
    expect(() => given.ask("PutEvents", { Entries: [ofSize(1_048_576), ofSize(12)] })).toThrow(tooMuch);
    expect(() => given.ask("PutEvents", { Entries: [{ ...ofSize(1_048_576), Time: 0 }] })).toThrow(tooMuch);
  });

  it("changes nothing when a later entry is of the wrong shape", () => {
    const given = givenEventBridge();
    given.rule("all", ANY);
    const good = { Source: "shop", DetailType: "order", Detail: "{}" };
    expect(() => given.ask("PutEvents", { Entries: [good, { ...good, Detail: { a: 1 } }] })).toThrow(
      "be a string",
    );
    expect(given.taken()).toEqual([]);
    expect(given.state.metrics.putEventsEntries).toBe(0);
  });
});
