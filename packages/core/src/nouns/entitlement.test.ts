import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import { type EntitlementState, entitlement } from "./entitlement.ts";

const OBJECT = { object: "entitlements.active_entitlement_summary", customer: "cus_1" };

function listed(keys: string[], changes: JsonObject = {}): JsonObject {
  const data = keys.map((lookup_key) => ({ id: `ent_${lookup_key}`, feature: "feat_1", lookup_key }));
  return { object: "list", data, has_more: false, url: "/v1/customer/cus_1/entitlements", ...changes };
}

function project(changes: JsonObject): EntitlementState {
  const type = "entitlements.active_entitlement_summary.updated";
  return entitlement.project({ ...OBJECT, ...changes }, type);
}

describe("an entitlement", () => {
  it("is the features that a customer may use", () => {
    expect(project({ livemode: false, entitlements: listed(["sso", "api"]) })).toEqual({
      customer: "cus_1",
      features: ["api", "sso"],
    });
  });

  it("is the same state, whatever the order Stripe lists it in, and however often", () => {
    const shuffled = fc.uniqueArray(fc.string()).chain((keys) =>
      fc.record({
        keys: fc.constant(keys),
        told: fc.shuffledSubarray([...keys, ...keys], { minLength: 2 * keys.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ keys, told }) => {
        expect(project({ entitlements: listed(told) })).toEqual(project({ entitlements: listed(keys) }));
        expect(project({ entitlements: listed(told) }).features).toHaveLength(keys.length);
      }),
    );
  });

  it("is none of the features once they are revoked, and that is all of them", () => {
    expect(project({ entitlements: listed([]) })).toEqual({ customer: "cus_1", features: [] });
  });

  it("is incomplete where Stripe cut its features or did not send them, and only there", () => {
    const ten = Array.from({ length: 10 }, (_, index) => `feature-${index}`);
    const cut = project({ entitlements: listed(ten, { has_more: true }) });
    expect(cut).toEqual({ customer: "cus_1", features: ten, incomplete: ["entitlements"] });
    expect(project({})).toEqual({ customer: "cus_1", features: [], incomplete: ["entitlements"] });
    expect(project({ entitlements: listed(ten) })).not.toHaveProperty("incomplete");
  });

  it("reads a customer that is expanded, and leaves out what has no key", () => {
    const data = [{ lookup_key: 5 }, null, { feature: "feat_1" }, { lookup_key: "api" }];
    expect(project({ customer: { id: "cus_1" }, entitlements: listed([], { data }) })).toEqual({
      customer: "cus_1",
      features: ["api"],
    });
  });

  it("has its customer's id for a row, since it has none itself", () => {
    expect(entitlement.rowIdOf?.(OBJECT)).toBe("cus_1");
    expect(entitlement.rowIdOf?.({ ...OBJECT, customer: { id: "cus_1" } })).toBe("cus_1");
    expect(entitlement.rowIdOf?.({ object: OBJECT.object })).toBeNull();
    expect(entitlement.customerOf(project({}), "cus_1")).toBe("cus_1");
    expect(entitlement.home).toBe("customer");
  });

  it("has no status", () => {
    expect(entitlement.statusOf(project({}))).toBeNull();
    expect(entitlement.lifecycleOf(OBJECT)).toBe(NO_LIFECYCLE);
  });
});
