import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

function disputed(params = {}) {
  const shop = exampleShop();
  const { stripe, customer } = shop;
  const payment = stripe.paymentIntents.create({ customer, amount: 1000 });
  stripe.advance(DAY);
  let id = "";
  const events = eventsOf(stripe, () => {
    id = stripe.disputes.open({ of: payment, ...params });
  });
  stripe.advance(DAY);
  const held = () => stripe.ledger().usd?.disputed;
  const charge = () => current(stripe, "charge", String(current(stripe, "dispute", id).charge));
  return { ...shop, payment, id, events, held, charge };
}

describe("a dispute", () => {
  it("withdraws the money at once, and shows on the charge", () => {
    const { events, held, charge, id } = disputed();
    expect(events.map((event) => event.type)).toEqual([
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.updated",
    ]);
    expect(events[1]?.data.object).toMatchObject({
      status: "needs_response",
      amount: 1000,
      balance_transactions: [{ amount: -1000 }],
      evidence_details: { has_evidence: false, submission_count: 0 },
    });
    expect(events[2]?.data.previous_attributes).toEqual({ dispute: null, disputed: false });
    expect(charge()).toMatchObject({ disputed: true, dispute: id });
    expect(held()).toBe(1000);
  });

  it("is under review once there is evidence", () => {
    const { stripe, id } = disputed();
    const [updated] = eventsOf(stripe, () => stripe.disputes.submit(id));
    expect(updated).toMatchObject({
      type: "charge.dispute.updated",
      data: { object: { status: "under_review" }, previous_attributes: { status: "needs_response" } },
    });
    expect(() => stripe.disputes.submit(id)).toThrow("under_review");
  });

  it("that is won gives the money back", () => {
    const { stripe, id, held } = disputed();
    stripe.disputes.submit(id);
    stripe.advance(DAY);
    const types = typesOf(stripe, () => stripe.disputes.close(id, "won"));
    expect(types).toEqual(["charge.dispute.closed", "charge.dispute.funds_reinstated"]);
    expect(current(stripe, "dispute", id)).toMatchObject({
      status: "won",
      balance_transactions: [{ amount: -1000 }, { amount: 1000 }],
    });
    expect(held()).toBe(0);
  });

  it("that is lost keeps it, and is closed for good", () => {
    const { stripe, id, held } = disputed({ amount: 400 });
    expect(typesOf(stripe, () => stripe.disputes.close(id, "lost"))).toEqual(["charge.dispute.closed"]);
    expect(held()).toBe(400);
    expect(() => stripe.disputes.close(id, "won")).toThrow("lost");
  });

  it("of all that was paid, a part of which was refunded, takes the rest when it is lost", () => {
    const { stripe, customer } = exampleShop();
    const payment = stripe.paymentIntents.create({ customer, amount: 1000 });
    stripe.refunds.create({ of: payment, amount: 400 });
    stripe.advance(DAY);
    const id = stripe.disputes.open({ of: payment });
    expect(current(stripe, "dispute", id)).toMatchObject({ amount: 1000 });
    expect(stripe.ledger().usd).toEqual({ paid: 1000, refunded: 400, disputed: 600 });
    stripe.advance(DAY);
    const types = typesOf(stripe, () => stripe.disputes.close(id, "lost"));
    expect(types).toEqual(["charge.dispute.closed", "charge.dispute.funds_reinstated"]);
    expect(current(stripe, "dispute", id)).toMatchObject({
      ...{ amount: 1000, status: "lost" },
      balance_transactions: [{ amount: -1000 }, { amount: 400 }],
    });
    expect(stripe.ledger().usd).toEqual({ paid: 1000, refunded: 400, disputed: 600 });
  });

  it("can be given back in part, whoever wins", () => {
    for (const outcome of ["won", "lost"] as const) {
      const { stripe, id, held } = disputed();
      expect(() => stripe.disputes.close(id, outcome, 1001)).toThrow(RangeError);
      stripe.disputes.close(id, outcome, 300);
      expect(current(stripe, "dispute", id).status).toBe(outcome);
      expect(held()).toBe(700);
    }
  });

  it("is withdrawn in the currency that the account is paid out in", () => {
    const shop = exampleShop({ settlement: { currency: "eur", rate: 0.9 } });
    const { stripe, customer } = shop;
    const payment = stripe.paymentIntents.create({ customer, amount: 1005 });
    const id = stripe.disputes.open({ of: payment });
    const transaction = { amount: -905, currency: "eur", exchange_rate: 0.9 };
    const dispute = { amount: 1005, currency: "usd", balance_transactions: [transaction] };
    expect(current(stripe, "dispute", id)).toMatchObject(dispute);
    stripe.advance(DAY);
    stripe.disputes.close(id, "won");
    const back = { balance_transactions: [{ amount: -905 }, { amount: 905 }] };
    expect(current(stripe, "dispute", id)).toMatchObject(back);
    expect(stripe.ledger()).toEqual({ usd: { paid: 1005, refunded: 0, disputed: 0 } });
  });

  it("is not opened twice, nor of what was never captured", () => {
    const { stripe, customer, payment } = disputed();
    expect(() => stripe.disputes.open({ of: payment })).toThrow("cannot be disputed");
    const other = stripe.paymentIntents.create({ customer, amount: 10, capture: "manual" });
    expect(() => stripe.disputes.open({ of: other })).toThrow("cannot be disputed");
  });
});

describe("an inquiry", () => {
  it("takes no money, and is closed without a winner", () => {
    const { stripe, id, events, held } = disputed({ inquiry: true });
    expect(events.map((event) => event.type)).toEqual(["charge.dispute.created", "charge.updated"]);
    stripe.disputes.submit(id);
    expect(current(stripe, "dispute", id).status).toBe("warning_under_review");
    stripe.advance(DAY);
    expect(typesOf(stripe, () => stripe.disputes.close(id, "won"))).toEqual(["charge.dispute.closed"]);
    expect(current(stripe, "dispute", id)).toMatchObject({
      status: "warning_closed",
      balance_transactions: [],
    });
    expect(held()).toBe(0);
  });

  it("that escalates becomes a dispute like others", () => {
    const { stripe, id, held } = disputed({ inquiry: true });
    expect(typesOf(stripe, () => stripe.disputes.escalate(id))).toEqual([
      "charge.dispute.updated",
      "charge.dispute.funds_withdrawn",
    ]);
    expect(current(stripe, "dispute", id).status).toBe("needs_response");
    expect(held()).toBe(1000);
    expect(() => stripe.disputes.escalate(id)).toThrow("needs_response");
  });
});
