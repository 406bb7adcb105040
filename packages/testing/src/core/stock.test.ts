// Stock adds up in the end: what was paid is sold, what went back is free, and what is sold twice is seen.
import type { Fact } from "@stripe-lanes/core/facts";
import type { View } from "@stripe-lanes/core/view";
import { describe, expect, it } from "vitest";
import { seeded } from "../random.ts";
import { exampleShop } from "../stripe/example.ts";
import type { SimulatedStripe } from "../stripe/simulate.ts";
import { always, IS_LONG, sometimes, viewsIn } from "./histories.ts";
import { deliver, nothingTold, shuffledWithCopies, viewsOf } from "./simulated.ts";

describe("stock, however it is told", () => {
  sometimes("is oversold", ({ views }) => stockIn(views).some(({ oversold }) => oversold > 0));
  sometimes("is reserved", ({ views }) => stockIn(views).some(({ reserved }) => reserved > 0));

  always("is what the paid orders sold, less those whose payment went back whole", ({ views }) => {
    const sold = stockIn(views).filter(({ sold }) => sold !== 0);
    expect(new Map(sold.map(({ price, sold }) => [price, sold]))).toEqual(soldOf(views));
  });

  always("is oversold by what was sold past the capacity, which was told", ({ views, facts }) => {
    for (const { price, sold, capacity, oversold } of stockIn(views)) {
      expect(oversold).toBe(capacity === null ? 0 : Math.max(0, sold - capacity));
      expect(oversold).toBeLessThanOrEqual(toldOversold(facts, price));
    }
  });
});

/** The third of them is one more than there are; a fourth order only reserves. */
function threeSales() {
  const { stripe, customer, product } = exampleShop();
  const price = stripe.prices.create({ product, unitAmount: 4500, metadata: { capacity: "2" } });
  const order = (paying: "now" | "later") => {
    const id = stripe.checkout.create({ customer, lines: [{ price, quantity: 1 }] });
    stripe.advance(60);
    stripe.checkout.complete(id, paying);
    return id;
  };
  const sales = (["now", "now", "now", "later"] as const).map(order);
  stripe.advance(60);
  return { stripe, price, last: sales[2] as string };
}

function oversoldTold(facts: Fact[]) {
  return facts.flatMap((fact) => (fact.name === "stock.oversold" ? [fact.detail] : []));
}

describe("a price of which there are two, and three are sold", () => {
  it("is seen to be oversold, and told so once, in any order and with any copies", async () => {
    const { stripe, price } = threeSales();
    for (let seed = 0; seed < (IS_LONG ? 1_000 : 50); seed++) {
      const told = nothingTold();
      const random = seeded(seed);
      await deliver(shuffledWithCopies(stripe.events, random), random, told);
      await deliver(random.shuffle(stripe.events), random, told);
      expect(stockIn(viewsOf(told.store))).toEqual([
        { price, sold: 3, reserved: 1, capacity: 2, oversold: 1 },
      ]);
      expect(oversoldTold(told.facts)).toEqual([{ by: 1, oversold: 1, sold: 3, capacity: 2 }]);
    }
  });

  it("is told so again when it happens again", async () => {
    const { stripe, price, last } = threeSales();
    const told = nothingTold();
    await deliver(stripe.events, seeded(1), told);
    const known = stripe.events.length;
    stripe.refunds.fail(stripe.refunds.create({ of: paymentOf(stripe, last) }));
    for (const event of stripe.events.slice(known)) await deliver([event], seeded(1), told);
    expect(stockIn(viewsOf(told.store))).toMatchObject([{ price, sold: 3, oversold: 1 }]);
    expect(oversoldTold(told.facts)).toHaveLength(2);
  });
});

function paymentOf(stripe: SimulatedStripe, order: string): string {
  return String(stripe.retrieve("checkout.session", order)?.payment_intent);
}

/** By price, of the orders' own rows and of their payments': sold = paid − released. */
function soldOf(views: View[]): Map<string, number> {
  const payments = viewsIn(views, "payment").filter(({ state }) => state.paid > 0);
  const returned = new Set(payments.filter(({ state }) => state.refunded >= state.paid).map(({ id }) => id));
  const orders = viewsIn(views, "order").filter(({ status }) => status === "paid");
  const held = orders.filter(({ state }) => !returned.has(state.paymentIntent ?? ""));
  const sold = new Map<string, number>();
  for (const { price, quantity } of held.flatMap(({ state }) => state.lines)) {
    sold.set(price, (sold.get(price) ?? 0) + quantity);
  }
  return sold;
}

/** What the newest fact of a price says; each begins where the one before it ended, or below. */
function toldOversold(facts: Fact[], price: string): number {
  let level = 0;
  for (const fact of facts) {
    if (fact.name !== "stock.oversold" || fact.id !== price) continue;
    const { by, oversold, sold, capacity } = fact.detail;
    expect(oversold).toBe(sold - (capacity ?? sold));
    expect(oversold - by).toBeLessThanOrEqual(level);
    expect(by).toBeGreaterThan(0);
    level = oversold;
  }
  return level;
}

function stockIn(views: View[]) {
  return views.flatMap((view) => (view.noun === "stock" ? [view.state] : []));
}
