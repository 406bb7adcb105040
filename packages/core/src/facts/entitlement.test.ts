import { describe, expect, it } from "vitest";
import type { EntitlementState } from "../nouns/entitlement.ts";
import { entitlementFacts } from "./entitlement.ts";
import { changeFrom } from "./fixtures/change.ts";

const SUMMARY: EntitlementState = { customer: "cus_1", features: ["export", "sso"] };
const change = changeFrom(SUMMARY);

describe("an entitlement", () => {
  it("is granted and revoked by the feature's lookup key", () => {
    expect(entitlementFacts(change({}, { features: ["audit", "sso"] }))).toEqual([
      { name: "entitlement.granted", detail: { features: ["audit"] } },
      { name: "entitlement.revoked", detail: { features: ["export"] } },
    ]);
  });

  it("is granted by the first summary, and by none without features", () => {
    const granted = { name: "entitlement.granted", detail: { features: ["export", "sso"] } };
    expect(entitlementFacts(change(null, {}))).toEqual([granted]);
    expect(entitlementFacts(change(null, { features: [] }))).toEqual([]);
  });

  it("is not revoked by a list that was cut", () => {
    const cut = { features: ["audit"], incomplete: ["entitlements"] };
    expect(entitlementFacts(change({}, cut))).toEqual([
      { name: "entitlement.granted", detail: { features: ["audit"] } },
    ]);
  });
});
