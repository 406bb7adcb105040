// What is applied without all that Stripe could say, and what waits for it instead (D12, D23).
import { NotBegun, Unauthorized, Unavailable } from "@stripe-lanes/core/errors";
import type { Stripe } from "@stripe-lanes/core/ports";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, snapshotEvent, thinEvent } from "../events.ts";
import { type Expectation, givenWith, noRow, outcomes, parked, reasons, row, stock } from "../given.ts";
import { findingNothing, knowingEvents } from "./stripes.ts";
import { subscriptionIs } from "./told.ts";

const session = (about: object = {}): EventJson =>
  snapshotEvent({
    type: "checkout.session.completed",
    object: {
      object: "checkout.session",
      id: "cs_1",
      mode: "payment",
      status: "complete",
      payment_status: "paid",
      ...about,
    },
  });

const invoice = snapshotEvent({
  type: "invoice.finalized",
  object: {
    object: "invoice",
    id: "in_1",
    customer: "cus_1",
    status: "open",
    lines: { object: "list", data: [], has_more: true },
  },
});

const failing = (error: Error): Stripe => ({ fetch: () => Promise.reject(error) });
const down = failing(new Unavailable("Stripe is down, the test says."));

const doubted =
  (...doubts: (object | undefined)[]): Expectation =>
  ({ results }) =>
    expect(results.map((result) => ("doubt" in result ? result.doubt : undefined))).toMatchObject(doubts);

describe("an order whose lines nobody told", () => {
  it.each([
    ["Stripe is unavailable", new Unavailable("Stripe is down.")],
    ["the key is rejected", new Unauthorized("Stripe rejects StripeKey.")],
    ["there is no time left", new NotBegun()],
  ])("is tried again while %s, in payment and in subscription mode", async (_, error) => {
    for (const mode of ["payment", "subscription", null]) {
      await givenWith({ stripe: failing(error) })()
        .when(session({ mode }), subscriptionIs("active"))
        .then(outcomes("retried", "applied"), noRow("order", "cs_1"), stock("price_1", {}));
    }
  });

  it("says in the result why it waits", async () => {
    await givenWith({ stripe: down })()
      .when(session())
      .then(({ results }) => expect(results).toMatchObject([{ kind: "retry", error: { message: /down/ } }]));
  });

  it("is applied and marked without a key, and the result says why its stock did not move", async () => {
    await givenWith({})()
      .when(session())
      .then(
        outcomes("applied"),
        row("order", "cs_1", { status: "paid", lines: [], incomplete: ["line_items"] }),
        stock("price_1", {}),
        doubted({ because: "no-stripe-key", lists: ["line_items"] }),
      );
  });

  it.each([
    ["metadata.lines", { lines: JSON.stringify([{ price: "price_1", quantity: 2 }]) }],
    ["metadata.price_id", { price_id: "price_1", quantity: "2" }],
  ])("is not one whose lines are in %s: nobody is asked, and nothing is in doubt", async (_, metadata) => {
    await givenWith({ stripe: down })()
      .when(session({ metadata }))
      .then(outcomes("applied"), stock("price_1", { sold: 2 }), doubted(undefined));
  });

  it("is whole with Stripe's answer, also where two of its events are of one second", async () => {
    const line_items = { object: "list", data: [{ price: "price_1", quantity: 2 }], has_more: false };
    const object = {
      object: "checkout.session",
      id: "cs_1",
      mode: "payment",
      status: "complete",
      payment_status: "paid",
    };
    const stripe = {
      fetch: async () => ({
        object: { ...object, line_items },
        second: FIRST_SECOND - 1,
        until: FIRST_SECOND,
      }),
    };
    const first = { ...session({ metadata: { a: "1" } }), created: FIRST_SECOND };
    const second = { ...session({ metadata: { a: "2" } }), created: FIRST_SECOND };
    await givenWith({ stripe })(first)
      .when(second)
      .then(outcomes("applied"), stock("price_1", { sold: 2 }));
  });
});

describe("a list that moves nothing", () => {
  it.each([
    ["Stripe is unavailable", { stripe: down }, "unavailable"],
    ["there is no key", {}, "no-stripe-key"],
    ["Stripe does not find its object", { stripe: findingNothing(FIRST_SECOND) }, "not-found"],
  ])("is left truncated where %s, and the result says so", async (_, options, because) => {
    await givenWith(options)()
      .when(invoice)
      .then(
        outcomes("applied"),
        row("invoice", "in_1", { incomplete: ["lines"] }),
        doubted({ because, lists: ["lines"] }),
      );
  });

  it("is in no doubt where it is whole", async () => {
    await givenWith({})().when(subscriptionIs("active")).then(doubted(undefined));
  });
});

