import { describe, expect, it } from "vitest";
import type { TruthRow } from "../stripe/truth.ts";
import { withoutUnseen } from "./unseen.ts";

function row(noun: string, state: TruthRow["state"]): TruthRow {
  return { noun, id: "sub_1", customer: "cus_1", status: null, deleted: false, state };
}

const stateOf = (told: TruthRow) => withoutUnseen([told])[0]?.state;

describe("the truth without what nobody saw", () => {
  it("does not ask that a subscription was active once, nor since when it is overdue", () => {
    expect(stateOf(row("subscription", { status: "canceled", activated: true }))).toEqual({
      status: "canceled",
    });
    const subscriptions = [{ id: "sub_1", unpaidSince: 5 }];
    expect(stateOf(row("profile", { subscriptions }))).toEqual({ subscriptions: [{ id: "sub_1" }] });
  });

  it("allows no claim of either", () => {
    const never = row("subscription", { status: "canceled", activated: undefined });
    expect(stateOf(never)).toHaveProperty("activated", undefined);
    const paid = { subscriptions: [{ id: "sub_1", unpaidSince: null }] };
    expect(stateOf(row("profile", paid))).toEqual(paid);
  });

  it("is the whole truth of all else", () => {
    const order = row("order", { status: "paid", activated: true });
    expect(withoutUnseen([order])).toEqual([order]);
  });
});
