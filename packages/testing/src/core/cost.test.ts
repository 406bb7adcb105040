import { handleBatch } from "@stripe-lanes/core/batch";
import { beforeAll, describe, expect, it } from "vitest";
import { messagesOf } from "../events.ts";
import { openTable } from "../open-table.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { DAY } from "../stripe/calendar.ts";
import type { StripeEvent } from "../stripe/event.ts";
import { simulateStripe } from "../stripe/simulate.ts";

/** A customer with a monthly subscription, from sign-up through a note to its first renewal. */
function subscribed(): StripeEvent[] {
  const stripe = simulateStripe({ seed: 1 });
  const product = stripe.products.create({ name: "Plan" });
  const price = stripe.prices.create({ product, unitAmount: 1000, interval: "month" });
  const customer = stripe.customers.create({ name: "Ada", email: "ada@example.com", card: "accepted" });
  const id = stripe.subscriptions.create({ customer, items: [{ price, quantity: 1 }] });
  stripe.advance(DAY);
  stripe.subscriptions.update(id, { metadata: { seat: "4A" } });
  stripe.advance(31 * DAY);
  return stripe.events;
}

type Cost = { type: string; writeUnits: number; requests: number };

/** What each event costs on DynamoDB when it comes alone. */
async function costsOf(events: StripeEvent[]): Promise<Cost[]> {
  const { store, database, close } = await openTable();
  const ports = { ...testPorts(), store };
  const costs: Cost[] = [];
  for (const event of events) {
    database.resetMetrics();
    await handleBatch(messagesOf(JSON.stringify(event)), ports, TEST_OPTIONS);
    const { writeUnits, requests } = database.metrics();
    costs.push({
      type: event.type,
      writeUnits,
      requests: Object.values(requests).reduce((sum, n) => sum + n, 0),
    });
  }
  await close();
  return costs;
}

describe("what an event costs", () => {
  let costs: Cost[];
  const of = (type: string) => costs.filter((cost) => cost.type === type).map(({ writeUnits }) => writeUnits);

  beforeAll(async () => {
    costs = await costsOf(subscribed());
  });

  it("is two requests, whatever it contributes to (D5)", () => {
    expect(costs.map(({ requests }) => requests)).toEqual(costs.map(() => 2));
  });

  it("is two write units for the ledger where there is no row, and two more for the row", () => {
    expect(of("invoice.upcoming")).toEqual([2]);
    expect(of("product.created")).toEqual([4]);
  });

  it("is four write units for an ordinary update of a subscription (D13)", () => {
    expect(updates().note).toBe(4);
  });

  it("is four write units for what is told of a payment whose row is there, and two more for another status", () => {
    expect(of("payment_intent.succeeded")).toEqual([4, 4]);
  });

  it("is one more where the object has no row of its own, so that an index entry finds its events", () => {
    expect(of("charge.succeeded")).toEqual([7, 7]);
  });

  it("is six where it changes the customer's profile, and two more where the index lists another status", () => {
    expect(updates().renewal).toBe(6);
    expect(updates().activation).toBe(8);
  });

  /** In the order in which they happened. */
  function updates() {
    const [activation, note, renewal] = of("customer.subscription.updated");
    return { activation, note, renewal };
  }
});
