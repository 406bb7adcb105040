import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accessOf } from "./access.ts";
import type { AccessReason } from "./access-decision.ts";
import { ACCESS_DEFAULTS } from "./access-policy.ts";
import {
  access,
  DAY,
  decision,
  having,
  NOW,
  profile,
  type Subscription,
  subscription,
  verdict,
} from "./fixtures/profiles.ts";

describe("a subscription's status", () => {
  it.each<[string | null, boolean, AccessReason]>([
    ["trialing", true, "trialing"],
    ["active", true, "active"],
    ["past_due", true, "past-due-in-grace"],
    ["unpaid", false, "unpaid"],
    ["paused", false, "paused"],
    ["incomplete", false, "incomplete"],
    ["incomplete_expired", false, "incomplete-expired"],
    ["canceled", false, "canceled"],
    ["hibernating", false, "unknown-status"],
    ["scheduledEnd", false, "unknown-status"],
    ["toString", false, "unknown-status"],
    [null, false, "unknown-status"],
  ])("%s gives %s, for %s", (status, granted, reason) => {
    const unpaidSince = NOW - DAY;
    const certain = reason !== "unknown-status";
    expect(decision(access(having({ status, unpaidSince })))).toEqual({ granted, reason, certain });
  });

  it("gives what the policy says of it, and of the others what is the default", () => {
    const policy = { unpaid: true, trialing: false };
    expect(verdict({ status: "unpaid" }, policy)).toEqual([true, "unpaid"]);
    expect(verdict({ status: "trialing" }, policy)).toEqual([false, "trialing"]);
    expect(verdict({ status: "active" }, policy)).toEqual([true, "active"]);
  });

  it("has a default with a reason for each rule", () => {
    expect(Object.values(ACCESS_DEFAULTS).every(({ why }) => why.endsWith("."))).toBe(true);
  });
});

describe("the grace of a subscription that is past due", () => {
  const pastDue = { status: "past_due", unpaidSince: NOW };

  it("lasts seven days from the start of the unpaid period, to the second", () => {
    expect(verdict(pastDue, {}, NOW + 7 * DAY - 1)).toEqual([true, "past-due-in-grace"]);
    expect(verdict(pastDue, {}, NOW + 7 * DAY)).toEqual([false, "past-due"]);
  });

  it("lasts as long as the policy says, or not at all, or for ever", () => {
    const lasting = (graceDays: number, now: number) => verdict(pastDue, { past_due: { graceDays } }, now)[0];
    expect([lasting(1, NOW + DAY - 1), lasting(1, NOW + DAY)]).toEqual([true, false]);
    expect([lasting(0, NOW), lasting(Number.POSITIVE_INFINITY, NOW + 9999 * DAY)]).toEqual([false, true]);
  });

  it("is not over where nobody knows when it began, unless there is none", () => {
    const unknown = { ...pastDue, unpaidSince: null };
    expect(verdict(unknown, {}, NOW + 999 * DAY)).toEqual([true, "past-due-in-grace"]);
    expect(verdict(unknown, { past_due: { graceDays: 0 } })).toEqual([false, "past-due"]);
  });
});

describe("a scheduled end that has passed", () => {
  const over = { endsAt: NOW };

  it("cuts nobody off before Stripe does", () => {
    expect(verdict(over)).toEqual([true, "active"]);
  });

  it("ends access to the second where the policy says so", () => {
    const policy = { scheduledEnd: "on-time" } as const;
    expect(verdict(over, policy, NOW - 1)).toEqual([true, "active"]);
    expect(verdict(over, policy)).toEqual([false, "ended"]);
    expect(verdict({ ...over, status: "past_due", unpaidSince: NOW }, policy)).toEqual([false, "ended"]);
  });

  it("is not the reason for what is refused anyway", () => {
    expect(verdict({ ...over, status: "canceled" }, { scheduledEnd: "on-time" })).toEqual([
      false,
      "canceled",
    ]);
  });
});

