import { describe, expect, it } from "vitest";
import { DAY } from "../calendar.ts";
import { current, exampleShop } from "../example.ts";

function shopWith(options = {}) {
  const shop = exampleShop(options);
  const { stripe } = shop;
  const row = (id: string) => stripe.truth().find((one) => one.noun === "payment" && one.id === id);
  const chargeOf = (id: string) => String(current(stripe, "payment_intent", id).latest_charge);
  return { ...shop, row, chargeOf };
}

describe("a payment's row", () => {
  it("has what was tried, paid, returned and disputed, each by its id", () => {
    const { stripe, customer, row, chargeOf } = shopWith();
    stripe.customers.setCard(customer, "declined");
    const id = stripe.paymentIntents.create({ customer, amount: 1000 });
    const first = chargeOf(id);
    expect(row(id)).toMatchObject({
      status: "requires_payment_method",
      state: { paid: 0, failure: "insufficient_funds", latestCharge: first },
    });
    stripe.customers.setCard(customer, "accepted");
    stripe.paymentIntents.confirm(id);
    stripe.advance(DAY);
    const second = chargeOf(id);
    const refund = stripe.refunds.create({ of: id, amount: 300 });
    const dispute = stripe.disputes.open({ of: id, amount: 500 });
    expect(row(id)).toEqual({
      noun: "payment",
      id,
      customer,
      status: "succeeded",
      deleted: false,
      state: {
        ...{ status: "succeeded", customer, currency: "usd", amount: 1000 },
        ...{ paid: 1000, refunded: 300, disputed: 500 },
        ...{ invoice: null, invoices: [], latestCharge: second, failure: null, metadata: {}, orders: [] },
        charges: [
          { id: first, status: "failed", amount: 1000, captured: 0, refunded: 0 },
          { id: second, status: "succeeded", amount: 1000, captured: 1000, refunded: 300 },
        ].sort((one, other) => (one.id < other.id ? -1 : 1)),
        refunds: [{ id: refund, status: "succeeded", amount: 300, charge: second }],
        disputes: [{ id: dispute, status: "needs_response", amount: 500, charge: second }],
      },
    });
  });

  it("counts no refund that failed, and no dispute that was won", () => {
    const { stripe, customer, row } = shopWith();
    const id = stripe.paymentIntents.create({ customer, amount: 1000 });
    const failing = stripe.refunds.create({ of: id, amount: 400 });
    stripe.refunds.create({ of: id, amount: 100 });
    stripe.refunds.fail(failing);
    const dispute = stripe.disputes.open({ of: id, amount: 900 });
    stripe.disputes.close(dispute, "won");
    expect(row(id)?.state).toMatchObject({ paid: 1000, refunded: 100, disputed: 0 });
  });

  it("never has more returned than was captured", () => {
    const { stripe, customer, row } = shopWith();
    const [part, none] = [1, 2].map(() =>
      stripe.paymentIntents.create({ customer, amount: 1000, capture: "manual" }),
    ) as [string, string];
    stripe.paymentIntents.capture(part, 400);
    stripe.paymentIntents.cancel(none);
    expect(row(part)?.state).toMatchObject({ paid: 400, refunded: 0, charges: [{ refunded: 600 }] });
    expect(row(none)?.state).toMatchObject({ paid: 0, refunded: 0, charges: [{ refunded: 1000 }] });
    stripe.refunds.create({ of: part, amount: 150 });
    expect(row(part)?.state).toMatchObject({ paid: 400, refunded: 150 });
  });

  it("names its invoice in every version, whichever object tells it", () => {
    for (const apiVersion of ["2024-09-30.acacia", "2025-03-31.basil"]) {
      const { stripe, customer, basic } = shopWith({ apiVersion });
      stripe.subscriptions.create({ customer, items: [{ price: basic }] });
      const invoice = stripe.events.find(({ type }) => type === "invoice.paid")?.data.object.id;
      const payments = stripe.truth().filter(({ noun }) => noun === "payment");
      expect(payments.map(({ state }) => state.invoice)).toEqual([invoice]);
      expect(payments.map(({ state }) => state.invoices)).toEqual([[invoice]]);
    }
  });

  it("names all invoices that it pays, in ascending order", () => {
    const { stripe, customer, ticket, row } = shopWith();
    const invoices = [1, 2, 3].map((quantity) => {
      const id = stripe.invoices.create({ customer, lines: [{ price: ticket, quantity }] });
      stripe.invoices.finalize(id);
      return id;
    });
    const id = stripe.invoices.payTogether(invoices);
    const [first] = invoices.toSorted();
    expect(row(id)?.state).toMatchObject({ paid: 27000, invoice: first, invoices: invoices.toSorted() });
  });

  it("is a hold until something is captured, and canceled once it was let go", () => {
    const { stripe, customer, row, chargeOf } = shopWith();
    const hold = () => stripe.paymentIntents.create({ customer, amount: 1000, capture: "manual" });
    const [some, none] = [hold(), hold()];
    expect(row(some)).toMatchObject({ status: "requires_capture", state: { paid: 0, refunded: 0 } });
    expect(row(some)?.state.charges).toMatchObject([{ status: "requires_capture" }]);
    stripe.paymentIntents.capture(some, 300, "some");
    expect(row(some)).toMatchObject({ status: "succeeded", state: { paid: 300 } });
    stripe.paymentIntents.expire(none);
    expect(row(none)).toMatchObject({ status: "canceled", state: { paid: 0, refunded: 0 } });
    expect(row(none)?.state.charges).toMatchObject([{ id: chargeOf(none), status: "canceled" }]);
  });

  it("is the same of a charge without an intent", () => {
    const { stripe, customer, row } = shopWith();
    const hold = () => stripe.charges.create({ customer, amount: 1000, capture: false });
    const [some, none] = [hold(), hold()];
    expect(row(some)).toMatchObject({ status: "requires_capture", state: { paid: 0 } });
    stripe.charges.capture(some, 300);
    expect(row(some)).toMatchObject({ status: "succeeded", state: { paid: 300, refunded: 0 } });
    stripe.charges.release(none);
    expect(row(none)).toMatchObject({ status: "canceled", state: { paid: 0, refunded: 0 } });
  });

  it("never has more refunded and disputed than was paid", () => {
    const { stripe, customer, row } = shopWith();
    const id = stripe.paymentIntents.create({ customer, amount: 1000 });
    const refund = stripe.refunds.create({ of: id, amount: 400 });
    stripe.advance(DAY);
    const dispute = stripe.disputes.open({ of: id });
    expect(row(id)?.state).toMatchObject({ paid: 1000, refunded: 400, disputed: 600 });
    stripe.disputes.close(dispute, "lost");
    expect(row(id)?.state).toMatchObject({ refunded: 400, disputed: 600 });
    stripe.refunds.fail(refund);
    expect(row(id)?.state).toMatchObject({ refunded: 0, disputed: 600 });
  });

  it("counts all of a dispute that gave a part back in another currency", () => {
    const { stripe, customer, row } = shopWith({ settlement: { currency: "eur", rate: 0.9 } });
    const id = stripe.paymentIntents.create({ customer, amount: 1000 });
    const dispute = stripe.disputes.open({ of: id });
    stripe.disputes.close(dispute, "lost", 300);
    expect(row(id)?.state).toMatchObject({ disputed: 1000 });
    expect(stripe.truth().find((one) => one.id === dispute)?.state).toMatchObject({ doubt: true });
  });

  it("names the order that it pays", () => {
    const { stripe, customer, ticket, row } = shopWith();
    const lines = [{ price: ticket, quantity: 2 }];
    const order = stripe.checkout.create({ customer, lines });
    stripe.checkout.complete(order, "later");
    const id = String(current(stripe, "checkout.session", order).payment_intent);
    expect(row(id)?.state.orders).toEqual([{ id: order, status: "unpaid" }]);
  });
});

describe("the rows of what comes back", () => {
  it("name their payment, and of the two a refund alone its customer", () => {
    const { stripe, customer } = shopWith();
    const payment = stripe.paymentIntents.create({ customer, amount: 1000 });
    const refund = stripe.refunds.create({ of: payment, amount: 300, reason: "duplicate" });
    const evidenceDueBy = stripe.now() + 8 * DAY;
    stripe.advance(DAY);
    const dispute = stripe.disputes.open({ of: payment, amount: 700 });
    const find = (id: string) => stripe.truth().find((row) => row.id === id);
    const shared = { customer: null, deleted: false };
    expect(find(refund)).toMatchObject({
      ...{ ...shared, customer, noun: "refund", status: "succeeded" },
      state: { payment, amount: 300, currency: "usd", reason: "duplicate", failureReason: null },
    });
    expect(find(dispute)).toMatchObject({
      ...{ ...shared, noun: "dispute", status: "needs_response" },
      state: { payment, amount: 700, reason: "fraudulent", evidenceDueBy },
    });
  });
});
