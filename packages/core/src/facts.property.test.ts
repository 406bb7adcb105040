import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standing } from "./facts/fixtures/standing.ts";
import { type Fact, facts } from "./facts.ts";
import type { Noun } from "./noun.ts";
import { customer } from "./nouns/customer.ts";
import { dispute } from "./nouns/dispute.ts";
import { invoice } from "./nouns/invoice.ts";
import { order } from "./nouns/order.ts";
import { payment } from "./nouns/payment.ts";
import { paymentMethod } from "./nouns/payment-method.ts";
import { profile } from "./nouns/profile.ts";
import { setup } from "./nouns/setup.ts";
import { subscription } from "./nouns/subscription.ts";
import type { Row } from "./row.ts";

const OPTIONS = { at: 1000 };

const STATUSES = [
  "active",
  "past_due",
  "trialing",
  "canceled",
  "succeeded",
  "failed",
  "open",
  "paid",
  "draft",
];
const status = fc.constantFrom(...STATUSES);
const amount = fc.nat(500);

const anyRow: fc.Arbitrary<Row> = fc.oneof(
  fc
    .record({
      noun: fc.constantFrom<Noun>(customer, dispute, invoice, order, paymentMethod, setup),
      status,
      amount,
    })
    .map(({ noun, ...members }) => standing(noun, { object: noun.name, attempt_count: 1, ...members })),
  fc
    .record({
      status,
      cancel_at: fc.option(fc.nat()),
      quantity: amount,
      start: fc.nat(),
      pause: fc.boolean(),
    })
    .map(({ quantity, start, pause, ...members }) => {
      const items = {
        data: [{ id: "si_1", quantity, current_period_start: start, current_period_end: start }],
      };
      const pause_collection = pause ? { behavior: "void", resumes_at: null } : null;
      return standing(subscription, { object: "subscription", items, pause_collection, ...members });
    }),
  fc.record({ status, unpaidSince: fc.option(fc.nat()), endsAt: fc.option(fc.nat()) }).map((entry) => {
    const state = { since: 1, until: 9, endedAt: null, ...entry };
    return standing(profile, null, [{ noun: "subscription", id: "sub_1", state }]);
  }),
);

describe("any row", () => {
  it("told twice says nothing, whenever and under whatever policy", () => {
    fc.assert(
      fc.property(anyRow, fc.nat(), fc.nat(30), (row, at, graceDays) => {
        expect(facts(row, structuredClone(row), { at, policy: { past_due: { graceDays } } })).toEqual([]);
      }),
    );
  });
});

describe("a payment as its refunds make it", () => {
  const refund = fc.record({
    id: fc.constantFrom("re_1", "re_2", "re_3"),
    state: fc.record({
      status: fc.constantFrom("pending", "succeeded", "failed", "canceled"),
      amount,
      charge: fc.constant("id_1"),
    }),
  });
  const step = fc.record({
    refunds: fc.uniqueArray(refund, { selector: ({ id }) => id }),
    amount_refunded: fc.nat(1500),
  });

  const standingAt = ({
    refunds,
    amount_refunded,
  }: typeof step extends fc.Arbitrary<infer Step> ? Step : never) =>
    standing(
      payment,
      { object: "charge", status: "succeeded", amount: 1500, amount_captured: 1500, amount_refunded },
      refunds.map((one) => ({ noun: "refund", ...one })),
    );

  const moved = (fact: Fact) => {
    if (fact.name === "payment.refunded") return fact.detail.amount;
    return fact.name === "payment.refund_failed" ? -fact.detail.amount : 0;
  };

  it("was refunded what its facts say in all, less what they say failed", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (steps) => {
        const rows = steps.map(standingAt);
        const told = rows.flatMap((row, index) => facts(rows[index - 1], row, OPTIONS));
        expect(told.reduce((sum, fact) => sum + moved(fact), 0)).toBe(rows.at(-1)?.state.refunded);
        expect(rows.flatMap((row) => facts(row, row, OPTIONS))).toEqual([]);
      }),
    );
  });
});
