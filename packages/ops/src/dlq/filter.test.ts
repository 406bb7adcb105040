import { thinEvent } from "@stripe-lanes/testing/events";
import { describe, expect, it } from "vitest";
import { type FilterTexts, filterIn, matches } from "./filter.ts";
import { eventOf } from "./fixtures/letters.ts";
import { parkedOf } from "./parked.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");

const attributesOf = (texts: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );

const parked = (Body: string, told: Record<string, string> = {}) =>
  parkedOf({ MessageId: "m-1", Body, MessageAttributes: attributesOf(told) });

const isMeant = (texts: FilterTexts, message: ReturnType<typeof parked>, ids: string[] = []) =>
  matches(filterIn(texts, ids), message, NOW);

describe("a filter of parked messages", () => {
  it.each([
    ["invoice.paid", true],
    ["invoice.*", true],
    ["inv*", true],
    ["*", true],
    ["invoice.pai", false],
    ["customer.*", false],
    ["invoice", false],
  ])("by type %s", (type, expected) => {
    expect(isMeant({ type }, parked(eventOf("evt_1", { type: "invoice.paid" })))).toBe(expected);
  });

  it.each([
    ["of a customer itself", eventOf("evt_1", { customer: "cus_7" })],
    ["of an object of the customer's", eventOf("evt_1", { type: "invoice.paid", customer: "cus_7" })],
    [
      "that is refused for what else it holds",
      eventOf("evt_1", { type: "invoice.paid", customer: "cus_7" }).replace(
        '"data":{',
        '"data":{"n":12345678901234567891,',
      ),
    ],
    ["that is thin", thinEvent({ type: "v1.customer.updated", related: { type: "customer", id: "cus_7" } })],
  ])("finds by customer an event %s", (_, event) => {
    const message = parked(typeof event === "string" ? event : JSON.stringify(event));
    expect(isMeant({ customer: "cus_7" }, message)).toBe(true);
    expect(isMeant({ customer: "cus_8" }, message)).toBe(false);
  });

  it.each([
    [{ "older-than": "2h" }, "2026-11-28T09:59:59Z", true],
    [{ "older-than": "2h" }, "2026-11-28T10:00:01Z", false],
    [{ "newer-than": "30m" }, "2026-11-28T11:31:00Z", true],
    [{ "newer-than": "30m" }, "2026-11-28T11:29:00Z", false],
    [{ "older-than": "1d", "newer-than": "1w" }, "2026-11-25T00:00:00Z", true],
    [{ "older-than": "0s" }, "2026-11-29T12:00:00Z", false],
    [{ "newer-than": "1s" }, "2026-11-29T12:00:00Z", true],
    [{ "older-than": "1s" }, "no time", false],
    [{ "newer-than": "1s" }, "no time", false],
  ])("by age %j of what was parked at %s", (texts, parkedAt, expected) => {
    expect(isMeant(texts, parked("{", { parkedAt }))).toBe(expected);
  });

  it("wants all that is said to hold, and one of the ids", () => {
    const message = parked(eventOf("evt_1"), { reason: "crash" });
    expect(isMeant({ reason: "crash", type: "customer.*" }, message, ["evt_9", "evt_1"])).toBe(true);
    expect(isMeant({ reason: "crash", type: "customer.*" }, message, ["m-1"])).toBe(true);
    expect(isMeant({ reason: "defect", type: "customer.*" }, message)).toBe(false);
    expect(isMeant({ reason: "crash" }, message, ["evt_9"])).toBe(false);
  });

  it("never fails on a body, whatever it is", () => {
    for (const body of [
      "",
      "{",
      "null",
      "[]",
      "1",
      '"a"',
      '{"data":null}',
      '{"id":{},"type":[]}',
      "[".repeat(9_999),
    ])
      expect(isMeant({ type: "a", customer: "b" }, parked(body))).toBe(false);
  });
});
