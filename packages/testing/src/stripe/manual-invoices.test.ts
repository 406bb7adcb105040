import { describe, expect, it } from "vitest";
import { HOUR } from "./calendar.ts";
import { current, eventsOf, exampleShop, typesOf } from "./example.ts";

describe("an invoice item", () => {
  it("waits for the customer's next invoice, and is then a line of it", () => {
    const { stripe, customer, ticket } = exampleShop();
    const item = stripe.invoiceItems.create({ customer, price: ticket, quantity: 2 });
    const invoice = stripe.invoices.create({ customer, lines: [] });
    expect(current(stripe, "invoice", invoice)).toMatchObject({
      total: 9000,
      lines: { data: [{ parent: { invoice_item_details: { invoice_item: item } } }] },
    });
    expect(() => stripe.invoiceItems.delete(item)).toThrow("does not wait");
    expect(stripe.truth().find((row) => row.id === item)).toMatchObject({
      ...{ noun: "invoice-item", customer, deleted: false },
      state: { price: ticket, amount: 9000 },
    });
  });

  it("that is deleted comes to be on none", () => {
    const { stripe, customer, ticket } = exampleShop();
    const item = stripe.invoiceItems.create({ customer, price: ticket, quantity: 2 });
    expect(typesOf(stripe, () => stripe.invoiceItems.delete(item))).toEqual(["invoiceitem.deleted"]);
    expect(current(stripe, "invoice", stripe.invoices.create({ customer, lines: [] })).total).toBe(0);
    expect(stripe.truth().find((row) => row.id === item)).toMatchObject({ deleted: true });
  });
});

describe("an invoice that no subscription makes", () => {
  it("can be deleted while it is a draft, and no longer", () => {
    const { stripe, customer, ticket } = exampleShop();
    const lines = [{ price: ticket, quantity: 1 }];
    const [draft, open] = [0, 1].map(() => stripe.invoices.create({ customer, lines })) as [string, string];
    stripe.invoices.finalize(open);
    stripe.advance(HOUR);
    expect(typesOf(stripe, () => stripe.invoices.delete(draft))).toEqual(["invoice.deleted"]);
    expect(stripe.truth().find((row) => row.id === draft)).toMatchObject({ noun: "invoice", deleted: true });
    expect(() => stripe.invoices.delete(open)).toThrow("cannot be deleted");
    expect(() => stripe.invoices.finalize(draft)).toThrow(draft);
  });

  it("embeds ten of its twelve lines, and the truth says that it was cut", () => {
    const { stripe, customer, ticket } = exampleShop();
    const lines = Array.from({ length: 12 }, () => ({ price: ticket, quantity: 1 }));
    const [created] = eventsOf(stripe, () => stripe.invoices.create({ customer, lines }));
    expect(created?.data.object).toMatchObject({ lines: { has_more: true, total_count: 12 }, total: 54_000 });
    const row = stripe.truth().find(({ noun }) => noun === "invoice");
    expect(row?.state).toMatchObject({ incomplete: ["lines"], total: 54_000, due: 54_000, paid: 0 });
    expect(row?.state.lines).toHaveLength(10);
  });
});
