import { parseEvent } from "@stripe-lanes/core/event";
import { keyText, ledgerKey } from "@stripe-lanes/core/keys";
import type { LedgerEntry } from "@stripe-lanes/core/ledger";
import { snapshotEvent } from "@stripe-lanes/testing/events";
import { describe, expect, it } from "vitest";
import { becameOf } from "./became.ts";
import { parkedOf } from "./parked.ts";

const NOW = 1_800_000_000;
const body = JSON.stringify(
  snapshotEvent({ type: "customer.created", object: { object: "customer", id: "cus_1" } }),
);
const parked = parkedOf({ MessageId: "m", Body: body });
const key = ledgerKey("main", parseEvent(body));

function entry(told: Partial<LedgerEntry>): LedgerEntry {
  const fixed = { key, event: "evt", type: "customer.created", object: "cus_1", receives: 1, lag: 0 };
  return { ...fixed, at: NOW - 100, expires: NOW + 1000, ...told };
}

const ledger = (...entries: LedgerEntry[]) => new Map(entries.map((one) => [keyText(one.key), one]));
const outcomes = (before: LedgerEntry[], after: LedgerEntry[], messages = [parked]) =>
  becameOf(messages, "main", { before: ledger(...before), after: ledger(...after), now: NOW }).map(
    ({ outcome }) => outcome,
  );

const parkedBefore = entry({ outcome: "parked", reason: "defect" });
const applied = entry({ outcome: "applied", reason: "later-second", at: NOW });

describe("what became of a redriven event", () => {
  it.each(["applied", "superseded", "ignored"] as const)("is what its ledger row says: %s", (outcome) => {
    expect(outcomes([parkedBefore], [entry({ outcome })])).toEqual([outcome]);
  });

  it("is nothing yet while the row says what it said before", () => {
    expect(outcomes([parkedBefore], [parkedBefore])).toEqual(["waiting"]);
  });

  it("is nothing yet where there is no row, as after the queue's own redrive", () => {
    expect(outcomes([], [])).toEqual(["waiting"]);
  });

  it("is nothing yet while the row knows only that it was started", () => {
    expect(outcomes([], [entry({ started: ["m/3"] })])).toEqual(["waiting"]);
  });

  it("is parked, with the reason, where the row was written anew", () => {
    const again = entry({ outcome: "parked", reason: "crash", at: NOW });
    expect(
      becameOf([parked], "main", { before: ledger(parkedBefore), after: ledger(again), now: NOW }),
    ).toEqual([{ outcome: "parked", reason: "crash" }]);
  });

  it("is a duplicate where the event had its outcome before", () => {
    expect(outcomes([applied], [applied])).toEqual(["duplicate"]);
  });

  it("is an outcome again where the one before has expired", () => {
    expect(outcomes([entry({ outcome: "applied", expires: NOW })], [applied])).toEqual(["applied"]);
  });

  it("is told once of several messages of one event, and the others are duplicates", () => {
    expect(outcomes([parkedBefore], [applied], [parked, parked])).toEqual(["applied", "duplicate"]);
  });

  it("cannot be told of a body that is no event", () => {
    expect(outcomes([], [], [parkedOf({ Body: "no event" })])).toEqual(["untold"]);
  });

  it("is looked up under the Connect account that the event comes from", () => {
    const object = { object: "customer", id: "cus_1" };
    const told = JSON.stringify(snapshotEvent({ type: "customer.created", object, account: "acct_1" }));
    const row = entry({ key: ledgerKey("acct_1", parseEvent(told)), outcome: "applied" });
    expect(outcomes([], [row], [parkedOf({ Body: told })])).toEqual(["applied"]);
  });
});
