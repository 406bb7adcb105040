import { describe, expect, it } from "vitest";
import type { Snapshot } from "./event.ts";
import { ledgerKey } from "./keys.ts";
import { entryOf, isFinal, type LedgerEntry, type Outcome } from "./ledger.ts";

const EVENT: Snapshot = {
  kind: "snapshot",
  id: "evt_1",
  type: "customer.updated",
  apiVersion: null,
  created: 1_000,
  livemode: false,
  account: null,
  object: { object: "customer", id: "cus_1" },
  previous: null,
};

const DAY = 86_400;

describe("an event's ledger entry", () => {
  it("says what it was about, when, and how late", () => {
    expect(entryOf("t", EVENT, 2, { now: 1_030, keep: 90 * DAY })).toEqual({
      key: ledgerKey("t", EVENT),
      event: "evt_1",
      type: "customer.updated",
      object: "cus_1",
      receives: 2,
      at: 1_030,
      expires: 1_030 + 90 * DAY,
      lag: 30,
    });
  });

  it("is about nothing where the object has no id", () => {
    expect(
      entryOf("t", { ...EVENT, object: { object: "balance" } }, 1, { now: 1_000, keep: 1 }).object,
    ).toBeNull();
  });

  it("is never early, though Stripe's clock and ours differ", () => {
    expect(entryOf("t", EVENT, 1, { now: 990, keep: 1 }).lag).toBe(0);
  });
});

describe("an entry with an outcome", () => {
  const now = 2_000;

  function entry(outcome?: Outcome, expires = now + 1): LedgerEntry {
    const noted = entryOf("t", EVENT, 1, { now: 1_000, keep: expires - 1_000 });
    return outcome === undefined ? noted : { ...noted, outcome };
  }

  it.each<Outcome>(["applied", "superseded", "ignored"])(
    "refuses every other, where it was %s",
    (outcome) => {
      expect(isFinal(entry(outcome), now)).toBe(true);
    },
  );

  it("gives way where it was parked, since it may be redriven", () => {
    expect(isFinal(entry("parked"), now)).toBe(false);
  });

  it("gives way where it is expired, though it may still be there", () => {
    expect(isFinal(entry("applied", now), now)).toBe(false);
    expect(isFinal(entry("applied", now + 1), now)).toBe(true);
  });

  it("is none where handling only started, or nothing is known", () => {
    expect(isFinal(entry(), now)).toBe(false);
    expect(isFinal(undefined, now)).toBe(false);
  });
});
