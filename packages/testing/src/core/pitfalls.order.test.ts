// Pitfalls of the twenty that are about order: what comes at once, late, or before what it belongs to.
import { handleBatch } from "@stripe-lanes/core/batch";
import { memoryStore } from "@stripe-lanes/core/memory";
import type { Stripe } from "@stripe-lanes/core/ports";
import { describe, it } from "vitest";
import { type EventJson, messagesOf, thinEvent } from "../events.ts";
import { givenWith, outcomes, reasons } from "../given.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { access, inEveryOrder, reads } from "./readings.ts";
import { CUSTOMER } from "./stories/customer-objects.ts";
import { INVOICE, openSince } from "./stories/invoice-objects.ts";
import { CHARGE, REFUND } from "./stories/money-objects.ts";
import { at, DAY, START, told } from "./stories/story.ts";
import { endedAt, itemOf, SUBSCRIPTION } from "./stories/subscription-objects.ts";
import { knowingEvents } from "./stripes.ts";

const INCOMPLETE = { ...SUBSCRIPTION, status: "incomplete" };
const PAST_DUE = { ...SUBSCRIPTION, status: "past_due" };

const born = (id: string) =>
  told(`born_${id}`, [at(0, "customer.subscription.created", { ...SUBSCRIPTION, id })]);

/** A thin event of so many seconds after the first one. */
function changed(id: string, second: number): EventJson {
  const related = { id, type: "subscription" };
  return thinEvent({ type: "v1.customer.subscription.updated", created: START + second, related });
}

const answering = (object: Awaited<ReturnType<Stripe["fetch"]>>["object"], second: number): Stripe => ({
  fetch: async () => ({ object, second: START + second, until: START + second + 1 }),
});

describe("pitfall 1: which event of one second was the last is taken from their arrival", () => {
  const of = (quantity: number) => ({
    ...SUBSCRIPTION,
    items: itemOf("price_basic", 1000, { quantity }),
  });

  it("ends five quantities of one second in the fifth, in all 120 orders", async () => {
    const changes = [2, 3, 4, 5].map((quantity) =>
      at(0, "customer.subscription.updated", of(quantity), of(quantity - 1)),
    );
    const events = told("quantities", [at(0, "customer.subscription.created", of(1)), ...changes]);
    const last = { tie: false, state: { items: [{ quantity: 5 }] } };
    await inEveryOrder(events, reads("subscription", "sub_1", last));
  });

  it("lets in who has paid within the second of subscribing, whatever comes last", async () => {
    const renamed = { ...SUBSCRIPTION, metadata: { plan: "basic" } };
    const events = told("subscribed", [
      at(0, "customer.subscription.created", INCOMPLETE),
      at(0, "customer.subscription.updated", SUBSCRIPTION, INCOMPLETE),
      at(0, "customer.subscription.updated", renamed, SUBSCRIPTION),
    ]);
    await inEveryOrder(events, access("cus_1", { granted: true, reason: "active" }));
  });
});

describe("pitfall 2: a state that was fetched long ago is written last", () => {
  const pastDue = { status: "past_due" };

  it.each([
    ["the event", told("late", [at(9, "customer.subscription.updated", PAST_DUE, SUBSCRIPTION)])],
    ["another fetch", [changed("sub_1", 9)]],
  ])("gives way to %s that overtook it while Stripe was slow", async (_, faster) => {
    const store = memoryStore();
    const other = testPorts({ store, stripe: answering(PAST_DUE, 9) });
    const slow: Stripe = {
      async fetch(request) {
        await handleBatch(messagesOf(...faster), other, TEST_OPTIONS);
        return answering(SUBSCRIPTION, 5).fetch(request);
      },
    };
    await givenWith({ store, stripe: slow })(...born("sub_1"))
      .when(changed("sub_1", 5))
      .then(outcomes("superseded"), reads("subscription", "sub_1", pastDue));
  });

  it("gives way to one that another worker wrote between its read and its commit", async () => {
    const store = memoryStore();
    await handleBatch(messagesOf(...born("sub_1")), testPorts({ store }), TEST_OPTIONS);
    const faster = messagesOf(changed("sub_1", 9));
    const overtaken: typeof store.commit = async (changes, now) => {
      await handleBatch(faster, testPorts({ store, stripe: answering(PAST_DUE, 9) }), TEST_OPTIONS);
      return store.commit(changes, now);
    };
    await givenWith({ store: { ...store, commit: overtaken }, stripe: answering(SUBSCRIPTION, 5) })()
      .when(changed("sub_1", 5))
      .then(outcomes("superseded"), reads("subscription", "sub_1", pastDue));
  });
});

