// Pitfalls of the twenty that are about shape: what is cut, moved with the API version, or told late.
import type { StripeObject } from "@stripe-lanes/core/event";
import { entries } from "@stripe-lanes/core/fields";
import { describe, expect, it } from "vitest";
import { given, outcomes, stock } from "../given.ts";
import { access, inEveryOrder, reads, readsOf } from "./readings.ts";
import { SESSION } from "./stories/checkout-objects.ts";
import { summary } from "./stories/customer-objects.ts";
import { INVOICE, invoicePayment, lineOf, PAID_INTENT } from "./stories/invoice-objects.ts";
import { CHARGE, REFUND } from "./stories/money-objects.ts";
import { at, DAY, MONTH, START, told } from "./stories/story.ts";
import { itemOf, listOf, monthFrom, SUBSCRIPTION } from "./stories/subscription-objects.ts";

const born = at(0, "customer.subscription.created", SUBSCRIPTION);

describe("pitfall 7: a list that Stripe cut at ten is taken for all there is", () => {
  const ten = Array.from({ length: 10 }, (_, index) => `feature_${index}`);
  const cut = summary(ten, { hasMore: true });

  it("never says for certain that the eleventh feature is not granted", async () => {
    const events = told("eleven", [born, at(0, "entitlements.active_entitlement_summary.updated", cut)]);
    const doubtful = { granted: false, certain: false, reason: "entitlements-cut" };
    await given()
      .when(...events)
      .then(
        reads("entitlement", "cus_1", { incomplete: ["entitlements"] }),
        access("cus_1", doubtful, { feature: "feature_10" }),
        access("cus_1", { granted: true, certain: true }, { feature: "feature_9" }),
      );
  });

  it("says of an invoice that it has more lines, and of a session that its lines were not sent", async () => {
    const lines = ten.map((name) => lineOf(name, "price_basic", 100));
    const long = { ...INVOICE, lines: { ...listOf("/v1/invoices/in_1/lines", lines), has_more: true } };
    const bare = { ...SESSION, metadata: {} };
    await given()
      .when(...told("cut", [at(0, "invoice.created", long), at(0, "checkout.session.completed", bare)]))
      .then(
        reads("invoice", "in_1", { incomplete: ["lines"] }),
        reads("order", "cs_1", { incomplete: ["line_items"] }),
      );
  });

  it("knows each refund of a charge that no longer lists any", async () => {
    const refunds = ["re_1", "re_2"].map((id) => at(0, "refund.created", { ...REFUND, id, amount: 1500 }));
    await given()
      .when(...told("unlisted", [at(0, "charge.refunded", { ...CHARGE, amount_refunded: 3000 }), ...refunds]))
      .then(
        reads("payment", "pi_1", { state: { refunded: 3000, refunds: [{ id: "re_1" }, { id: "re_2" }] } }),
      );
  });
});

