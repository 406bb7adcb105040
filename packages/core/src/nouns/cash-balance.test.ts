import { describe, expect, it } from "vitest";
import { given, reads, told } from "../fixtures/history.ts";
import { cashBalance } from "./cash-balance.ts";

const OBJECT = {
  object: "cash_balance",
  customer: "cus_1",
  available: { gbp: 6000, eur: 0 },
  livemode: false,
  settings: { reconciliation_mode: "automatic", using_merchant_default: true },
};

const STATE = {
  customer: "cus_1",
  available: { gbp: 6000, eur: 0 },
  reconciliation: "automatic",
  usesAccountDefault: true,
};

describe("a cash balance", () => {
  it("is what a customer sent that has paid nothing yet", () => {
    expect(cashBalance.project(OBJECT, "cash_balance.funds_available")).toEqual(STATE);
  });

  it("is empty where there is none, and lacks what cannot be read", () => {
    const empty = { customer: "cus_1", available: {}, reconciliation: null, usesAccountDefault: null };
    const project = (available: null | { eur: string }) =>
      cashBalance.project({ object: "cash_balance", customer: "cus_1", available }, "");
    expect([project(null), project({ eur: "5" })]).toEqual([empty, empty]);
  });

  it("is found by its customer, since it has no id of its own", async () => {
    const store = await given(told("cash_balance.funds_available", OBJECT));
    expect(await reads(store).get("cash-balance", "cus_1")).toMatchObject({ id: "cus_1", state: STATE });
    expect((await reads(store).customerState("cus_1")).found).toHaveLength(1);
  });

  it("has no status", () => {
    expect(cashBalance.statusOf(STATE)).toBeNull();
    expect(cashBalance.lifecycleOf(OBJECT).terminal).toEqual([]);
  });
});
