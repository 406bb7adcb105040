import type { Result } from "@stripe-lanes/core/batch";
import type { Doubt } from "@stripe-lanes/core/doubt";
import { Malformed, type ParkReason, Unauthorized, Unavailable } from "@stripe-lanes/core/errors";
import { parseEvent } from "@stripe-lanes/core/event";
import type { Outcome, SettledReason } from "@stripe-lanes/core/ledger";
import { FIRST_SECOND, messageOf, snapshotEvent } from "@stripe-lanes/testing/events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Metric, metricsOf } from "./metrics.ts";

const COUNTS = { roundTrips: 2, conflicts: 0, ties: 0 };
const NOW = FIRST_SECOND * 1000;

const message = messageOf("{}");

function settled(outcome: Outcome, reason: SettledReason = "first", created = FIRST_SECOND): Result {
  const object = { object: "customer", id: "cus_1" };
  const event = parseEvent(JSON.stringify(snapshotEvent({ type: "customer.updated", object, created })));
  return { message, event, kind: "settled", outcome, reason };
}

function parked(reason: ParkReason): Result {
  const error = new Malformed(reason, "It is parked.");
  return { message, kind: "settled", outcome: "parked", reason, error };
}

const error = new Unavailable("The table is down.");
const retried: Result = { message, kind: "retry", error };
const moved: Result = { message, kind: "moved", group: "retry-main#cus_1", error };

/** Those without a dimension of their own, by name. */
function totalsOf(metrics: Metric[]): Record<string, number> {
  const totals = metrics.filter(({ name, reason }) => reason === undefined && name !== "LagSeconds");
  return Object.fromEntries(totals.map(({ name, value }) => [name, value]));
}

const lagsOf = (metrics: Metric[]) =>
  metrics.filter(({ name }) => name === "LagSeconds").map(({ unit, value }) => `${value} ${unit}`);

describe("the metrics of a batch", () => {
  it("count every message by what became of it", () => {
    const results = [
      settled("applied"),
      settled("applied"),
      settled("superseded"),
      settled("duplicate"),
      settled("ignored"),
      parked("wrong-mode"),
      retried,
      moved,
    ];
    expect(totalsOf(metricsOf(results, COUNTS, NOW))).toEqual({
      BatchSize: 8,
      RoundTrips: 2,
      Applied: 2,
      Superseded: 1,
      Duplicate: 1,
      Ignored: 1,
      Parked: 1,
      Retried: 2,
    });
  });

  it("leave out what did not happen, but for the size and the round trips of the batch", () => {
    const none = { roundTrips: 0, conflicts: 0, ties: 0 };
    expect(totalsOf(metricsOf([settled("applied")], none, NOW))).toEqual({
      BatchSize: 1,
      RoundTrips: 0,
      Applied: 1,
    });
  });

  it("tell the conflicts of the table and the ties that are left in it", () => {
    const metrics = metricsOf([settled("applied")], { roundTrips: 4, conflicts: 1, ties: 3 }, NOW);
    expect(totalsOf(metrics)).toMatchObject({ RoundTrips: 4, Conflicts: 1, Ties: 3 });
  });

  it("count each message once, whatever became of the batch", () => {
    const anyResult = fc.oneof(
      fc
        .constantFrom<Outcome>("applied", "superseded", "duplicate", "ignored")
        .map((outcome) => settled(outcome)),
      fc.constantFrom<ParkReason>("not-json", "defect", "crash").map(parked),
      fc.constantFrom(retried, moved),
    );
    fc.assert(
      fc.property(fc.array(anyResult, { minLength: 1, maxLength: 10 }), (results) => {
        const { BatchSize, RoundTrips: _, ...outcomes } = totalsOf(metricsOf(results, COUNTS, NOW));
        const sum = Object.values(outcomes).reduce((all, value) => all + value, 0);
        expect([BatchSize, sum]).toEqual([results.length, results.length]);
      }),
    );
  });
});

