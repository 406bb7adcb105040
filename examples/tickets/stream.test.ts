import type { Fact } from "@stripe-lanes/core/facts";
import { memoryStore } from "@stripe-lanes/core/memory";
import { givenWith } from "@stripe-lanes/testing/given";
import { simulateStripe } from "@stripe-lanes/testing/stripe/simulate";
import { expect, it } from "vitest";
import { recordsBetween } from "./fixtures/concert.ts";
import { onFacts } from "./stream.ts";

const DAY = 24 * 60 * 60;

/** The facts of a subscription that became past due, as a stream tells them that brings it so much later. */
async function factsOfPastDue(later: number): Promise<Fact["name"][]> {
  const stripe = simulateStripe({ seed: 1 });
  const product = stripe.products.create({ name: "Club" });
  const price = stripe.prices.create({ product, unitAmount: 1_000, interval: "month" });
  const customer = stripe.customers.create({});
  stripe.subscriptions.create({ customer, items: [{ price }] });
  stripe.customers.setCard(customer, "declined");
  stripe.advance(31 * DAY);
  const store = memoryStore();
  await givenWith({ store })()
    .when(...stripe.events.map((event) => JSON.stringify(event)))
    .then();
  const names: Fact["name"][] = [];
  const Records = recordsBetween([], store.items(), stripe.now() + later);
  await onFacts(async ({ name }) => void names.push(name))({ Records });
  return names;
}

it("goes by the second of each change, which access depends on", async () => {
  expect(await factsOfPastDue(0)).toContain("access.granted");
  expect(await factsOfPastDue(30 * DAY)).not.toContain("access.granted");
});
