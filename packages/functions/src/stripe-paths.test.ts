import { Malformed } from "@stripe-lanes/core/errors";
import { describe, expect, it } from "vitest";
import { objectsOfEvents } from "./fixtures/stripe-sdk.ts";
import { pathOf } from "./stripe-paths.ts";

const CARRIED = objectsOfEvents();

/** Found by no id of their own, so that there is nothing to ask for. */
const NOT_FETCHED = [
  "application",
  "billing.alert_triggered",
  "billing_portal.session",
  "discount",
  "entitlements.active_entitlement_summary",
  "financial_connections.authorization",
  "reserve.hold",
  "reserve.plan",
  "reserve.release",
  "source_mandate_notification",
  "source_transaction",
];

/** Found behind another object's id, which no request has. */
const NESTED = ["capability", "cash_balance", "customer_cash_balance_transaction", "fee_refund", "person"];

const OF_THE_ACCOUNT: [string, string][] = [
  ["balance", "/v1/balance"],
  ["balance_settings", "/v1/balance_settings"],
  ["tax.settings", "/v1/tax/settings"],
];

function knownPath(objectType: string, id = "a/1"): string {
  return pathOf({ account: null, objectType, id, url: null }).replace(/\?.*/, "");
}

describe("an object that snapshot events carry", () => {
  const byId = CARRIED.filter((object) => object.path !== null);

  it.each(byId)("is found where Stripe's SDK finds it: $type", ({ type, path }) => {
    expect(knownPath(type)).toBe(`${path}a%2F1`);
  });

  it("is fetched, or known not to be", () => {
    expect(byId.length).toBeGreaterThan(50);
    const others = CARRIED.filter(({ path }) => path === null).map(({ type }) => type);
    const known = [...NOT_FETCHED, ...NESTED, ...OF_THE_ACCOUNT.map(([type]) => type)];
    expect(others.sort()).toEqual(known.sort());
  });

  it.each([...NOT_FETCHED, ...NESTED])("is refused where there is no way to it: %s", (type) => {
    const sentence = `Nothing is known of how to fetch a ${type}.`;
    expect(() => knownPath(type)).toThrow(new Malformed("unknown-stripe-path", sentence));
  });

  it.each(OF_THE_ACCOUNT)("has no id in its path where an account has only one: %s", (type, path) => {
    expect(knownPath(type)).toBe(path);
  });
});

describe("a feature", () => {
  it("is found as well, though only thin events and summaries name it", () => {
    expect(knownPath("entitlements.feature")).toBe("/v1/entitlements/features/a%2F1");
  });
});
