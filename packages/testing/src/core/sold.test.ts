// Who reacts to facts alone knows what is sold: the lines of the orders told paid and not told refunded (D15).
import type { Fact } from "@stripe-lanes/core/facts";
import type { View } from "@stripe-lanes/core/view";
import { describe, expect, it } from "vitest";
import { seeded } from "../random.ts";
import { exampleShop } from "../stripe/example.ts";
import { always, sometimes } from "./histories.ts";
import { deliver, nothingTold, shuffledWithCopies, viewsOf } from "./simulated.ts";

/** Deliveries between two looks at the stock. */
const STEP = 10;

type Line = { price: string; quantity: number };
type Sale = { payment: string | null; lines: readonly Line[] };

describe("what is sold, by the facts of orders", () => {
  sometimes("goes back", ({ facts }) => facts.some(({ name }) => name === "order.refunded"));
  always("is what the stock says is sold", ({ facts, views }) => {
    expect(soldBy(facts)).toEqual(countsOf(soldIn(views)));
  });

  always("is so while the events come, too", async ({ events }, { seed }) => {
    const told = nothingTold();
    const random = seeded(seed);
    const deliveries = shuffledWithCopies(events, random);
    for (let from = 0; from < deliveries.length; from += STEP) {
      await deliver(deliveries.slice(from, from + STEP), random, told);
      expect(soldBy(told.facts)).toEqual(countsOf(soldIn(viewsOf(told.store))));
    }
  });

  always("is told of an order once, and again only where it was told refunded in between", ({ facts }) => {
    for (const order of salesIn(facts).keys()) {
      const paid = facts.filter(({ name, id }) => name === "order.paid" && id === order).length;
      const refunded = facts.filter(
        (fact) => fact.name === "order.refunded" && orderOf(fact) === order,
      ).length;
      expect(paid).toBeLessThanOrEqual(1 + refunded);
    }
  });
});

describe("a sale whose refund fails", () => {
  it("is sold, given back, sold again and given back, by the facts as by the stock", async () => {
    const { stripe, customer, product } = exampleShop();
    const price = stripe.prices.create({ product, unitAmount: 4500 });
    const order = stripe.checkout.create({ customer, lines: [{ price, quantity: 2 }] });
    stripe.checkout.complete(order);
    const of = String(stripe.retrieve("checkout.session", order)?.payment_intent);
    stripe.advance(60);
    stripe.refunds.fail(stripe.refunds.create({ of }));
    stripe.advance(60);
    stripe.refunds.create({ of });
    const told = nothingTold();
    const levels: (number | undefined)[] = [];
    for (const event of stripe.events) {
      await deliver([event], seeded(1), told);
      const sold = soldBy(told.facts);
      expect(sold).toEqual(countsOf(soldIn(viewsOf(told.store))));
      if (sold[price] !== levels.at(-1)) levels.push(sold[price]);
    }
    expect(levels).toEqual([2, undefined, 2, undefined]);
  });
});

/** By price. */
function soldBy(facts: readonly Fact[]): Record<string, number> {
  const sales = salesIn(facts);
  const refunded = refundedOrders(facts, sales);
  return countsOf([...sales].filter(([order]) => !refunded.has(order)).flatMap(([, { lines }]) => lines));
}

/** By order. */
function salesIn(facts: readonly Fact[]): Map<string, Sale> {
  return new Map(
    facts.flatMap((fact) => (fact.name === "order.paid" ? [[fact.id, fact.detail] as const] : [])),
  );
}

/** An order is refunded until it is told paid again, or a refund fails and leaves less than all of it returned. */
function refundedOrders(facts: readonly Fact[], sales: ReadonlyMap<string, Sale>): Set<string> {
  const [refunded, paid] = [new Set<string>(), new Set<string>()];
  for (const fact of facts) {
    if (fact.name === "order.refunded") refunded.add(orderOf(fact));
    if (isSoldAgain(fact) || (fact.name === "order.paid" && paid.has(fact.id))) refunded.delete(fact.id);
    if (fact.name === "order.paid") paid.add(fact.id);
    if (fact.name !== "payment.refund_failed" || fact.detail.refunded >= fact.detail.paid) continue;
    for (const [order, { payment }] of sales) if (payment === fact.id) refunded.delete(order);
  }
  return refunded;
}

/** Where an order's own row tells that its refund did not arrive. */
function isSoldAgain({ name }: { name: string }): boolean {
  return name === "order.refund_failed";
}

/** Told by the order's own row, or by its payment's, which names it. */
function orderOf({ id, detail }: Fact): string {
  const order: unknown = Reflect.get(detail, "order");
  return typeof order === "string" ? order : id;
}

function soldIn(views: readonly View[]): Line[] {
  return views.flatMap((view) =>
    view.noun === "stock" ? [{ price: view.id, quantity: view.state.sold }] : [],
  );
}

/** By price, without those of which there are none. */
function countsOf(lines: readonly Line[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { price, quantity } of lines) counts[price] = (counts[price] ?? 0) + quantity;
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}
