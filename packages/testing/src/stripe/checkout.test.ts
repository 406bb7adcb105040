import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

function ordered(options = {}) {
  const shop = exampleShop(options);
  const { stripe, customer, ticket } = shop;
  const id = stripe.checkout.create({ customer, lines: [{ price: ticket, quantity: 2 }] });
  const status = () => stripe.truth().find((row) => row.noun === "order" && row.id === id)?.status;
  const stock = () => stripe.truth().find((row) => row.noun === "stock" && row.id === ticket)?.state;
  return { ...shop, id, status, stock };
}

describe("a Checkout session", () => {
  it("is created without an event, and not in the truth before one", () => {
    const { stripe, id, status } = ordered();
    expect(stripe.events.some((event) => event.data.object.id === id)).toBe(false);
    expect(status()).toBeUndefined();
  });

  it("is paid at once, and has sold its lines", () => {
    const { stripe, id, status, stock } = ordered();
    const events = eventsOf(stripe, () => stripe.checkout.complete(id));
    expect(events.map((event) => event.type)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    expect(events.at(-1)?.data.object).toMatchObject({
      status: "complete",
      payment_status: "paid",
      amount_total: 9000,
    });
    expect(status()).toBe("paid");
    expect(stock()).toMatchObject({ sold: 2, reserved: 0 });
  });

  it("tells its lines by metadata only", () => {
    const { stripe, id, ticket, basic } = ordered();
    stripe.checkout.complete(id);
    expect(current(stripe, "checkout.session", id).metadata).toEqual({ price_id: ticket, quantity: "2" });
    const lines = [
      { price: ticket, quantity: 1 },
      { price: basic, quantity: 3 },
    ];
    const other = stripe.checkout.create({ email: "guest@example.com", lines, metadata: { seat: "A1" } });
    const session = current(stripe, "checkout.session", other);
    expect(session.metadata).toEqual({ seat: "A1", lines: JSON.stringify(lines) });
    expect(session).toMatchObject({ customer: null, customer_email: "guest@example.com" });
    expect(session).not.toHaveProperty("line_items");
  });

  it("needs no payment when it costs nothing", () => {
    const { stripe, product } = ordered();
    const free = stripe.prices.create({ product, unitAmount: 0 });
    const id = stripe.checkout.create({ lines: [{ price: free, quantity: 1 }] });
    expect(typesOf(stripe, () => stripe.checkout.complete(id))).toEqual(["checkout.session.completed"]);
    const row = stripe.truth().find((one) => one.id === id);
    expect(row).toMatchObject({ status: "paid", state: { total: 0, paymentIntent: null } });
  });

  it("that is paid later reserves its lines until the payment succeeds", () => {
    const { stripe, id, status, stock } = ordered();
    const types = typesOf(stripe, () => stripe.checkout.complete(id, "later"));
    expect(types).toEqual([
      "payment_intent.created",
      "charge.pending",
      "payment_intent.processing",
      "checkout.session.completed",
    ]);
    expect(status()).toBe("unpaid");
    expect(stock()).toMatchObject({ sold: 0, reserved: 2 });
    stripe.advance(2 * DAY);
    const later = typesOf(stripe, () => stripe.checkout.settle(id, "succeeds"));
    expect(later).toEqual([
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.async_payment_succeeded",
    ]);
    expect(status()).toBe("paid");
    expect(stock()).toMatchObject({ sold: 2, reserved: 0 });
  });

  it("that is paid later and fails releases its lines, though the session looks as before", () => {
    const { stripe, id, status, stock } = ordered();
    const [completed] = eventsOf(stripe, () => stripe.checkout.complete(id, "later")).slice(-1);
    stripe.advance(DAY);
    const events = eventsOf(stripe, () => stripe.checkout.settle(id, "fails"));
    expect(events.map((event) => event.type)).toEqual([
      "charge.failed",
      "payment_intent.payment_failed",
      "checkout.session.async_payment_failed",
    ]);
    expect(events.at(-1)?.data.object).toEqual(completed?.data.object);
    expect([status(), stock()]).toEqual(["failed", undefined]);
    expect(() => stripe.checkout.settle(id, "succeeds")).toThrow("not processing");
  });

  it("that nobody finishes expires after a day, and counts nowhere", () => {
    const { stripe, id, status, stock } = ordered();
    stripe.advance(DAY - 1);
    expect(current(stripe, "checkout.session", id).status).toBe("open");
    expect(typesOf(stripe, () => stripe.advance(1))).toEqual(["checkout.session.expired"]);
    expect([status(), stock()]).toEqual(["expired", undefined]);
    expect(() => stripe.checkout.complete(id)).toThrow("expired");
  });

  it("expires when asked, once", () => {
    const { stripe, id } = ordered();
    stripe.checkout.expire(id);
    expect(typesOf(stripe, () => stripe.advance(2 * DAY))).toEqual([]);
  });

  it("had its payment intent from the beginning, before 2022-08-01", () => {
    const { stripe, id } = ordered({ apiVersion: "2020-08-27" });
    const { payment_intent: intent } = current(stripe, "checkout.session", id);
    expect(stripe.events.at(-1)).toMatchObject({
      type: "payment_intent.created",
      data: { object: { id: intent } },
    });
    const types = typesOf(stripe, () => stripe.checkout.expire(id));
    expect(types).toEqual(["payment_intent.canceled", "checkout.session.expired"]);
  });

  it("makes a customer of a guest who asks for it, and the payment theirs, which had none", () => {
    const { stripe, ticket } = ordered();
    const lines = [{ price: ticket, quantity: 1 }];
    const guest = { email: "guest@example.com", customerCreation: "always" } as const;
    const id = stripe.checkout.create({ ...guest, lines });
    const events = eventsOf(stripe, () => stripe.checkout.complete(id));
    expect(events.map(({ type, data }) => [type, typeof data.object.customer])).toEqual([
      ["payment_intent.created", "object"],
      ["customer.created", "undefined"],
      ["charge.succeeded", "string"],
      ["payment_intent.succeeded", "string"],
      ["checkout.session.completed", "string"],
    ]);
    const customer = events[1]?.data.object.id;
    expect(events.slice(2).every(({ data }) => data.object.customer === customer)).toBe(true);
    const rows = stripe.truth().filter(({ noun }) => noun === "payment" || noun === "order");
    expect(rows.map((row) => row.customer)).toEqual([customer, customer]);
  });

  it("leaves a guest a guest who does not", () => {
    const { stripe, ticket } = ordered();
    const id = stripe.checkout.create({
      email: "guest@example.com",
      lines: [{ price: ticket, quantity: 1 }],
    });
    expect(typesOf(stripe, () => stripe.checkout.complete(id))).not.toContain("customer.created");
    expect(current(stripe, "checkout.session", id)).toMatchObject({ customer_creation: "if_required" });
  });

  it("is a live one in live mode", () => {
    const { id, stripe } = ordered({ livemode: true });
    expect(id).toMatch(/^cs_live_/);
    expect(stripe.events.every((event) => event.livemode && event.data.object.livemode !== false)).toBe(true);
  });
});

describe("a Checkout session of which the money is only held", () => {
  function held(options = {}) {
    const shop = exampleShop(options);
    const { stripe, customer, ticket } = shop;
    const lines = [{ price: ticket, quantity: 2 }];
    const id = stripe.checkout.create({ customer, lines, capture: "manual" });
    const types = typesOf(stripe, () => stripe.checkout.complete(id));
    const payment = String(current(stripe, "checkout.session", id).payment_intent);
    stripe.advance(60);
    return { ...shop, id, payment, types };
  }

  it("is complete and not paid", () => {
    const { stripe, id, payment, types } = held();
    expect(types).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.amount_capturable_updated",
      "checkout.session.completed",
    ]);
    const session = { status: "complete", payment_status: "unpaid" };
    expect(current(stripe, "checkout.session", id)).toMatchObject(session);
    const intent = { status: "requires_capture", capture_method: "manual", amount_capturable: 9000 };
    expect(current(stripe, "payment_intent", payment)).toMatchObject(intent);
  });

  it("is captured or let go later, of which none of its events tells", () => {
    for (const apiVersion of ["2020-08-27", undefined]) {
      for (const end of ["capture", "cancel", "expire"] as const) {
        const { stripe, payment } = held(apiVersion === undefined ? {} : { apiVersion });
        const types = typesOf(stripe, () => stripe.paymentIntents[end](payment));
        expect(types.length).toBe(2);
        expect(types.filter((type) => type.startsWith("checkout."))).toEqual([]);
      }
    }
  });
});

describe("a Checkout session whose bank debit failed", () => {
  it("can be paid with a card after all, of which none of its events tells", () => {
    const { stripe, id } = ordered();
    stripe.checkout.complete(id, "later");
    expect(() => stripe.checkout.payFailed(id)).toThrow("did not fail");
    stripe.advance(DAY);
    stripe.checkout.settle(id, "fails");
    stripe.advance(60);
    const types = typesOf(stripe, () => stripe.checkout.payFailed(id));
    expect(types).toEqual(["charge.succeeded", "payment_intent.succeeded"]);
    expect(stripe.ledger()).toMatchObject({ usd: { paid: 9000 } });
    expect(() => stripe.checkout.payFailed(id)).toThrow("succeeded");
  });
});
