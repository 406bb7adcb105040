import { describe, expect, it } from "vitest";
import { exampleShop } from "../example.ts";

function accountsIn({ stripe }: ReturnType<typeof exampleShop>) {
  return stripe.truth().filter(({ noun }) => noun === "customer-account");
}

describe("the account that a customer is", () => {
  it("is known as that customer", () => {
    const shop = exampleShop({ accountsAsCustomers: true });
    const { customer } = shop;
    expect(accountsIn(shop)).toMatchObject([
      { id: customer.replace("cus_", "acct_1"), customer, status: null, state: { customers: [customer] } },
    ]);
  });

  it("is not known any more by a customer who is gone, but by what they subscribed to", () => {
    const shop = exampleShop({ accountsAsCustomers: true });
    const { stripe, customer, basic } = shop;
    const other = stripe.customers.create({ email: "bob@example.com", name: "Bob" });
    stripe.subscriptions.create({ customer, items: [{ price: basic }] });
    for (const id of [customer, other]) stripe.customers.delete(id);
    expect(accountsIn(shop)).toMatchObject([{ customer }]);
  });

  it("has no row where customers are no accounts", () => {
    expect(accountsIn(exampleShop())).toEqual([]);
  });
});
