// Events that come in EventBridge's envelope, as the stray lane and a rule without an input path send them.
import type { JsonObject } from "@stripe-lanes/core/json";
import { describe, expect, it } from "vitest";
import { thinEvent } from "../events.ts";
import { type Expectation, given, outcomes, parked, reasons, row } from "../given.ts";
import { customerIs } from "./told.ts";

const event = customerIs("ada@example.com", { id: "evt_1" });

function envelope(source: unknown, detail: unknown = event): string {
  const around = { version: "0", id: "1", account: "000000000000", time: "2026-11-01T00:00:00Z" };
  return JSON.stringify({ ...around, "detail-type": "customer.updated", source, resources: [], detail });
}

const saying =
  (sentence: string | RegExp): Expectation =>
  ({ ports }) =>
    expect(ports.parked[0]?.note.error).toMatch(sentence);

describe("an event in an envelope", () => {
  it.each([
    "aws.partner/stripe.com/ed_test_61Rsabc",
    "aws.partner/stripe.com/ed_1/acct_1",
    "stripe-lanes.webhook",
    "com.example.relay",
    "stripe.com.example",
    "",
  ])("is the event, whatever the source: %j", async (source) => {
    await given()
      .when(envelope(source))
      .then(outcomes("applied"), row("customer", "cus_1", { email: "ada@example.com" }));
  });

  it("is one with the event that comes without", async () => {
    await given(event).when(envelope("com.example.relay")).then(outcomes("duplicate"));
  });

  it.each(["stripe.com", "stripe.com/", "aws.partner/stripe.com", "aws.partner/stripe.com/"])(
    "is parked, with its id, where AWS never sends the source: %j",
    async (source) => {
      await given()
        .when(envelope(source))
        .then(
          parked("not-an-event"),
          saying(`AWS never sends the envelope's source "${source}"`),
          ({ ports }) => expect(ports.parked[0]?.note).toMatchObject({ eventId: "evt_1" }),
        );
    },
  );

  it("may be thin, and is of the mode that it says", async () => {
    const thin = thinEvent({ type: "v1.customer.deleted", related: { id: "cus_1", type: "customer" } });
    await given(event).when(envelope("x", thin)).then(outcomes("applied"));
    await given()
      .when(envelope("x", { ...event, livemode: true }))
      .then(reasons("wrong-mode"));
  });
});

describe("an envelope", () => {
  it("of no event is parked, and its source is said", async () => {
    await given()
      .when(envelope("com.example.orders", { order: 1 }))
      .then(parked("not-an-event"), saying(/neither "event" nor .* of the source "com\.example\.orders"\.$/));
  });

  it.each<[string, JsonObject]>([
    ["without a source", JSON.parse(envelope(undefined))],
    ["without a type", { source: "x", detail: event }],
    ["whose detail is no object", JSON.parse(envelope("x", [event]))],
    ["in an envelope", JSON.parse(envelope("x", JSON.parse(envelope("x"))))],
  ])("%s is none, and is parked", async (_, body) => {
    await given().when(JSON.stringify(body)).then(parked("not-an-event"));
  });
});
