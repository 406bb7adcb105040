// Pitfalls of the twenty that are about money: what is counted twice, given away unpaid, or cut off too soon.
import { describe, expect, it } from "vitest";
import { snapshotEvent } from "../events.ts";
import { given, outcomes, stock } from "../given.ts";
import { access, factsOf, inEveryOrder, reads, readsOf } from "./readings.ts";
import { SESSION } from "./stories/checkout-objects.ts";
import { CHARGE, REFUND } from "./stories/money-objects.ts";
import { at, DAY, MONTH, START, told } from "./stories/story.ts";
import { endedAt, SUBSCRIPTION } from "./stories/subscription-objects.ts";

const PAID_SESSION = { ...SESSION, payment_status: "paid" };

describe("pitfall 9: an amount that tells all refunds so far is added to those before", () => {
  const PART = { ...REFUND, amount: 1000, status: "succeeded" };
  const REST = { ...REFUND, id: "re_2", amount: 2000, status: "succeeded" };
  const paid = at(0, "charge.succeeded", CHARGE);
  const whole = at(2 * DAY, "charge.refunded", { ...CHARGE, amount_refunded: 3000, refunded: true });

  it("refunds 3000 in parts of 1000 and 2000, told by charge and refunds, in all 120 orders", async () => {
    const events = told("refunds", [
      paid,
      at(DAY, "refund.created", PART),
      at(DAY, "charge.refunded", { ...CHARGE, amount_refunded: 1000 }),
      at(2 * DAY, "refund.created", REST),
      whole,
    ]);
    await inEveryOrder(events, reads("payment", "pi_1", { state: { paid: 3000, refunded: 3000 } }));
  });

  it("takes back the refund that failed, and only that, and the tickets are sold again", async () => {
    const events = told("failure", [
      paid,
      at(0, "checkout.session.completed", PAID_SESSION),
      at(2 * DAY, "refund.created", REST),
      whole,
      at(9 * DAY, "refund.failed", { ...REST, status: "failed", failure_reason: "lost_or_stolen_card" }),
    ]);
    await inEveryOrder(
      events,
      reads("payment", "pi_1", { state: { paid: 3000, refunded: 1000 } }),
      stock("price_ticket", { sold: 3 }),
    );
  });
});

describe("pitfall 10: a Checkout that is completed is taken for paid", () => {
  const OPEN = { ...SESSION, status: "open", payment_intent: null };
  const completed = at(0, "checkout.session.completed", SESSION);
  const named = (status: string) => reads("order", "cs_1", { status });

  it("sells nothing while the payment is on its way", async () => {
    const events = told("unpaid", [completed]);
    await given()
      .when(...events)
      .then(named("unpaid"), stock("price_ticket", { reserved: 3 }));
    expect(await factsOf(events)).not.toContain("order.paid");
  });

  it("sells when the payment comes, whichever is told first", async () => {
    const events = told("paid", [
      completed,
      at(3 * DAY, "checkout.session.async_payment_succeeded", PAID_SESSION),
    ]);
    await inEveryOrder(events, named("paid"), stock("price_ticket", { sold: 3 }));
  });

  it("gives the tickets back when the payment never comes, whichever is told first", async () => {
    const events = told("failed", [completed, at(3 * DAY, "checkout.session.async_payment_failed", SESSION)]);
    await inEveryOrder(events, named("failed"), stock("price_ticket", {}));
  });

  it("sells what costs nothing", async () => {
    const free = { ...SESSION, amount_total: 0, payment_intent: null, payment_status: "no_payment_required" };
    await given()
      .when(...told("free", [at(0, "checkout.session.completed", free)]))
      .then(named("paid"), stock("price_ticket", { sold: 3 }));
  });

  it("gives back what an expired one reserved exactly once, however often that is told", async () => {
    const other = { ...OPEN, id: "cs_2" };
    const expired = at(DAY, "checkout.session.expired", { ...OPEN, status: "expired" });
    const events = told("expired", [
      at(0, "checkout.session.created", OPEN),
      at(0, "checkout.session.created", other),
      expired,
      expired,
    ]);
    await inEveryOrder(events, named("expired"), stock("price_ticket", { reserved: 3 }));
    expect(await factsOf(events)).toEqual(["order.expired"]);
  });

  it("says so when more is sold than there is", async () => {
    const price = { object: "price", id: "price_ticket", metadata: { capacity: "5" } };
    const other = { ...PAID_SESSION, id: "cs_2", payment_intent: "pi_2" };
    await inEveryOrder(
      told("oversold", [
        at(0, "price.created", price),
        at(1, "checkout.session.completed", PAID_SESSION),
        at(1, "checkout.session.completed", other),
      ]),
      async ({ ports }) => {
        const { state } = await readsOf(ports.memory).getStock("price_ticket");
        expect(state).toMatchObject({ sold: 6, capacity: 5, oversold: 1 });
      },
    );
  });
});

describe("pitfall 19: what gives access, and until when, is guessed from one member", () => {
  const is = (changes: object) =>
    snapshotEvent({ type: "customer.subscription.updated", object: { ...SUBSCRIPTION, ...changes } });
  const end = START + MONTH;

  it.each([
    ["flexible billing sets it", { cancel_at: end, cancel_at_period_end: false }],
    ["classic billing sets it", { cancel_at: end, cancel_at_period_end: true }],
    ["an older version tells it", { cancel_at: null, cancel_at_period_end: true }],
  ])("tells the end that is set, and keeps the access until then: as %s", async (_, changes) => {
    await given()
      .when(is(changes))
      .then(access("cus_1", { granted: true, endsAt: end, until: end }, { at: end - 1 }));
  });

  it("ends at once what was deleted, and keeps its row: `deleted` is an event, `canceled` the status", async () => {
    const canceled = { ...SUBSCRIPTION, ...endedAt(DAY) };
    await given(is({}))
      .when(...told("deleted", [at(DAY, "customer.subscription.deleted", canceled)]))
      .then(
        reads("subscription", "sub_1", { status: "canceled", deleted: false }),
        access("cus_1", { granted: false, reason: "canceled", until: START + DAY }),
      );
  });

  it.each([
    ["trialing", true, "trialing"],
    ["active", true, "active"],
    ["unpaid", false, "unpaid"],
    ["paused", false, "paused"],
    ["incomplete", false, "incomplete"],
    ["incomplete_expired", false, "incomplete-expired"],
    ["canceled", false, "canceled"],
  ])("has a rule for %s: %s", async (status, granted, reason) => {
    await given().when(is({ status })).then(outcomes("applied"), access("cus_1", { granted, reason }));
  });

  it.each([
    [6, true, "past-due-in-grace"],
    [8, false, "past-due"],
  ])("gives who is past due some days of grace: after %i days %s", async (days, granted, reason) => {
    const expected = { granted, reason, isPaymentFailing: true };
    await given()
      .when(is({ status: "past_due" }))
      .then(access("cus_1", expected, { at: START + days * DAY }));
  });

  it("keeps in who is not billed for a while: only the invoices are paused", async () => {
    await given()
      .when(is({ pause_collection: { behavior: "void", resumes_at: null } }))
      .then(access("cus_1", { granted: true, reason: "active" }));
  });
});
