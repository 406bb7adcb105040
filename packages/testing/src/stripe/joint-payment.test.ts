import { describe, expect, it } from "vitest";
import { current, eventsOf, exampleShop } from "./example.ts";

function invoiced(options = {}) {
  const shop = exampleShop(options);
  const { stripe, customer, ticket } = shop;
  const invoice = (quantity: number) => {
    const id = stripe.invoices.create({ customer, lines: [{ price: ticket, quantity }] });
    stripe.invoices.finalize(id);
    return id;
  };
  const invoices = [invoice(1), invoice(2)];
  stripe.advance(60);
  return { ...shop, invoices };
}

describe("one payment for several invoices", () => {
  it("pays each of them, and each invoice payment says how much of it", () => {
    const { stripe, invoices } = invoiced();
    const events = eventsOf(stripe, () => stripe.invoices.payTogether(invoices));
    const told = events.filter(({ type }) => type === "invoice_payment.paid").map(({ data }) => data.object);
    expect(told.map(({ invoice, amount_paid }) => [invoice, amount_paid])).toEqual([
      [invoices[0], 4500],
      [invoices[1], 9000],
    ]);
    const [one, other] = told.map(({ payment }) => payment);
    expect(one).toEqual(other);
    for (const id of invoices) {
      expect(current(stripe, "invoice", id)).toMatchObject({ status: "paid", amount_remaining: 0 });
    }
    expect(stripe.ledger()).toEqual({ usd: { paid: 13500, refunded: 0, disputed: 0 } });
    expect(() => stripe.invoices.payTogether(invoices)).toThrow("open invoices");
  });

  it("replaces what was to pay them", () => {
    const { stripe, invoices } = invoiced();
    const types = eventsOf(stripe, () => stripe.invoices.payTogether(invoices)).map(({ type }) => type);
    expect(types.filter((type) => type === "payment_intent.canceled")).toHaveLength(2);
  });

  it("is for several invoices of one customer", () => {
    const { stripe, invoices } = invoiced();
    const [first = ""] = invoices;
    expect(() => stripe.invoices.payTogether([first, first])).toThrow("several");
    expect(() => stripe.invoices.payTogether([first])).toThrow("several");
  });
});
