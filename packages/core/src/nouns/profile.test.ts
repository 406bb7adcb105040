import { describe, expect, it } from "vitest";
import type { Joined } from "../noun.ts";
import { profile, profileJoin } from "./profile.ts";

const ENTRY = { status: "active", since: 1, until: 9, endsAt: null, unpaidSince: null, endedAt: null };
const derived = (...joined: Joined[]) =>
  profile.derive?.({ parts: [], own: undefined, joined, evidence: {} });

describe("a customer's profile", () => {
  it("is empty before anything is told", () => {
    expect(derived()).toEqual({ subscriptions: [], features: null, featuresCut: false, deleted: false });
  });

  it("joins the subscriptions, the features and the customer's end", () => {
    const state = derived(
      { noun: "customer", id: "cus_1", state: { deleted: true } },
      { noun: "entitlement", id: "cus_1", state: { features: ["reports"], cut: true } },
      { noun: "subscription", id: "sub_1", state: ENTRY },
      { noun: "subscription", id: "sub_2", state: { ...ENTRY, status: "canceled" } },
    );
    expect(state).toEqual({
      subscriptions: [
        { id: "sub_1", ...ENTRY },
        { id: "sub_2", ...ENTRY, status: "canceled" },
      ],
      features: ["reports"],
      featuresCut: true,
      deleted: true,
    });
  });

  it("dates what is overdue from the oldest invoice that could not be collected, however the periods go on", () => {
    const debt = (id: string, subscription: string, since: number): Joined => ({
      noun: "invoice",
      id,
      state: { subscription, since },
    });
    const since = (status: string, unpaidSince: number | null, ...debts: Joined[]) =>
      derived(...debts, { noun: "subscription", id: "sub_1", state: { ...ENTRY, status, unpaidSince } })
        ?.subscriptions[0]?.unpaidSince;
    expect(since("past_due", 50)).toBe(50);
    expect(since("past_due", 50, debt("in_1", "sub_1", 20), debt("in_2", "sub_1", 51))).toBe(20);
    expect(since("past_due", 50, debt("in_1", "sub_1", 70))).toBe(70);
    expect(since("past_due", 50, debt("in_1", "sub_2", 20))).toBe(50);
    expect(since("active", null, debt("in_1", "sub_1", 20))).toBeNull();
  });

  it("lives with the customer under their own id, and nobody contributes to nobody's", () => {
    expect(profileJoin("cus_1", ENTRY)).toEqual([
      { noun: "profile", id: "cus_1", customer: "cus_1", state: ENTRY },
    ]);
    expect(profileJoin(null, ENTRY)).toEqual([]);
    expect([profile.home, profile.customerOf(profile.project({ object: "profile" }, ""), "cus_1")]).toEqual([
      "customer",
      "cus_1",
    ]);
    expect(profile.rowIdOf?.({ object: "profile", id: "cus_1" })).toBeNull();
  });
});
