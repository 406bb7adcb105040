import { describe, expect, it } from "vitest";
import { isTerminal, rankOf } from "../lifecycle.ts";
import { type DisputeState, dispute } from "./dispute.ts";

const OBJECT = {
  object: "dispute",
  id: "dp_1",
  status: "needs_response",
  payment_intent: "pi_1",
  charge: "ch_1",
  amount: 3000,
  currency: "eur",
  reason: "fraudulent",
  evidence_details: { due_by: 900 },
  created: 100,
  metadata: {},
};

const standing = (state: DisputeState) => ({ id: "dp_1", state, own: state, evidence: {}, deleted: false });
const project = (changes = {}) => dispute.project({ ...OBJECT, ...changes }, "charge.dispute.updated");

describe("a dispute", () => {
  it("is what a bank takes back, of which payment, why, and until when to answer", () => {
    expect(project()).toEqual({
      status: "needs_response",
      payment: "pi_1",
      charge: "ch_1",
      amount: 3000,
      currency: "eur",
      reason: "fraudulent",
      evidenceDueBy: 900,
      created: 100,
      metadata: {},
    });
  });

  it("contributes what it is now to its payment, or its charge's where there is no intent", () => {
    const joins = (changes = {}) => dispute.joins?.(standing(project(changes)));
    const state = { status: "needs_response", amount: 3000, currency: "eur", charge: "ch_1" };
    expect(joins()).toEqual([{ noun: "payment", id: "pi_1", customer: null, state }]);
    expect(joins({ payment_intent: null })).toEqual([{ noun: "payment", id: "ch_1", customer: null, state }]);
  });

  it("goes to and fro until it is decided ('The Dispute object')", () => {
    const lifecycle = dispute.lifecycleOf(OBJECT);
    expect(rankOf(lifecycle, "needs_response")).toBe(rankOf(lifecycle, "under_review"));
    const ends = ["won", "lost", "warning_closed", "prevented"];
    expect(ends.every((status) => rankOf(lifecycle, status) > rankOf(lifecycle, "under_review"))).toBe(true);
    expect(ends.filter((status) => isTerminal(lifecycle, status))).toEqual(["warning_closed", "prevented"]);
  });

  it("may be appealed once it is decided, and then is open again", () => {
    const lifecycle = dispute.lifecycleOf(OBJECT);
    const appeals = ["appeal_needs_response", "appeal_under_review"];
    expect(appeals.map((status) => rankOf(lifecycle, status))).toEqual(
      appeals.map(() => rankOf(lifecycle, "lost")),
    );
  });
});
