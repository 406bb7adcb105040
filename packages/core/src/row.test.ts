import { describe, expect, it } from "vitest";
import type { RowIdentity } from "./keys.ts";
import type { Part, State } from "./part.ts";
import { nounOf } from "./registry.ts";
import { incompleteOf, isTie, rowOf } from "./row.ts";

function part(state: State, changes: Partial<Part> = {}): Part {
  const level = { via: "event", finality: "open", second: 10, rank: 1 } as const;
  const remembered = [{ event: "evt_1", found: null, state, deleted: false }];
  return { ...level, state, deleted: false, remembered, tie: false, ...changes };
}

const SUBSCRIPTION: RowIdentity = { tenant: "t", noun: "subscription", id: "sub_1", customer: "cus_1" };
const ORDER: RowIdentity = { tenant: "t", noun: "order", id: "cs_1", customer: null };
const subscription = nounOf("subscription");
const order = nounOf("checkout.session");

describe("a row", () => {
  it("has the state, the status and the deletion of the part that bears its id", () => {
    const state = { status: "active", customer: "cus_1" };
    const parts = { sub_1: part(state), other: part({ status: "canceled" }, { deleted: true }) };
    expect(rowOf(subscription, SUBSCRIPTION, parts, 3)).toEqual({
      key: { pk: "t#cus_1", sk: "subscription#sub_1" },
      identity: SUBSCRIPTION,
      revision: 3,
      parts,
      joined: [],
      evidence: {},
      state,
      status: "active",
      deleted: false,
    });
  });

  it("stays with the customer whose partition it is in", () => {
    const moved = rowOf(
      subscription,
      SUBSCRIPTION,
      { sub_1: part({ status: "active", customer: "cus_2" }) },
      1,
    );
    expect(moved.identity.customer).toBe("cus_1");
    expect(moved.key.pk).toBe("t#cus_1");
  });

  it("names the customer of its state where it lives on its own, and stays where it is", () => {
    const guest = rowOf(order, ORDER, { cs_1: part({ status: "open", customer: null }) }, 1);
    const known = rowOf(order, ORDER, { cs_1: part({ status: "open", customer: "cus_1" }) }, 2);
    expect([guest, known].map(({ identity }) => identity.customer)).toEqual([null, "cus_1"]);
    expect(known.key).toEqual(guest.key);
  });

  it("is deleted where its part says so", () => {
    const gone = part({ status: "active" }, { deleted: true });
    expect(rowOf(subscription, SUBSCRIPTION, { sub_1: gone }, 1).deleted).toBe(true);
  });

  it("is a tie where any of its parts is", () => {
    const sure = part({ status: "paid" });
    const rowWith = (other: Part) => rowOf(order, ORDER, { cs_1: sure, pi_1: other }, 1);
    expect([part({}), part({}, { tie: true })].map((other) => isTie(rowWith(other)))).toEqual([false, true]);
  });

  it("says which lists Stripe did not send whole", () => {
    const rowWith = (state: State) => rowOf(order, ORDER, { cs_1: part(state) }, 1);
    expect(incompleteOf(rowWith({ status: "paid" }))).toEqual([]);
    expect(incompleteOf(rowWith({ status: "paid", incomplete: ["line_items"] }))).toEqual(["line_items"]);
  });
});
