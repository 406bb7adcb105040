// A small shop to try the simulated Stripe on: two plans, a ticket, and one customer.
import type { StripeEvent, StripeObject } from "./event.ts";
import type { Options } from "./sandbox.ts";
import { type SimulatedStripe, simulateStripe } from "./simulate.ts";

export function exampleShop(options: Partial<Options> = {}) {
  const stripe = simulateStripe({ seed: 1, ...options });
  const product = stripe.products.create({ name: "Software" });
  const basic = stripe.prices.create({ product, unitAmount: 1000, interval: "month", nickname: "Basic" });
  const pro = stripe.prices.create({ product, unitAmount: 3000, interval: "month", nickname: "Pro" });
  const ticket = stripe.prices.create({ product, unitAmount: 4500 });
  const customer = stripe.customers.create({ email: "ada@example.com", name: "Ada" });
  return { stripe, product, basic, pro, ticket, customer };
}

/** The events that `run` leads to. */
export function eventsOf(stripe: SimulatedStripe, run: () => void): StripeEvent[] {
  const before = stripe.events.length;
  run();
  return stripe.events.slice(before);
}

/** The types of the events that `run` leads to. */
export function typesOf(stripe: SimulatedStripe, run: () => void): string[] {
  return eventsOf(stripe, run).map((event) => event.type);
}

/** The object as it is now, which must be there. */
export function current(stripe: SimulatedStripe, type: string, id: string): StripeObject {
  const object = stripe.retrieve(type, id);
  if (object === undefined) throw new Error(`There is no ${type} ${id}.`);
  return object;
}