describe("what was applied without all that Stripe could say", () => {
  const unauthorized = new Unauthorized("Stripe rejects StripeKey.");
  const doubtful = (doubt: Doubt, ahead?: number): Result => ({
    ...settled("applied"),
    ...{ doubt, ...(ahead === undefined ? {} : { ahead }) },
  });

  it.each<[string, Result, string[]]>([
    [
      "a list that is not whole",
      doubtful({ because: "no-stripe-key", lists: ["line_items"] }),
      ["Incomplete"],
    ],
    ["a tie", doubtful({ because: "unavailable", lists: [] }), []],
    [
      "a list that the key may not read",
      doubtful({ because: "stripe-key-forbidden", lists: ["lines"] }),
      ["Incomplete", "StripeForbidden"],
    ],
    [
      "a rejected key",
      doubtful({ because: "unavailable", lists: [], error: unauthorized }),
      ["StripeUnauthorized"],
    ],
    ["a clock of its own", { ...settled("applied"), ahead: 100_000 } as Result, ["FromTheFuture"]],
  ])("is counted beside its outcome: %s", (_, result, names) => {
    const totals = totalsOf(metricsOf([result], COUNTS, NOW));
    const counted = names.length > 0 ? ["InDoubt", ...names] : [];
    const expected = Object.fromEntries(["Applied", ...counted].map((name) => [name, 1]));
    expect(totals).toEqual({ BatchSize: 1, RoundTrips: 2, ...expected });
  });

  it("and what waits because Stripe rejects the key is counted by that too", () => {
    const waiting: Result = { message, kind: "retry", error: unauthorized };
    expect(totalsOf(metricsOf([waiting], COUNTS, NOW))).toMatchObject({ Retried: 1, StripeUnauthorized: 1 });
    expect(totalsOf(metricsOf([retried], COUNTS, NOW))).not.toHaveProperty("StripeUnauthorized");
  });
});

describe("what was parked", () => {
  it("is counted by its reason as well, once for each reason of the batch", () => {
    const results = [parked("wrong-mode"), settled("applied"), parked("defect"), parked("wrong-mode")];
    const byReason = metricsOf(results, COUNTS, NOW).filter(({ reason }) => reason !== undefined);
    expect(byReason).toEqual([
      { name: "Parked", unit: "Count", value: 2, reason: "wrong-mode" },
      { name: "Parked", unit: "Count", value: 1, reason: "defect" },
    ]);
  });

  it("is the only thing that has a reason in its metrics: there are few of them, and of D4's there are many", () => {
    const results = [settled("applied", "tie-won"), settled("superseded", "tie-lost"), retried, moved];
    expect(metricsOf(results, COUNTS, NOW).filter(({ reason }) => reason !== undefined)).toEqual([]);
  });
});

describe("the lag", () => {
  it("runs from Stripe's second to the end of the batch, for each event that was news", () => {
    const results = [
      settled("applied", "first", FIRST_SECOND - 60),
      settled("superseded", "earlier-second", FIRST_SECOND),
    ];
    expect(lagsOf(metricsOf(results, COUNTS, NOW + 1_250))).toEqual(["61.25 Seconds", "1.25 Seconds"]);
  });

  it("is not measured of copies, of what is left alone, of what is parked, nor of a try", () => {
    const results = [settled("duplicate", "seen-before"), settled("ignored", "other-mode"), retried, moved];
    const refused = [settled("parked", "wrong-mode"), parked("not-json")];
    expect(lagsOf(metricsOf([...results, ...refused], COUNTS, NOW))).toEqual([]);
  });

  it("is never below zero: Stripe's clock may be ahead of ours", () => {
    const ahead = settled("applied", "first", FIRST_SECOND + 5);
    expect(lagsOf(metricsOf([ahead], COUNTS, NOW))).toEqual(["0 Seconds"]);
  });
});