describe("an exception of our own while Stripe is asked", () => {
  const broken = failing(new TypeError("Our code is broken."));
  const tie = ["active", "past_due"].map((status, n) =>
    subscriptionIs(status, { created: FIRST_SECOND, id: `evt_${n}` }),
  ) as [EventJson, EventJson];

  it.each([
    ["an order", session()],
    ["a truncated list", invoice],
    ["a thin event", thinEvent({ type: "v1.x.updated", related: { id: "sub_1", type: "subscription" } })],
  ])("is a defect, never an applied: %s", async (_, event) => {
    await givenWith({ stripe: broken })().when(event).then(outcomes("parked"), parked("defect"));
  });

  it("is a defect of a tie as well", async () => {
    await givenWith({ stripe: broken })(tie[0]).when(tie[1]).then(outcomes("parked"), parked("defect"));
  });
});

describe("a thin event whose object Stripe does not find", () => {
  const event = thinEvent({
    type: "v1.payment_intent.succeeded",
    related: { id: "pi_1", type: "payment_intent" },
  });
  const stripe = knowingEvents(findingNothing(FIRST_SECOND));

  it("leaves what is known of it as it was, in doubt", async () => {
    const intent = {
      object: "payment_intent",
      id: "pi_1",
      status: "processing",
      amount: 100,
      currency: "eur",
    };
    const known = snapshotEvent({ type: "payment_intent.processing", object: intent, created: FIRST_SECOND });
    await givenWith({ stripe })(known)
      .when(event)
      .then(
        outcomes("applied"),
        reasons("not-found"),
        row("payment", "pi_1", { status: "processing" }),
        doubted({ because: "not-found", lists: [] }),
      );
  });

  it("changes nothing of what is deleted, and nobody asks for the event", async () => {
    const gone = snapshotEvent({ type: "product.deleted", object: { object: "product", id: "prod_1" } });
    const told = thinEvent({ type: "v1.product.updated", related: { id: "prod_1", type: "product" } });
    await givenWith({ stripe: findingNothing(FIRST_SECOND) })(gone)
      .when(told)
      .then(outcomes("superseded"), reasons("after-tombstone"));
  });

  it("is a duplicate where its snapshot was applied, whoever's the key is", async () => {
    const snapshot = subscriptionIs("active", { id: "evt_twin" });
    const about = { related: { id: "sub_1", type: "subscription" }, snapshotEvent: "evt_twin" };
    await givenWith({ stripe: findingNothing(FIRST_SECOND) })(snapshot)
      .when(thinEvent({ type: "v1.customer.subscription.updated", ...about }))
      .then(outcomes("duplicate"), reasons("told-by-snapshot"));
  });
});

describe("a ping of a destination", () => {
  const ping = thinEvent({
    type: "v2.core.event_destination.ping",
    related: { id: "ed_1", type: "v2.core.event_destination", url: "/v2/core/event_destinations/ed_1" },
  });

  it.each([
    ["with a key", { stripe: failing(new Error("Nobody should ask.")) }],
    ["without one", {}],
  ])("is settled without asking Stripe, and its ledger row says that it came, %s", async (_, options) => {
    await givenWith(options)()
      .when(ping)
      .then(outcomes("applied"), reasons("ping"), parked(), ({ ports }) => {
        expect(ports.memory.items()).toMatchObject([{ event: ping.id, outcome: "applied", reason: "ping" }]);
      });
  });
});

describe("a deletion that a thin event tells", () => {
  const deletion = (id: string, created: number) =>
    thinEvent({ type: "v1.product.deleted", related: { id, type: "product" }, created });
  const product = (created: number, name: string) =>
    snapshotEvent({ type: "product.updated", object: { object: "product", id: "prod_1", name }, created });

  it("of an id that can be given out again gives way to what is newer, whichever comes first", async () => {
    const events = [deletion("prod_1", FIRST_SECOND + 5), product(FIRST_SECOND + 9, "B")] as const;
    for (const [first, then] of [events, events.toReversed()] as [EventJson, EventJson][]) {
      await givenWith({})(first)
        .when(then)
        .then(row("product", "prod_1", { name: "B" }));
    }
  });

  it("keeps the customer as the snapshot of the deletion shows them, whichever comes first", async () => {
    const object = { object: "customer", id: "cus_1", name: "Ada" };
    const snapshot = snapshotEvent({
      type: "customer.deleted",
      object,
      created: FIRST_SECOND,
      id: "evt_snapshot",
    });
    const thin = thinEvent({
      type: "v1.customer.deleted",
      related: { id: "cus_1", type: "customer" },
      created: FIRST_SECOND,
      id: "evt_thin",
    });
    const ended: unknown[] = [];
    for (const [first, then] of [
      [snapshot, thin],
      [thin, snapshot],
    ] as [EventJson, EventJson][]) {
      await givenWith({})(first)
        .when(then)
        .then(({ ports }) => {
          ended.push(ports.memory.items().find(({ sk }) => sk === "customer#cus_1"));
        });
    }
    expect(ended).toMatchObject([{ state: { name: "Ada" } }, { state: { name: "Ada" } }]);
  });
});
