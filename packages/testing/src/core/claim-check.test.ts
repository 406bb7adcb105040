// Events that came as claim checks: they end as if they had come whole (D1).
import { knowingAccounts } from "@stripe-lanes/core/asking";
import { handleBatch } from "@stripe-lanes/core/batch";
import { claimCheckOf } from "@stripe-lanes/core/claim-check";
import { Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import type { Stripe } from "@stripe-lanes/core/ports";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messagesOf, snapshotEvent, thinEvent } from "../events.ts";
import { given, givenWith, outcomes, parked, reasons, row, stock } from "../given.ts";
import { NOW, TEST_OPTIONS, testPorts } from "../ports.ts";
import { traffic } from "../stripe/traffic.ts";
import { customerIs, orderIs, subscriptionIs } from "./told.ts";

const HOUR = 3_600;

function claimed(event: EventJson): EventJson {
  return claimCheckOf(event) as EventJson;
}

/** Gives these events by their id, as Stripe's API does: it names no account there. Counts what it is asked for. */
function stripeGiving(events: readonly EventJson[]): Stripe & { asked: string[] } {
  const byId = new Map(events.map((event) => [event.id, event]));
  const asked: string[] = [];
  return {
    asked,
    async fetch({ id, url }) {
      asked.push(id);
      const { account: _, ...event } = byId.get(id) ?? ({} as EventJson);
      const isFound = url === `/v1/events/${id}` && "id" in event;
      const object = isFound ? (structuredClone(event) as JsonObject as StripeObject) : null;
      return { object, second: FIRST_SECOND, until: FIRST_SECOND + 1 };
    },
  };
}

const answering = (object: JsonObject | null): Stripe => ({
  fetch: async () => ({ object: object as StripeObject | null, second: 0, until: 1 }),
});

describe("a claim check", () => {
  it("leaves the table as the event itself does, whatever the event and its place among others", async () => {
    const told = [traffic({ seed: 3, events: 200 }), traffic({ seed: 4, events: 60, account: "acct_1" })];
    const events = told.flatMap((all) => all.events as readonly EventJson[]);
    const itemsAfter = async (bodies: EventJson[]) => {
      const ports = testPorts({ stripe: stripeGiving(events), now: () => NOW * 2 });
      for (let start = 0; start < bodies.length; start += 10) {
        await handleBatch(messagesOf(...bodies.slice(start, start + 10)), ports, TEST_OPTIONS);
      }
      return ports.memory.items();
    };
    const whole = await itemsAfter([...events]);
    const some = events.map((event, index) => (index % 3 === 0 ? claimed(event) : event));
    expect(await itemsAfter(some)).toEqual(whole);
    expect(await itemsAfter(events.map(claimed))).toEqual(whole);
  });

  it("is small, whatever the event holds", () => {
    const object = {
      object: "invoice",
      id: "in_1",
      customer: { object: "customer", id: "cus_1", name: "x".repeat(9_999) },
    };
    const event = snapshotEvent({ type: "invoice.paid", object, previous: { note: "x".repeat(9_999) } });
    expect(JSON.stringify(claimed(event)).length).toBeLessThan(400);
    const thin = {
      ...thinEvent({ type: "t", related: { id: "cus_1", type: "customer" } }),
      data: "x".repeat(9_999),
    };
    expect(claimed(thin)).toEqual({ ...thin, data: undefined });
  });

  it.each([
    ["no id", { object: "event", data: { object: { object: "customer" } } }],
    ["an id that is no text", { object: "event", id: 1, data: { object: {} } }],
    ["no object", { object: "event", id: "evt_1", data: {} }],
    ["another kind", { object: "list", id: "evt_1", data: { object: {} } }],
  ])("is not made of what could not be fetched: %s", (_, event) => {
    expect(claimCheckOf(event)).toBeNull();
  });
});

