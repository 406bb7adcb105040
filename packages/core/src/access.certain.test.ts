import { describe, expect, it } from "vitest";
import { accessOf } from "./access.ts";
import type { AccessOptions, AccessReason } from "./access-decision.ts";
import { DAY, decision, having, NOW, profile, type Subscription } from "./fixtures/profiles.ts";
import type { ProfileState } from "./nouns/profile.ts";

describe("a refusal", () => {
  const refusals: [AccessReason, Partial<Subscription>][] = [
    ["past-due", { status: "past_due", unpaidSince: NOW - 8 * DAY }],
    ["unpaid", { status: "unpaid" }],
    ["paused", { status: "paused" }],
    ["incomplete", { status: "incomplete" }],
    ["canceled", { status: "canceled" }],
    ["ended", { endsAt: NOW }],
    ["collection-paused", { pause: { behavior: "void", resumesAt: null } }],
  ];
  const policy = { scheduledEnd: "on-time", void: false } as const;
  const refused = (entry: Partial<Subscription>, options: Partial<AccessOptions> = {}) =>
    decision(accessOf(having(entry), { now: NOW, policy, ...options }));

  it.each(refusals)(
    "for %s is certain only where there was nothing before the first event",
    (reason, entry) => {
      const no = { granted: false, reason };
      expect(refused(entry)).toEqual({ ...no, certain: false });
      expect(refused(entry, { history: "unknown" })).toEqual({ ...no, certain: false });
      expect(refused(entry, { history: "none" })).toEqual({ ...no, certain: true });
    },
  );

  it("that follows from periods is uncertain where Stripe cut the items that have them", () => {
    const told = refusals.map(([reason, entry]) => [
      reason,
      refused({ ...entry, itemsCut: true }, { history: "none" }).certain,
    ]);
    const uncertain = told.filter(([, certain]) => !certain).map(([reason]) => reason);
    expect(uncertain).toEqual(["past-due", "ended"]);
  });
});

describe("a customer without a subscription", () => {
  const asked = (state: ProfileState | null, options: Partial<AccessOptions>) =>
    decision(accessOf(state, { now: NOW, ...options }));
  const known = { deleted: false };
  const no = (reason: AccessReason, certain: boolean) => ({ granted: false, reason, certain });

  it("is unknown where nobody told of them, and that is never certain: their event may be on its way", () => {
    expect(asked(null, {})).toEqual(no("unknown-customer", false));
    expect(asked(null, { history: "none" })).toEqual(no("unknown-customer", false));
  });

  it("never subscribed where they are known, for certain where there was nothing before", () => {
    expect(asked(null, { customer: known })).toEqual(no("never-subscribed", false));
    expect(asked(null, { customer: known, history: "none" })).toEqual(no("never-subscribed", true));
    expect(asked(having(), { customer: known, history: "none" })).toEqual(no("never-subscribed", true));
  });

  it("has a subscription that nobody told of yet where there are features, or no customer beside a profile", () => {
    const entitled = profile({ features: ["sso"] });
    expect(asked(entitled, { customer: known, history: "none" })).toEqual(no("never-subscribed", false));
    expect(asked(having(), { history: "none" })).toEqual(no("never-subscribed", false));
  });

  it("who is deleted is refused for certain, whatever came before", () => {
    expect(asked(null, { customer: { deleted: true } })).toEqual(no("customer-deleted", true));
    expect(asked(profile({ deleted: true }), {})).toEqual(no("customer-deleted", true));
  });
});
