import { describe, expect, it } from "vitest";
import type { ProfileEntry, ProfileState } from "../nouns/profile.ts";
import { accessFacts } from "./access.ts";
import { changeFrom, namesOf, type Otherwise } from "./fixtures/change.ts";

const DAY = 86_400;
const ACTIVE = {
  id: "sub_1",
  status: "active",
  since: 0,
  until: 30 * DAY,
  endsAt: null,
  unpaidSince: null,
  endedAt: null,
};
const PROFILE: ProfileState = { subscriptions: [ACTIVE], features: null, featuresCut: false, deleted: false };

const having = (entry: Partial<ProfileEntry>): Partial<ProfileState> => ({
  subscriptions: [{ ...ACTIVE, ...entry }],
});
const PAST_DUE = having({ status: "past_due", unpaidSince: 30 * DAY });
const UNPAID = having({ status: "unpaid", unpaidSince: 30 * DAY });

const namesAt = (day: number, was: Otherwise<ProfileState>, is: Partial<ProfileState>) =>
  namesOf(accessFacts(changeFrom(PROFILE, { at: day * DAY })(was, is)));

describe("access", () => {
  it("is granted by the first subscription, with the reason and how far it reaches", () => {
    const detail = { reason: "active", subscription: "sub_1", until: 30 * DAY, features: [] };
    const change = changeFrom(PROFILE)({ subscriptions: [] }, {});
    expect(accessFacts(change)).toEqual([{ name: "access.granted", detail }]);
    expect(namesAt(1, null, {})).toEqual(["access.granted"]);
  });

  it("is revoked by what ends it", () => {
    expect(namesAt(1, {}, having({ status: "canceled" }))).toEqual(["access.revoked"]);
    expect(namesAt(1, {}, { deleted: true })).toEqual(["access.revoked"]);
    expect(namesAt(1, {}, UNPAID)).toEqual(["access.revoked"]);
  });

  it("was never revoked where it was never granted", () => {
    expect(namesAt(1, null, having({ status: "canceled" }))).toEqual([]);
    expect(namesAt(1, having({ status: "incomplete" }), having({ status: "incomplete_expired" }))).toEqual(
      [],
    );
  });

  it("stays as it is through a renewal and within the grace", () => {
    expect(namesAt(31, {}, having({ until: 60 * DAY }))).toEqual([]);
    expect(namesAt(31, {}, PAST_DUE)).toEqual([]);
    expect(namesAt(36, PAST_DUE, {})).toEqual([]);
  });

  it("is revoked by the end of the retries, though the grace ran out before", () => {
    expect(namesAt(44, PAST_DUE, UNPAID)).toEqual(["access.revoked"]);
    expect(namesAt(44, PAST_DUE, having({ status: "canceled" }))).toEqual(["access.revoked"]);
  });

  it("is granted again by a payment after the grace, whether or not its end was told", () => {
    expect(namesAt(44, PAST_DUE, {})).toEqual(["access.granted"]);
  });

  it("is told as it stands by whatever changes after the grace", () => {
    expect(namesAt(44, PAST_DUE, { ...PAST_DUE, features: ["sso"] })).toEqual(["access.revoked"]);
  });

  it("says nothing of a standing told twice, even after the grace", () => {
    expect(namesAt(44, PAST_DUE, PAST_DUE)).toEqual([]);
  });

  it("follows the policy", () => {
    const policy = { unpaid: true, past_due: { graceDays: 0 } };
    const factsOf = changeFrom(PROFILE, { policy, at: 31 * DAY });
    expect(namesOf(accessFacts(factsOf({}, UNPAID)))).toEqual([]);
    expect(namesOf(accessFacts(factsOf({}, PAST_DUE)))).toEqual(["access.revoked"]);
  });
});
