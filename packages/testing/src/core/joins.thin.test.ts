// Rows that contribute to others, told by thin events: what Stripe gives, and what it no longer has.
import { handleBatch } from "@stripe-lanes/core/batch";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { Stripe } from "@stripe-lanes/core/ports";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messagesOf, thinEvent } from "../events.ts";
import { deleted, type Expectation, given, givenWith, outcomes, reasons, row, stock } from "../given.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { chargeIs, invoiceIs, refundIs, sessionIs, summaryObject } from "./contributions.ts";
import { expectAllJoined } from "./joined.ts";
import { knowingEvents } from "./stripes.ts";
import { subscriptionIs } from "./told.ts";

const SECOND = FIRST_SECOND + 1_000;
const BEFORE = { created: SECOND - 10 };

const allJoined: Expectation = ({ ports }) => expectAllJoined(ports.memory);

/** Answers each time with the next of these, and then with the last; in the first second that it can be of. */
function stripeWith(...answers: (StripeObject | null)[]): Stripe {
  return {
    async fetch() {
      const object = (answers.length > 1 ? answers.shift() : answers[0]) ?? null;
      return { object, second: SECOND - 1, until: SECOND };
    },
  };
}

const thin = (type: string, id: string, about: { id?: string } = {}): EventJson =>
  thinEvent({ type: "v1.x.updated", related: { id, type }, created: SECOND, ...about });

/** The object that a snapshot event carries. */
function objectOf({ data }: EventJson): StripeObject {
  return (data as { object: StripeObject }).object;
}

describe("what Stripe gives when a thin event asks for it", () => {
  const told: [string, EventJson, EventJson, Expectation][] = [
    ["refund", refundIs("pending"), refundIs("failed"), row("payment", "pi_1", { refunded: 0 })],
    ["charge", chargeIs("pending"), chargeIs("succeeded"), row("payment", "pi_1", { paid: 100 })],
    ["checkout.session", sessionIs("open"), sessionIs("paid"), stock("price_1", { sold: 2 })],
    [
      "subscription",
      subscriptionIs("active"),
      subscriptionIs("canceled"),
      row("profile", "cus_1", { subscriptions: [{ id: "sub_1", status: "canceled" }] }),
    ],
  ];

  it.each(told)("is joined: a %s", async (type, before, after, joined) => {
    const object = objectOf(after);
    await givenWith({ stripe: stripeWith(object) })({ ...before, ...BEFORE })
      .when(thin(type, String(object.id)))
      .then(outcomes("applied"), joined, allJoined);
  });

  it("is joined: a customer's entitlements, which have no id", async () => {
    await givenWith({ stripe: stripeWith(summaryObject("cus_1", ["a", "b"])) })()
      .when(thin("entitlements.active_entitlement_summary", "cus_1"))
      .then(outcomes("applied"), row("profile", "cus_1", { features: ["a", "b"] }), allJoined);
  });

  it("is taken from the row that it no longer names, though nobody knew which that was", async () => {
    const moved = objectOf(refundIs("succeeded", { payment: "pi_2" }));
    await givenWith({ stripe: stripeWith(moved) })(refundIs("succeeded", BEFORE))
      .when(thin("refund", "re_1"))
      .then(row("payment", "pi_1", { refunded: 0 }), row("payment", "pi_2", { refunded: 100 }), allJoined);
  });
});

describe("what Stripe no longer has", () => {
  const gone = knowingEvents(stripeWith(null));
  const deletion = (type: string, id: string) => ({ ...thin(type, id), type: "v1.x.deleted" });

  it("is found by the index, and no longer contributes to its customer's profile", async () => {
    await givenWith({ stripe: gone })(invoiceIs("open", BEFORE), subscriptionIs("past_due", BEFORE))
      .when(deletion("invoice", "in_1"), deletion("subscription", "sub_1"))
      .then(
        outcomes("applied", "applied"),
        deleted("invoice", "in_1"),
        row("profile", "cus_1", { subscriptions: [] }),
        allJoined,
      );
  });

  it("takes three reads at most: the ledger's, its row's, and the rows' that it contributed to", async () => {
    const ports = testPorts({ stripe: gone });
    await handleBatch(messagesOf(invoiceIs("open", BEFORE)), ports, TEST_OPTIONS);
    await handleBatch(messagesOf(deletion("invoice", "in_1")), ports, TEST_OPTIONS);
    const operations = ports.calls.slice(2).map(({ operation }) => operation);
    expect(operations).toEqual(["load", "load", "load", "commit"]);
  });

  it.each([
    ["refund", refundIs("succeeded", BEFORE)],
    ["checkout.session", sessionIs("paid", { payment: null, ...BEFORE })],
    ["checkout.session", sessionIs("paid", BEFORE)],
    ["payment_intent", sessionIs("paid", BEFORE)],
  ])("and lives on its own is deleted, or stands in doubt: a %s", async (type, before) => {
    const id = type === "payment_intent" ? "pi_1" : String(objectOf(before).id);
    await givenWith({ stripe: gone })(before).when(deletion(type, id)).then(outcomes("applied"), allJoined);
    await givenWith({ stripe: gone })(before).when(thin(type, id)).then(outcomes("applied"), allJoined);
  });
});

describe("a thin event whose answer may be older than what is known", () => {
  const open = objectOf(sessionIs("open"));
  const paid = objectOf(sessionIs("paid"));

  // Defects: Stripe was asked after the event, so its answer has what the event tells of; refused, it is lost for good.
  it("is not superseded by a snapshot of its own second", async () => {
    await givenWith({ stripe: stripeWith(paid) })(sessionIs("open", { created: SECOND }))
      .when(thin("checkout.session", "cs_1"))
      .then(({ results }) => expect(results).not.toMatchObject([{ outcome: "superseded" }]));
  });

  it("is not superseded by the answer to another event in the same second", async () => {
    const first = thin("checkout.session", "cs_1", { id: "evt_b" });
    await givenWith({ stripe: stripeWith(open, paid) })(first)
      .when(thin("checkout.session", "cs_1", { id: "evt_a" }))
      .then(({ results }) => expect(results).not.toMatchObject([{ outcome: "superseded" }]));
  });
});

describe("a subscription that names no customer", () => {
  const nameless = subscriptionIs("active", { customer: "" });

  it("is kept where a snapshot tells of it", async () => {
    await given()
      .when(nameless)
      .then(row("subscription", "sub_1", { status: "active" }), allJoined);
  });

  it("is kept where a thin event does", async () => {
    await givenWith({ stripe: stripeWith(objectOf(nameless)) })()
      .when(thin("subscription", "sub_1"))
      .then(reasons("first"), row("subscription", "sub_1", { status: "active" }));
  });
});