describe("pitfall 6: what was deleted comes back by an update that is late", () => {
  const RENAMED = { ...CUSTOMER, email: "ada@example.org" };
  const COUPON = { object: "coupon", id: "SUMMER", name: "Summer", valid: true };
  const closed = told("closed", [
    at(0, "customer.created", CUSTOMER),
    at(0, "customer.subscription.created", SUBSCRIPTION),
    at(DAY, "customer.deleted", CUSTOMER),
    at(DAY + 5, "customer.updated", RENAMED, CUSTOMER),
  ]);

  it("keeps a customer deleted and without access, though the update is of a later second", async () => {
    const gone = { granted: false, reason: "customer-deleted" };
    await inEveryOrder(closed, reads("customer", "cus_1", { deleted: true }), access("cus_1", gone));
  });

  it("keeps a subscription canceled, though the update is of a later second", async () => {
    const events = told("ended", [
      at(0, "customer.subscription.created", SUBSCRIPTION),
      at(DAY, "customer.subscription.deleted", { ...SUBSCRIPTION, ...endedAt(DAY) }),
      at(
        DAY + 5,
        "customer.subscription.updated",
        { ...SUBSCRIPTION, metadata: { late: "yes" } },
        SUBSCRIPTION,
      ),
    ]);
    await inEveryOrder(events, access("cus_1", { granted: false, reason: "canceled" }));
  });

  it("lets an id that Stripe may use again come back by its creation alone", async () => {
    const lives = told("coupon", [
      at(0, "coupon.created", COUPON),
      at(DAY, "coupon.updated", { ...COUPON, name: "Sommer" }, COUPON),
      at(2 * DAY, "coupon.deleted", { ...COUPON, name: "Sommer" }),
      at(3 * DAY, "coupon.created", { ...COUPON, name: "Été" }),
    ]);
    await inEveryOrder(lives.slice(0, 3), reads("coupon", "SUMMER", { deleted: true }));
    await inEveryOrder(lives, reads("coupon", "SUMMER", { deleted: false, state: { name: "Été" } }));
  });
});

describe("pitfall 12: what names no row that is known is put on the customer's other one", () => {
  const both = [...born("sub_old"), ...born("sub_new")];
  const keepsNew = access("cus_1", { granted: true, subscription: "sub_new", isPaymentFailing: false });

  it("ends the subscription that was canceled and no other", async () => {
    const ended = { ...SUBSCRIPTION, id: "sub_old", ...endedAt(DAY) };
    await inEveryOrder(
      [...both, ...told("ended", [at(DAY, "customer.subscription.deleted", ended)])],
      reads("subscription", "sub_old", { status: "canceled" }),
      reads("subscription", "sub_new", { status: "active" }),
      keepsNew,
    );
  });

  it("takes the row of the very subscription that Stripe does not find, whose customer nobody names", async () => {
    await givenWith({ stripe: knowingEvents(answering(null, DAY)) })(...both)
      .when(changed("sub_old", DAY))
      .then(reads("subscription", "sub_old", { deleted: false, tie: true }), keepsNew);
  });

  it("takes no row at all where none is of that subscription", async () => {
    const now = () => (START + DAY + 60) * 1_000;
    await givenWith({ stripe: knowingEvents(answering(null, DAY + 60)), now })(...both)
      .when(changed("sub_unheard_of", DAY))
      .then(reasons("not-found"), reads("subscription", "sub_old", { deleted: false }), keepsNew);
  });

  it("puts nobody past due for an invoice that is for no subscription", async () => {
    const failed = { ...INVOICE, ...openSince(DAY), parent: null, attempt_count: 1, attempted: true };
    await givenWith({})(...both)
      .when(...told("one_off", [at(DAY, "invoice.payment_failed", failed)]))
      .then(reads("invoice", "in_1", { status: "open", state: { subscription: null } }), keepsNew);
  });
});

describe("pitfall 13: what comes before its parent is refused", () => {
  it("keeps each as it comes, and all of them in the end, in all 120 orders", async () => {
    const events = told("backwards", [
      at(0, "customer.created", CUSTOMER),
      at(0, "customer.subscription.created", SUBSCRIPTION),
      at(0, "invoice.created", INVOICE),
      at(0, "charge.succeeded", CHARGE),
      at(0, "refund.created", { ...REFUND, amount: 500, status: "succeeded" }),
    ]);
    await inEveryOrder(
      events,
      reads("customer", "cus_1", { state: { email: "ada@example.com" } }),
      reads("invoice", "in_1", { customer: "cus_1", state: { subscription: "sub_1" } }),
      reads("payment", "pi_1", { customer: "cus_1", state: { paid: 3000, refunded: 500 } }),
      access("cus_1", { granted: true, subscription: "sub_1" }),
    );
  });
});