describe("pitfall 8: members are looked for where one API version has them", () => {
  const RENEWED = { ...SUBSCRIPTION, items: itemOf("price_basic", 1000, monthFrom(MONTH)) };
  const NOTED = { ...RENEWED, metadata: { renewed: "yes" } };

  /** "Adds support for billing subscription items by different periods": before, they shared the subscription's. */
  function beforeBasil(subscription: StripeObject): StripeObject {
    const [item = {}] = entries(subscription.items);
    const { current_period_start = null, current_period_end = null, ...rest } = item;
    return { ...subscription, current_period_start, current_period_end, items: listOf("", [rest]) };
  }

  const asItIs = (subscription: StripeObject) => subscription;

  it.each([
    ["all before basil", beforeBasil, beforeBasil],
    ["all since basil", asItIs, asItIs],
    ["from before and since basil", beforeBasil, asItIs],
  ])("renews a subscription by two events of one second, %s", async (_, first, second) => {
    const events = told("renewed", [
      at(0, "customer.subscription.created", first(SUBSCRIPTION)),
      at(MONTH, "customer.subscription.updated", first(RENEWED), first(SUBSCRIPTION)),
      at(MONTH, "customer.subscription.updated", second(NOTED), second(RENEWED)),
    ]);
    const renewed = { state: { items: [{ periodEnd: START + 2 * MONTH }], metadata: { renewed: "yes" } } };
    await inEveryOrder(
      events,
      reads("subscription", "sub_1", { tie: false, ...renewed }),
      access("cus_1", { granted: true, until: START + 2 * MONTH }),
    );
  });

  const { parent, ...rest } = INVOICE;

  it.each([
    [
      "before",
      [
        at(0, "invoice.paid", { ...rest, subscription: "sub_1", payment_intent: "pi_1", charge: "ch_1" }),
        at(0, "payment_intent.succeeded", { ...PAID_INTENT, invoice: "in_1" }),
      ],
    ],
    [
      "since",
      [
        at(0, "invoice.paid", { ...rest, parent: parent ?? null }),
        at(0, "payment_intent.succeeded", PAID_INTENT),
        at(0, "invoice_payment.paid", invoicePayment(0)),
      ],
    ],
  ])("knows what an invoice is for and which payment pays it, %s basil", async (_, moments) => {
    await inEveryOrder(
      told("invoiced", moments),
      reads("invoice", "in_1", { state: { subscription: "sub_1" } }),
      reads("payment", "pi_1", { status: "succeeded", state: { invoice: "in_1", paid: 1000 } }),
    );
  });
});

describe("pitfall 20: an id is needed that is null, a value that is filled in later", () => {
  const { id: _, ...nameless } = INVOICE;

  /** "The Invoice object", on `id`: a preview has none, or one that Stripe keeps nothing under. */
  it.each([
    ["without an id", nameless],
    ["with the id of a preview", { ...INVOICE, id: "upcoming_in_1" }],
  ])(
    "puts the upcoming invoices of two customers in their timelines, and nowhere else, %s",
    async (__, upcoming) => {
      const events = told("upcoming", [
        at(0, "invoice.upcoming", upcoming),
        at(0, "invoice.upcoming", { ...upcoming, customer: "cus_2" }),
      ]);
      await given()
        .when(...events)
        .then(outcomes("applied", "applied"), async ({ ports }) => {
          const { customerState, timeline } = readsOf(ports.memory);
          expect((await customerState("cus_2")).found).toEqual([]);
          expect((await timeline("cus_2")).found).toMatchObject([{ event: events[1]?.id, reason: "no-row" }]);
        });
    },
  );

  it("keeps what a later event of the same second fills in, whichever comes first", async () => {
    const pending = { object: "topup", id: "tu_1", status: "pending", balance_transaction: null };
    const settled = { ...pending, status: "succeeded", balance_transaction: "txn_1" };
    await inEveryOrder(
      told("filled", [at(0, "topup.created", pending), at(0, "topup.succeeded", settled)]),
      reads({ noun: "generic", object: "topup" }, "tu_1", { state: { balance_transaction: "txn_1" } }),
    );
    await inEveryOrder(
      told("settled", [
        at(0, "charge.succeeded", CHARGE),
        at(0, "charge.updated", { ...CHARGE, balance_transaction: "txn_1" }, CHARGE),
      ]),
      reads("payment", "pi_1", { tie: false, state: { paid: 3000, charges: [{ id: "ch_1" }] } }),
    );
  });

  it("moves the tickets of a session once, though its payment intent is only known when it is completed", async () => {
    const open = { ...SESSION, status: "open", payment_intent: null };
    const paid = { ...SESSION, payment_status: "paid" };
    await inEveryOrder(
      told("named_late", [
        at(0, "checkout.session.created", open),
        at(DAY, "checkout.session.completed", paid),
        at(DAY, "charge.succeeded", CHARGE),
      ]),
      stock("price_ticket", { sold: 3 }),
    );
  });
});
