import { describe, expect, it } from "vitest";
import type { Snapshot, Thin } from "./event.ts";
import {
  aggregateOf,
  isLedgerKey,
  ledgerKey,
  type RowIdentity,
  relationKey,
  rowKey,
  sameKey,
  statusKey,
  statusPartition,
} from "./keys.ts";

const THIN: Thin = {
  kind: "thin",
  id: "evt_2",
  type: "v1.customer.subscription.updated",
  created: 1_792_000_000,
  livemode: false,
  account: null,
  related: { id: "sub_1", type: "subscription", url: null },
  snapshotEvent: null,
};

function row(changes: Partial<RowIdentity>): RowIdentity {
  return { tenant: "t", noun: "subscription", id: "sub_1", customer: "cus_1", ...changes };
}

function event(object: Snapshot["object"]): Snapshot {
  return {
    kind: "snapshot",
    id: "evt_1",
    type: "customer.subscription.updated",
    apiVersion: null,
    created: 1_792_000_000,
    livemode: false,
    account: null,
    object,
    previous: null,
  };
}

const OF_CUSTOMER = event({ object: "subscription", id: "sub_1", customer: "cus_1" });
const OF_NOBODY = event({ object: "payout", id: "po_1" });
const WITHOUT_ID = event({ object: "balance" });

describe("a row's key", () => {
  it("puts a row with its customer, or on its own", () => {
    expect(rowKey("customer", row({}))).toEqual({ pk: "t#cus_1", sk: "subscription#sub_1" });
    expect(rowKey("own", row({}))).toEqual({ pk: "t#sub_1", sk: "subscription" });
  });

  it("puts a customer's row on its own where its customer is not known", () => {
    expect(rowKey("customer", row({ customer: null }))).toEqual({ pk: "t#sub_1", sk: "subscription" });
  });

  it("names the object type where one noun keeps several", () => {
    expect(rowKey("own", row({ noun: "generic", object: "plan" })).sk).toBe("generic:plan");
  });
});

describe("the index keys", () => {
  it("find a customer's row by its own id, and an own row by its customer", () => {
    expect(relationKey("customer", row({}))).toEqual({ gsi1pk: "t#sub_1", gsi1sk: "subscription" });
    expect(relationKey("own", row({}))).toEqual({ gsi1pk: "t#cus_1", gsi1sk: "subscription#sub_1" });
  });

  it("find nothing where there is no customer", () => {
    expect(relationKey("own", row({ customer: null }))).toBeUndefined();
    expect(relationKey("customer", row({ customer: null }))).toBeUndefined();
    expect(relationKey("customer", row({ noun: "profile", id: "cus_1" }))).toBeUndefined();
  });

  it("list the rows of one status", () => {
    const { gsi2pk, gsi2sk } = statusKey(row({}), "active");
    expect([gsi2pk, gsi2sk]).toEqual(["t#subscription#active", "sub_1"]);
    expect(statusPartition({ tenant: "t", noun: "subscription" }, "active")).toBe(gsi2pk);
  });
});

describe("a ledger row's key", () => {
  it("is in the partition of the customer, else of the object, else of the event itself", () => {
    expect(ledgerKey("t", OF_CUSTOMER)).toEqual({ pk: "t#cus_1", sk: "EVENT#1792000000#evt_1" });
    expect(ledgerKey("t", OF_NOBODY).pk).toBe("t#po_1");
    expect(ledgerKey("t", WITHOUT_ID).pk).toBe("t#evt_1");
  });

  it("is in the partition of the related object, or of the event itself, where the event is thin", () => {
    expect(ledgerKey("t", THIN)).toEqual({ pk: "t#sub_1", sk: "EVENT#1792000000#evt_2" });
    expect(ledgerKey("t", { ...THIN, related: null }).pk).toBe("t#evt_2");
  });

  it("shares its partition with the rows of its aggregate", () => {
    expect(aggregateOf("t", OF_CUSTOMER)).toBe(rowKey("customer", row({})).pk);
    expect(aggregateOf("t", OF_NOBODY)).toBe(rowKey("own", row({ id: "po_1" })).pk);
  });

  it("sorts by second, however many digits it has", () => {
    const seconds = [0, 9, 10, 999_999_999, 1_000_000_000, 9_999_999_999];
    const keys = seconds.map((created) => ledgerKey("t", { ...OF_CUSTOMER, created }).sk);
    expect(keys.toSorted()).toEqual(keys);
  });

  it("is told from every row's, and sorts before them", () => {
    const ledger = ledgerKey("t", OF_CUSTOMER);
    const rows = ["customer", "subscription", "order", "generic"].map((noun) =>
      rowKey("customer", row({ noun })),
    );
    expect(isLedgerKey(ledger)).toBe(true);
    expect(rows.map(isLedgerKey)).toEqual(rows.map(() => false));
    expect(rows.every(({ sk }) => ledger.sk < sk)).toBe(true);
  });
});

describe("two keys", () => {
  it("are the same where both halves are", () => {
    expect(sameKey({ pk: "a", sk: "b" }, { pk: "a", sk: "b" })).toBe(true);
    expect(sameKey({ pk: "a", sk: "b" }, { pk: "a", sk: "c" })).toBe(false);
    expect(sameKey({ pk: "a", sk: "b" }, { pk: "c", sk: "b" })).toBe(false);
  });
});
