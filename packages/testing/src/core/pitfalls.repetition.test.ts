// Pitfalls of the twenty that are about repetition: what is told twice, or again when it is long forgotten.
import { handleBatch } from "@stripe-lanes/core/batch";
import { memoryStore } from "@stripe-lanes/core/memory";
import { describe, expect, it } from "vitest";
import { type EventJson, messagesOf, thinEvent } from "../events.ts";
import { given, givenWith, outcomes, reasons, row, stock } from "../given.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { factsOf, inEveryOrder, reads } from "./readings.ts";
import { SESSION } from "./stories/checkout-objects.ts";
import { INVOICE, openSince, paidSince } from "./stories/invoice-objects.ts";
import { CHARGE, INTENT } from "./stories/money-objects.ts";
import { at, DAY, START, told } from "./stories/story.ts";
import { SUBSCRIPTION } from "./stories/subscription-objects.ts";
import { customerIs, orderIs } from "./told.ts";

describe("pitfall 11: two events that tell of one change are two changes", () => {
  const OPEN = { ...INVOICE, ...openSince(0) };
  const PAID = { ...INVOICE, ...paidSince(DAY, 0) };
  const PAID_INTENT = { ...INTENT, status: "succeeded", amount_received: 3000, latest_charge: "ch_1" };

  it("pays an invoice once by invoice.paid and invoice.payment_succeeded", async () => {
    const opened = told("opened", [at(0, "invoice.finalized", OPEN)]);
    const paid = told("paid", [at(DAY, "invoice.paid", PAID), at(DAY, "invoice.payment_succeeded", PAID)]);
    for (const both of [paid, paid.toReversed()]) {
      expect(await factsOf([...opened, ...both])).toEqual(["invoice.finalized", "invoice.paid"]);
    }
  });

  it("sells once by the session, its intent and its charge, in every order", async () => {
    const sale = told("sale", [
      at(0, "charge.succeeded", CHARGE),
      at(0, "payment_intent.succeeded", PAID_INTENT),
      at(0, "checkout.session.completed", { ...SESSION, payment_status: "paid" }),
    ]);
    await inEveryOrder(
      sale,
      reads("payment", "pi_1", { state: { paid: 3000 } }),
      stock("price_ticket", { sold: 3 }),
    );
    expect((await factsOf(sale)).toSorted()).toEqual(["order.paid", "payment.succeeded"]);
  });

  it("takes the snapshot event and the thin event of a change as one, whichever comes first", async () => {
    const [snapshot] = told("both", [at(0, "customer.subscription.created", SUBSCRIPTION)]) as [EventJson];
    const thin = thinEvent({
      type: "v1.customer.subscription.created",
      created: START,
      related: { id: "sub_1", type: "subscription" },
      snapshotEvent: snapshot.id,
    });
    const stripe = { fetch: async () => ({ object: SUBSCRIPTION, second: START, until: START + 1 }) };
    await givenWith({ stripe })(snapshot).when(thin).then(outcomes("duplicate"));
    await givenWith({ stripe })(thin)
      .when(snapshot)
      .then(outcomes("superseded"), reads("subscription", "sub_1", { via: "fetch" }));
  });
});

describe("pitfall 14: the ledger forgets an event while Stripe can still send it again", () => {
  const [open, paid] = [orderIs("open"), orderIs("paid")];

  /** What becomes of both when they are sent again after so many days, of a ledger that keeps 35. */
  async function sentAgain(days: number) {
    const ledgerSeconds = 35 * DAY;
    const store = memoryStore();
    await givenWith({ store, ledgerSeconds })(open).when(paid).then(outcomes("applied"));
    const ports = testPorts({ store, now: () => (START + days * DAY) * 1000 });
    const results = await handleBatch(messagesOf(open, paid), ports, { ...TEST_OPTIONS, ledgerSeconds });
    return { results, ports };
  }

  it("knows it for all of the 30 days, and writes nothing", async () => {
    const end = await sentAgain(30);
    await outcomes("duplicate", "duplicate")(end);
    expect(end.ports.calls.map(({ operation }) => operation)).toEqual(["load"]);
  });

  it("sells nothing twice even when it has forgotten: the row remembers", async () => {
    const end = await sentAgain(400);
    await reasons("after-terminal", "remembered")(end);
    await stock("price_1", { sold: 2 })(end);
  });
});

describe("pitfall 15: polling goes on after the last `created` it has seen", () => {
  const seen = [customerIs("a@x.test", { created: START + 10 }), orderIs("open", { created: START + 20 })];
  const inTheSameSecond = orderIs("paid", { of: "cs_2", created: START + 20 });
  const visibleLate = customerIs("b@x.test", { of: "cus_2", created: START + 5 });
  const outdated = customerIs("old@x.test", { created: START + 5 });

  /** As `GET /v1/events` gives it: with what changes from one delivery to the next. */
  const listed = (event: EventJson): EventJson => ({
    ...event,
    pending_webhooks: 2,
    request: { id: null, idempotency_key: null },
  });

  it("takes of a stretch that is fetched again only what was missed, be it older than what was seen", async () => {
    await given(...seen)
      .when(...[outdated, visibleLate, ...seen, inTheSameSecond].map(listed))
      .then(
        outcomes("superseded", "applied", "duplicate", "duplicate", "applied"),
        row("customer", "cus_1", { email: "a@x.test" }),
        row("customer", "cus_2", { email: "b@x.test" }),
        stock("price_1", { reserved: 2, sold: 2 }),
      );
  });
});
