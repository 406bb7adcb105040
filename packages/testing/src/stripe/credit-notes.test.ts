import { describe, expect, it } from "vitest";
import { HOUR } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";
import type { Options } from "./sandbox.ts";

function invoiced(options: Partial<Options> = {}) {
  const shop = exampleShop(options);
  const customer = shop.stripe.customers.create({ taxPercent: 20 });
  const invoice = shop.stripe.invoices.create({ customer, lines: [{ price: shop.ticket, quantity: 1 }] });
  shop.stripe.invoices.finalize(invoice);
  shop.stripe.advance(HOUR);
  return { ...shop, customer, invoice };
}

describe("a credit note", () => {
  it("on an open invoice lowers what is due, and what is then paid", () => {
    const { stripe, invoice } = invoiced();
    const events = eventsOf(stripe, () => stripe.creditNotes.create({ invoice, amount: 500 }));
    expect(events.map((event) => event.type)).toEqual(["credit_note.created", "invoice.updated"]);
    expect(events[0]?.data.object).toMatchObject({ type: "pre_payment", subtotal: 500, total: 600 });
    expect(events[1]?.data.previous_attributes).toMatchObject({ amount_due: 5400, amount_remaining: 5400 });
    stripe.invoices.pay(invoice);
    expect(current(stripe, "invoice", invoice)).toMatchObject({ amount_due: 4800, amount_paid: 4800 });
    expect(stripe.ledger()).toMatchObject({ usd: { paid: 4800 } });
  });

  it("can be voided while its invoice is open, and that owes all of it again", () => {
    const { stripe, invoice, customer } = invoiced();
    const id = stripe.creditNotes.create({ invoice, amount: 500, reason: "duplicate" });
    expect(typesOf(stripe, () => stripe.creditNotes.void(id))).toEqual([
      "credit_note.voided",
      "invoice.updated",
    ]);
    expect(current(stripe, "invoice", invoice)).toMatchObject({ amount_due: 5400 });
    expect(stripe.truth().find((row) => row.id === id)).toMatchObject({
      ...{ noun: "credit-note", customer, status: "void" },
      state: { invoice, subtotal: 500, total: 600, type: "pre_payment", reason: "duplicate" },
    });
    expect(() => stripe.creditNotes.void(id)).toThrow("cannot be voided");
  });

  it("on a paid invoice says what was given back, and cannot be voided", () => {
    const { stripe, invoice } = invoiced();
    stripe.invoices.pay(invoice);
    stripe.advance(HOUR);
    const id = stripe.creditNotes.create({ invoice, amount: 1000 });
    expect(current(stripe, "credit_note", id)).toMatchObject({
      type: "post_payment",
      post_payment_amount: 1200,
    });
    expect(current(stripe, "invoice", invoice)).toMatchObject({
      amount_paid: 5400,
      post_payment_credit_notes_amount: 1200,
    });
    expect(() => stripe.creditNotes.void(id)).toThrow("cannot be voided");
    stripe.advance(1);
    const [updated] = eventsOf(stripe, () => stripe.creditNotes.update(id, { memo: "Sorry" }));
    expect(updated).toMatchObject({
      type: "credit_note.updated",
      data: { previous_attributes: { memo: null } },
    });
  });

  it("cannot be worth as much as what is left", () => {
    const { stripe, invoice } = invoiced();
    expect(() => stripe.creditNotes.create({ invoice, amount: 4500 })).toThrow("cannot be credited");
  });

  it("has its taxes under the name of the version", () => {
    const of = (apiVersion: string) => {
      const { stripe, invoice } = invoiced({ apiVersion });
      return current(stripe, "credit_note", stripe.creditNotes.create({ invoice, amount: 500 }));
    };
    expect(of("2024-09-30.acacia")).toMatchObject({ tax_amounts: [{ amount: 100, inclusive: false }] });
    expect(of("2025-03-31.basil")).toMatchObject({
      total_taxes: [{ amount: 100, tax_behavior: "exclusive" }],
    });
  });
});
