import { describe, expect, it } from "vitest";
import { type Access, accessOf } from "./access.ts";
import type { AccessReason } from "./access-decision.ts";
import type { ProfileState } from "./nouns/profile.ts";

const NOW = 1000;
const ACTIVE = {
  id: "sub_1",
  status: "active",
  since: 10,
  until: 2000,
  endsAt: null,
  unpaidSince: null,
  endedAt: null,
};

function profile(changes: Partial<ProfileState>): ProfileState {
  return { subscriptions: [ACTIVE], features: null, featuresCut: false, deleted: false, ...changes };
}

const decision = ({ granted, reason, certain }: Access) => ({ granted, reason, certain });

describe("a feature", () => {
  const ask = (changes: Partial<ProfileState>, feature = "sso") =>
    decision(
      accessOf(profile(changes), { now: NOW, history: "none", customer: { deleted: false } }, feature),
    );
  const no = (reason: AccessReason, certain: boolean) => ({ granted: false, reason, certain });

  it("is granted by an entitlement to it and a subscription that gives access", () => {
    expect(ask({ features: ["sso"] })).toEqual({ granted: true, reason: "active", certain: true });
    expect(ask({ features: ["sso"], subscriptions: [{ ...ACTIVE, status: "unpaid" }] })).toEqual(
      no("unpaid", true),
    );
  });

  it("is refused for certain where a whole list leaves it out", () => {
    expect(ask({ features: ["export"] })).toEqual(no("not-entitled", true));
    expect(ask({ features: [] })).toEqual(no("not-entitled", true));
    const beforehand = accessOf(profile({ features: [] }), { now: NOW }, "sso");
    expect(decision(beforehand)).toEqual(no("not-entitled", false));
  });

  it("is refused, but not for certain, where nothing was told or the list was cut", () => {
    expect(ask({ features: null })).toEqual(no("entitlements-unknown", false));
    expect(ask({ features: ["export"], featuresCut: true })).toEqual(no("entitlements-cut", false));
    expect(ask({ features: ["sso"], featuresCut: true }).granted).toBe(true);
  });

  it("is granted by the entitlement alone where its subscription was not told of yet", () => {
    const early = { subscriptions: [], features: ["sso"] };
    expect(ask(early)).toEqual({ granted: true, reason: "entitled", certain: true });
    expect(ask(early, "export")).toEqual(no("never-subscribed", false));
  });

  it("of a customer nobody told of is refused", () => {
    const nobody = accessOf(null, { now: NOW, history: "none" }, "sso");
    expect(decision(nobody)).toEqual(no("unknown-customer", false));
  });

  it("is not asked for by default: access is to anything at all", () => {
    expect(accessOf(profile({}), { now: NOW }).granted).toBe(true);
  });
});