describe("one event that comes whole and as a claim check", () => {
  it.each([
    ["the claim check last", (event: EventJson) => [event, claimed(event)], []],
    ["the claim check first", (event: EventJson) => [claimed(event), event], ["evt_1"]],
  ])("counts once, and is asked for no oftener than it must: %s", async (_, both, asked) => {
    const event = orderIs("paid", { id: "evt_1" });
    const stripe = stripeGiving([event]);
    await givenWith({ stripe })()
      .when(...both(event))
      .then(outcomes("applied", "duplicate"), stock("price_1", { sold: 2 }));
    expect(stripe.asked).toEqual(asked);
  });

  it("counts once without a Stripe key, and the claim check then parks nothing", async () => {
    const event = orderIs("paid");
    await given(event).when(claimed(event)).then(outcomes("duplicate"), parked());
  });

  it("counts once where the claim check was parked before the event came", async () => {
    const event = orderIs("paid");
    await given(claimed(event))
      .when(event)
      .then(outcomes("applied"), stock("price_1", { sold: 2 }));
  });
});

describe("a claim check whose event cannot be had", () => {
  const event = customerIs("ada@example.com", { id: "evt_1" });
  const old = { ...event, created: FIRST_SECOND - 30 * 24 * HOUR };

  it("is parked without a Stripe key", async () => {
    await given().when(claimed(event)).then(parked("no-stripe-key"));
  });

  it("is tried again while Stripe is unavailable", async () => {
    const stripe: Stripe = { fetch: () => Promise.reject(new Unavailable("Stripe is down.")) };
    await givenWith({ stripe })().when(claimed(event)).then(outcomes("retried"), parked());
  });

  it("is parked where the key is another account's", async () => {
    await givenWith({ stripe: stripeGiving([]) })()
      .when(claimed(event))
      .then(parked("wrong-stripe-key"));
  });

  it("is parked where Stripe gives it no longer", async () => {
    await givenWith({ stripe: stripeGiving([]) })()
      .when(claimed(old))
      .then(parked("too-large"));
  });

  it.each([
    ["of another id", { ...event, id: "evt_2" }],
    ["of another second", { ...event, created: (event.created as number) + 1 }],
    ["of another object", { ...event, data: { object: { object: "customer", id: "cus_2" } } }],
    ["that is thin", thinEvent({ id: "evt_1", type: "t", related: { id: "cus_1", type: "customer" } })],
    ["that is a claim check", claimed(event)],
  ])("is parked, and never goes by an event %s", async (_, answer) => {
    await givenWith({ stripe: answering(answer) })()
      .when(claimed(event))
      .then(parked("not-an-event"), ({ ports }) => expect(ports.memory.items()).toHaveLength(1));
  });

  it("is parked where a number in it was rounded", async () => {
    const rounded = structuredClone(event);
    (rounded.data as { object: JsonObject }).object.balance = 2 ** 60;
    await givenWith({ stripe: answering(rounded) })()
      .when(claimed(event))
      .then(parked("unsafe-number"));
  });

  it("harms no other event of its batch", async () => {
    await givenWith({ stripe: stripeGiving([]) })()
      .when(claimed(old), subscriptionIs("active"))
      .then(outcomes("parked", "applied"));
  });
});

describe("a claim check of the other mode", () => {
  it("is parked or ignored as any other, and nobody is asked", async () => {
    const stripe = stripeGiving([]);
    const live = claimed(customerIs("ada@example.com", { livemode: true }));
    const connected = claimed(customerIs("ada@example.com", { livemode: true, account: "acct_1" }));
    await givenWith({ stripe })()
      .when(live, connected)
      .then(outcomes("parked", "ignored"), reasons("wrong-mode", "other-mode"));
    expect(stripe.asked).toEqual([]);
  });
});

describe("a Stripe that knows the key's account", () => {
  it("still gives each event that a claim check asks for", async () => {
    const events = [customerIs("a@example.com"), customerIs("b@example.com", { of: "cus_2" })];
    await givenWith({ stripe: knowingAccounts(stripeGiving(events)) })()
      .when(...events.map(claimed))
      .then(
        outcomes("applied", "applied"),
        row("customer", "cus_1", { email: "a@example.com" }),
        row("customer", "cus_2", { email: "b@example.com" }),
      );
  });
});
