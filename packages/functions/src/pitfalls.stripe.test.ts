// Pitfalls of the twenty that are about asking Stripe: lists that it cuts, and requests that it refuses.
import { handleBatch } from "@stripe-lanes/core/batch";
import { entriesOf } from "@stripe-lanes/core/item";
import type { JsonObject } from "@stripe-lanes/core/json";
import { memoryStore } from "@stripe-lanes/core/memory";
import { access, reads } from "@stripe-lanes/testing/core/readings";
import { FIRST_SECOND, messagesOf, snapshotEvent, thinEvent } from "@stripe-lanes/testing/events";
import { at, conflict } from "@stripe-lanes/testing/faults";
import { givenWith, outcomes, parked, stock, tied } from "@stripe-lanes/testing/given";
import { TEST_OPTIONS, testPorts } from "@stripe-lanes/testing/ports";
import { describe, expect, it } from "vitest";
import { type Reply, startStripeApi } from "./fixtures/stripe-api.ts";
import { type Shelves, startStripePages } from "./fixtures/stripe-pages.ts";
import { stripePort } from "./stripe.ts";

const KEY = "sk_test_1";

/** Long before Stripe is asked. */
const EARLIER = FIRST_SECOND - 1_000;

function subscriptionIs(status: string, id = "sub_1") {
  const items = { object: "list", data: [], has_more: false };
  const object = { object: "subscription", id, customer: `cus_of_${id}`, status, items };
  return snapshotEvent({ type: "customer.subscription.updated", object, created: EARLIER });
}

describe("pitfall 7: a list that Stripe cut at ten is taken for all there is", () => {
  async function stripeWith(shelves: Shelves) {
    const { api } = await startStripePages(shelves);
    return stripePort({ key: KEY, rate: 100, now: () => 0, api });
  }

  type Listed = JsonObject & { id: string };

  const upTo = (count: number, more: (id: string) => JsonObject = () => ({})): Listed[] =>
    Array.from({ length: count }, (_, index) => ({ ...more(`no_${index + 1}`), id: `no_${index + 1}` }));
  const cutAtTen = (data: Listed[]) => ({ object: "list", data: data.slice(0, 10), has_more: true });

  it("grants the eleventh feature", async () => {
    const features = upTo(11, (id) => ({ lookup_key: id }));
    const path = "/v1/entitlements/active_entitlements?customer=cus_of_sub_1";
    const object = {
      object: "entitlements.active_entitlement_summary",
      customer: "cus_of_sub_1",
      entitlements: cutAtTen(features),
    };
    const type = "entitlements.active_entitlement_summary.updated";
    await givenWith({ stripe: await stripeWith({ lists: { [path]: features } }) })(subscriptionIs("active"))
      .when(snapshotEvent({ type, object, created: EARLIER }))
      .then(
        access("cus_of_sub_1", { granted: true, certain: true }, { feature: "no_11" }),
        reads("entitlement", "cus_of_sub_1", { incomplete: [] }),
      );
  });

  it("keeps all fifteen lines of an invoice", async () => {
    const lines = upTo(15);
    const path = "/v1/invoices/in_1";
    const invoice = { object: "invoice", id: "in_1", customer: "cus_1", lines: cutAtTen(lines) };
    const shelves = { objects: { [path]: invoice }, lists: { [`${path}/lines`]: lines } };
    await givenWith({ stripe: await stripeWith(shelves) })()
      .when(snapshotEvent({ type: "invoice.finalized", object: invoice, created: EARLIER }))
      .then(reads("invoice", "in_1", { incomplete: [], state: { lines } }));
  });

  it("sells all that a session sold, whose event has none of its lines", async () => {
    const order = { object: "checkout.session", id: "cs_1", status: "complete", payment_status: "paid" };
    const lines = upTo(12, () => ({ price: { id: "price_1" }, quantity: 2 }));
    const path = "/v1/checkout/sessions/cs_1";
    const expanded = { [`${path}?expand[]=line_items`]: { ...order, line_items: cutAtTen(lines) } };
    const shelves = { objects: expanded, lists: { [`${path}/line_items`]: lines } };
    await givenWith({ stripe: await stripeWith(shelves) })()
      .when(snapshotEvent({ type: "checkout.session.completed", object: order, created: EARLIER }))
      .then(stock("price_1", { sold: 24 }));
  });
});

describe("pitfall 18: Stripe's 429 is answered with more requests, or taken for an answer", () => {
  const ids = Array.from({ length: 8 }, (_, index) => `sub_${index}`);
  const thin = thinEvent({
    type: "v1.customer.subscription.updated",
    related: { id: "sub_thin", type: "subscription" },
  });

  async function givenRefusal(status = 429) {
    const error = { type: "invalid_request_error", code: "rate_limit", message: "Too many requests." };
    let reply: Reply = { status, body: { error }, date: FIRST_SECOND };
    const { api, asked } = await startStripeApi(() => reply);
    const stripe = stripePort({ key: KEY, rate: 1, now: () => 0, api });
    return {
      stripe,
      asked,
      answer: (body: object) => {
        reply = { body, date: FIRST_SECOND };
      },
    };
  }

  it.each([429, 503])(
    "loses and parks nothing for a %i, and asks once for each object of a batch",
    async (status) => {
      const { stripe, asked } = await givenRefusal(status);
      const active = ids.map((id) => subscriptionIs("active", id));
      const ties = ids.map((id) => subscriptionIs("past_due", id));
      await givenWith({ stripe, faults: at(conflict, "commit", 1, 2) })(...active)
        .when(...ties, thin)
        .then(
          outcomes(...ties.map(() => "applied" as const), "retried"),
          parked(),
          ...ids.map((id) => tied("subscription", id)),
        );
      expect(asked).toHaveLength(ids.length + 1);
    },
  );

  it("stops asking when the budget is spent, and goes on without", async () => {
    const { stripe, asked } = await givenRefusal();
    const store = memoryStore();
    for (const round of [1, 2, 3]) {
      const ties = ids.map((id) => subscriptionIs(`status_${round}`, id));
      await givenWith({ store, stripe })()
        .when(...ties)
        .then(outcomes(...ties.map(() => "applied" as const)));
    }
    expect(asked).toHaveLength(12);
  });

  it("notes a thin event as done when it is, and not before", async () => {
    const { stripe, answer } = await givenRefusal();
    const subscription = { object: "subscription", id: "sub_thin", customer: "cus_1", status: "active" };
    const ports = testPorts({ stripe });
    await handleBatch(messagesOf(thin), ports, TEST_OPTIONS);
    expect(entriesOf(ports.memory.items())).toEqual([]);
    answer({ ...subscription, items: { object: "list", data: [], has_more: false } });
    await givenWith({ store: ports.memory, stripe })()
      .when(thin)
      .then(outcomes("applied"), access("cus_1", { granted: true }));
  });
});