describe("access", () => {
  it("says which subscription gives it, since when and until when", () => {
    expect(access(having({ endsAt: 110 * DAY }))).toEqual({
      granted: true,
      reason: "active",
      certain: true,
      subscription: "sub_1",
      since: 10 * DAY,
      until: 110 * DAY,
      endsAt: 110 * DAY,
      features: [],
      isPaymentFailing: false,
    });
  });

  it("reaches to the end of the period where no end is set, and to the end where it has come", () => {
    expect(access(having({})).until).toBe(120 * DAY);
    const ended = { status: "canceled", endedAt: 50 * DAY, endsAt: 110 * DAY };
    expect(access(having(ended)).until).toBe(50 * DAY);
  });

  it("is nobody's who never subscribed", () => {
    const never = { granted: false, reason: "never-subscribed", certain: true };
    expect(access(null)).toMatchObject({ ...never, subscription: null, until: null, features: [] });
    expect(access(having())).toMatchObject(never);
  });

  it("ends with the customer, whatever their subscriptions say", () => {
    const gone = profile({ subscriptions: [subscription()], features: ["sso"], deleted: true });
    const refused = { granted: false, reason: "customer-deleted", certain: true };
    expect(access(gone)).toMatchObject({ ...refused, subscription: "sub_1" });
    expect(accessOf(gone, { now: NOW }, "sso")).toMatchObject(refused);
  });

  it("tells that payment fails for any of the subscriptions", () => {
    const failing = (status: string) => access(having({}, { id: "sub_2", status })).isPaymentFailing;
    const statuses = ["past_due", "unpaid", "active", "incomplete", "canceled"];
    expect(statuses.map(failing)).toEqual([true, true, false, false, false]);
  });
});

describe("of several subscriptions", () => {
  const chosen = (...subscriptions: Partial<Subscription>[]) => access(having(...subscriptions)).subscription;

  it("one that grants decides before one that does not, though that lasts longer", () => {
    expect(chosen({ id: "sub_1", status: "unpaid", until: 999 * DAY }, { id: "sub_2" })).toBe("sub_2");
  });

  it("the one that lasts longest decides, and one without an end that is known lasts longer than any", () => {
    const later = { id: "sub_2", until: 130 * DAY };
    expect(chosen({ id: "sub_1" }, later)).toBe("sub_2");
    expect(chosen({ id: "sub_1" }, { ...later, endsAt: 119 * DAY })).toBe("sub_1");
    expect(chosen({ id: "sub_1", until: null }, later)).toBe("sub_1");
    expect(chosen(later, { id: "sub_3", until: null }, { id: "sub_1", until: null })).toBe("sub_1");
  });

  it("the lower id decides where they are alike", () => {
    expect(chosen({ id: "sub_2" }, { id: "sub_1" })).toBe("sub_1");
  });

  it("a refusal is as certain as the least certain of them", () => {
    const refused = [
      { status: "canceled", until: 999 * DAY },
      { id: "sub_2", status: "hibernating" },
    ];
    expect(access(having(...refused))).toMatchObject({ subscription: "sub_1", certain: false });
    expect(access(having(...refused, { id: "sub_3" }))).toMatchObject({ granted: true, certain: true });
  });

  const STATUSES = [...Object.keys(ACCESS_DEFAULTS), "hibernating", null];
  const second = fc.option(fc.nat(200 * DAY));
  const some = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom("sub_1", "sub_2", "sub_3", "sub_4"),
      status: fc.constantFrom(...STATUSES),
      since: second,
      until: second,
      endsAt: second,
      unpaidSince: second,
      endedAt: second,
    }),
    { selector: ({ id }) => id },
  );

  it("in any order the same one decides, and any that grants is enough", () => {
    fc.assert(
      fc.property(some, fc.nat(200 * DAY), (subscriptions, now) => {
        const whole = accessOf(profile({ subscriptions }), { now });
        const reversed = accessOf(profile({ subscriptions: subscriptions.toReversed() }), { now });
        const each = subscriptions.map((one) => accessOf(profile({ subscriptions: [one] }), { now }));
        expect(reversed).toEqual(whole);
        expect(whole.granted).toBe(each.some(({ granted }) => granted));
      }),
    );
  });
});
