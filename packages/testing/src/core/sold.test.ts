// Who reacts to facts alone knows what is sold: the lines of the orders told paid and not told refunded (D15).
import type { Fact } from "@stripe-lanes/core/facts";
import type { View } from "@stripe-lanes/core/view";
import { describe, expect } from "vitest";
import { always, sometimes } from "./histories.ts";

type Line = { price: string; quantity: number };
type Sale = { payment: string | null; lines: readonly Line[] };

describe("what is sold, by the facts of orders", () => {
  sometimes("goes back", ({ facts }) => facts.some(({ name }) => name === "order.refunded"));
  sometimes("is taken again, since a refund failed", ({ facts }) => {
    const sales = salesIn(facts);
    return refundedOrders(facts, new Map()).size > refundedOrders(facts, sales).size;
  });

  always("is what the stock says is sold", ({ facts, views }) => {
    expect(soldBy(facts)).toEqual(countsOf(soldIn(views)));
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
