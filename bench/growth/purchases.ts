// Customers who all buy of the same price: each purchase moves the same stock row.
import { type Key, partition } from "@stripe-lanes/core/keys";
import { STOCK } from "@stripe-lanes/core/nouns/stock";
import { simulateStripe } from "@stripe-lanes/testing/stripe/simulate";
import { bodyOf, filled } from "../workload.ts";
import { copiesOf } from "./copies.ts";

/** What one purchase tells: a customer, their payment, its charge, and the session that sold the tickets. */
export const PURCHASE = 5;
/** How many tickets it buys: one purchase this many, the next one that many. */
const QUANTITIES = [1, 2, 3];

export type Purchases = {
  /** In the order they were sent, a purchase's events together. */
  bodies: string[];
  /** How many tickets they buy in all. */
  tickets: number;
};

/** So many purchases; `first` numbers the first one, and no two of a number are the same. */
export function purchases(count: number, first = 0): Purchases {
  const { ofQuantity } = shop();
  const numbered = Array.from({ length: count }, (_, n) => ({
    quantity: QUANTITIES[n % QUANTITIES.length] ?? 1,
    n: first + n,
  }));
  return {
    bodies: numbered.flatMap(({ quantity, n }) => ofQuantity.get(quantity)?.(n) ?? []),
    tickets: numbered.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

/** The key of the row that they all move. */
export function stockKey(tenant: string): Key {
  return { pk: partition(tenant, shop().price), sk: STOCK };
}

function shop() {
  const stripe = simulateStripe({ seed: 3 });
  const product = stripe.products.create({ name: "Concert" });
  const price = stripe.prices.create({ product, unitAmount: 4500 });
  const told = QUANTITIES.map((quantity) => [quantity, copiesOf(purchase(stripe, price, quantity))] as const);
  return { price, ofQuantity: new Map(told) };
}

function purchase(stripe: ReturnType<typeof simulateStripe>, price: string, quantity: number): string[] {
  const before = stripe.events.length;
  const customer = stripe.customers.create({ email: "ada@example.com" });
  stripe.checkout.complete(stripe.checkout.create({ customer, lines: [{ price, quantity }] }));
  return stripe.events.slice(before).map((event) => bodyOf(filled(event)));
}
