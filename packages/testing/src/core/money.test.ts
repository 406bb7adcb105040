// Money adds up in the end, whatever happened, in whichever API version, order and batches it was told.
import type { Fact } from "@stripe-lanes/core/facts";
import type { View } from "@stripe-lanes/core/view";
import { describe, expect } from "vitest";
import { seeded } from "../random.ts";
import { booksOf } from "../stripe/compare.ts";
import { shapeOf } from "../stripe/differences.ts";
import type { StripeEvent } from "../stripe/event.ts";
import { habitsOf } from "../stripe/habits.ts";
import { always, CURRENCIES, type Run, runOf, sometimes, viewsIn } from "./histories.ts";
import { deliver, nothingTold, type Told, viewsOf } from "./simulated.ts";

describe("the histories that money is tried on", () => {
  const told = ({ facts }: Run, wanted: Fact["name"]) => facts.some(({ name }) => name === wanted);
  sometimes("refund a part", ({ views }) =>
    viewsIn(views, "payment").some(({ state: { paid, refunded } }) => refunded > 0 && refunded < paid),
  );
  sometimes("take a refund back", (run) => told(run, "payment.refund_failed"));
  sometimes("give all of an order's money back", (run) => told(run, "order.refunded"));
  sometimes("withhold money", ({ ledger }) => Object.values(ledger).some(({ disputed }) => disputed > 0));
});

describe("money, however it is told", () => {
  always(
    "is on the payment rows what Stripe took, gave back and withholds, to the cent",
    ({ views, ledger }) => {
      expect(booksOf(views)).toEqual(ledger);
    },
  );

  always("is never refunded beyond what was paid", ({ views }) => {
    const payments = viewsIn(views, "payment").map(({ state }) => state);
    expect(payments.filter(({ paid, refunded }) => refunded < 0 || refunded > paid)).toEqual([]);
  });

  always("is refunded by the payment rows as by the refunds that they name", ({ views }, { apiVersion }) => {
    if (apiVersion !== undefined && !shapeOf(apiVersion).refundsTold) return;
    const refunds = viewsIn(views, "refund").map(({ state }) => state);
    for (const { id, state } of viewsIn(views, "payment")) {
      const own = refunds.filter(({ payment }) => payment === id);
      expect(own.map(({ amount }) => amount).sort()).toEqual(
        state.refunds.map(({ amount }) => amount).sort(),
      );
      const alive = own.filter(({ status }) => status === "succeeded" || isUnderWay(status));
      expect([id, sum(alive.map(({ amount }) => amount))]).toEqual([id, state.refunded]);
    }
  });

  always(
    "is refunded as much where no refund is told of itself, or no charge of what failed",
    async (run, { seed }) => {
      const { afterFailedRefund } = habitsOf(seed);
      // Where a charge's figure stays as it was, nothing but the refund tells that it failed.
      const losses = afterFailedRefund === "falls" ? [isOfRefund, isOfFallenCharge] : [isOfFallenCharge];
      for (const isLost of losses) {
        const told = nothingTold();
        const rest = run.events.filter((event) => !isLost(event));
        await deliver(seeded(rest.length).shuffle(rest), seeded(1), told);
        expect(refundedIn(viewsOf(told.store))).toEqual(refundedIn(run.views));
      }
    },
  );

  always("is told as refunded, less what failed, as much as is refunded", ({ views, facts }) => {
    for (const { id, state } of viewsIn(views, "payment")) {
      const told = sum(amountsOf(facts, "payment.refunded", id));
      const failed = sum(amountsOf(facts, "payment.refund_failed", id));
      expect([id, told - failed]).toEqual([id, state.refunded]);
    }
  });

  always("stays in its currency's minor units, which no currency changes", async ({ views }, options) => {
    const other = CURRENCIES.find((currency) => currency !== options.currency) as string;
    const told = await runOf({ ...options, currency: other });
    expect(withoutVersions(told.views).replaceAll(`"${other}"`, `"${options.currency}"`)).toBe(
      withoutVersions(views),
    );
  });

  always("does not change when everything comes again, and nothing more is told", async (run, { seed }) => {
    const before = JSON.stringify(run.store.items());
    const again: Told = { store: run.store, facts: [] };
    await deliver(seeded(seed + 2).shuffle(run.events), seeded(seed + 3), again);
    expect(JSON.stringify(run.store.items())).toBe(before);
    expect(again.facts).toEqual([]);
  });
});

function isOfRefund({ type }: StripeEvent): boolean {
  return type.startsWith("refund.") || type === "charge.refund.updated";
}

function isOfFallenCharge({ type, data }: StripeEvent): boolean {
  const before = Number(data.previous_attributes?.amount_refunded ?? 0);
  return type === "charge.updated" && before > Number(data.object.amount_refunded);
}

function refundedIn(views: View[]) {
  const refunded = viewsIn(views, "payment").filter(({ state }) => state.refunded > 0);
  return new Map(refunded.map(({ id, state }) => [id, state.refunded]));
}

function isUnderWay(status: string | null): boolean {
  return status === "pending" || status === "requires_action";
}

function amountsOf(facts: Fact[], name: "payment.refunded" | "payment.refund_failed", id: string): number[] {
  return facts.flatMap((fact) => (fact.name === name && fact.id === id ? [fact.detail.amount] : []));
}

function withoutVersions(views: View[]): string {
  return JSON.stringify(views.map(({ version: _, ...view }) => view));
}

function sum(amounts: readonly (number | null)[]): number {
  return amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
}
