// One customer's life as Stripe tells it, in queue bodies: a weekly subscription, renewed for as long as is wanted.
import { DAY, HOUR } from "@stripe-lanes/testing/stripe/calendar";
import { simulateStripe } from "@stripe-lanes/testing/stripe/simulate";
import { bodyOf, filled } from "../workload.ts";
import { copiesOf } from "./copies.ts";

const SEED = 7;
const WEEK = 7 * DAY;

/** What the customer's first hour tells, after which they have a subscription with one paid invoice. */
export const BEGINNING = lifeOf(HOUR).length;

/** What each renewal tells: the notice before it, the invoice, its payment. */
export const RENEWAL = lifeOf(WEEK + 2 * HOUR).length - BEGINNING;

/** The first so many events in the life of each of the customers, who go by number. */
export function lives(customers: readonly number[], events: number): string[][] {
  const weeks = Math.ceil(Math.max(0, events - BEGINNING) / RENEWAL);
  return customers.map(copiesOf(lifeOf(weeks * WEEK + 2 * HOUR).slice(0, events)));
}

/** So many numbers of customers, each `apart` from the one before. */
export function numbered(count: number, first = 0, apart = 1): number[] {
  return Array.from({ length: count }, (_, n) => first + n * apart);
}

function lifeOf(seconds: number): string[] {
  const stripe = simulateStripe({ seed: SEED });
  const product = stripe.products.create({ name: "Software" });
  const price = stripe.prices.create({ product, unitAmount: 900, interval: "week" });
  const shop = stripe.events.length;
  const customer = stripe.customers.create({ email: "ada@example.com", name: "Ada" });
  stripe.subscriptions.create({ customer, items: [{ price }] });
  stripe.advance(seconds);
  return stripe.events.slice(shop).map((event) => bodyOf(filled(event)));
}
