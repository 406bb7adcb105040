import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type CreditGrantState, creditGrant } from "./credit-grant.ts";

const TOLD = {
  customer: "cus_1",
  name: "Pack",
  category: "paid",
  priority: 50,
  created: 100,
  metadata: { pack: "large" },
};
const TIMES = { effective_at: 110, expires_at: 900, voided_at: null };
const MONEY = { amount: { type: "monetary", monetary: { currency: "usd", value: 5000 } } };
const METERED = { applicability_config: { scope: { price_type: "metered" } } };

const project = (members: JsonObject): CreditGrantState =>
  creditGrant.project({ object: "billing.credit_grant", id: "credgr_1", ...members }, "");

describe("a credit grant", () => {
  it("is how much a customer has for what they use, and until when", () => {
    expect(project({ ...TOLD, ...TIMES, ...MONEY, ...METERED, updated: 120 })).toEqual({
      ...TOLD,
      amount: 5000,
      currency: "usd",
      priceType: "metered",
      effectiveAt: 110,
      expiresAt: 900,
    });
  });

  it("pays for some prices only, and was voided, where it says so", () => {
    const scope = { prices: [{ id: "price_2" }, { id: "price_1" }, { id: null }] };
    const more = { applicability_config: { scope }, voided_at: 500, customer_account: "acct_1" };
    expect(project(more)).toMatchObject({
      ...{ priceType: null, prices: ["price_1", "price_2"], voidedAt: 500, customerAccount: "acct_1" },
    });
  });

  it("has no amount where it is of something else than money", () => {
    expect(project({ amount: { type: "custom", monetary: null } })).toMatchObject({
      ...{ amount: null, currency: null },
    });
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = {
      name: null,
      category: null,
      priority: null,
      amount: null,
      currency: null,
      metadata: {},
    };
    expect(project({})).toMatchObject(nothing);
    expect(project({ name: 5, amount: 5000, applicability_config: "all", priority: 1.5 })).toEqual(
      project({}),
    );
  });

  it("lives on its own, names its customer and has no status", () => {
    const state = project(TOLD);
    expect([creditGrant.home, creditGrant.customerOf(state, ""), creditGrant.statusOf(state)]).toEqual([
      "own",
      "cus_1",
      null,
    ]);
  });
});
