import { describe, expect, it } from "vitest";
import { isTerminal, rankOf } from "../lifecycle.ts";
import { refund } from "./refund.ts";

const OBJECT = {
  object: "refund",
  id: "re_1",
  status: "succeeded",
  payment_intent: "pi_1",
  charge: "ch_1",
  amount: 500,
  currency: "eur",
  reason: "requested_by_customer",
  created: 100,
  metadata: { ticket: "42" },
};

const project = (changes = {}) => refund.project({ ...OBJECT, ...changes }, "refund.updated");

describe("a refund", () => {
  it("is what goes back, of which payment and why", () => {
    expect(project()).toEqual({
      status: "succeeded",
      customer: null,
      payment: "pi_1",
      charge: "ch_1",
      amount: 500,
      currency: "eur",
      reason: "requested_by_customer",
      failureReason: null,
      created: 100,
      metadata: { ticket: "42" },
    });
  });

  it("is of the customer that it names, as it does since 2026-07-29.dahlia", () => {
    const named = project({ customer: "cus_1" });
    expect([named.customer, refund.customerOf(named, "re_1")]).toEqual(["cus_1", "cus_1"]);
    expect(refund.customerOf(project({ customer: { id: "cus_2" } }), "re_1")).toBe("cus_2");
    expect(refund.customerOf(project(), "re_1")).toBeNull();
  });

  it("belongs to its charge's payment where there is no intent, and to nobody's without either", () => {
    expect(project({ payment_intent: null }).payment).toBe("ch_1");
    expect(project({ payment_intent: { id: "pi_2" }, charge: { id: "ch_2" } })).toMatchObject({
      payment: "pi_2",
      charge: "ch_2",
    });
    expect(project({ payment_intent: null, charge: null }).payment).toBeNull();
  });

  it("contributes what it is now to its payment", () => {
    const state = project({ status: "failed" });
    const standing = { id: "re_1", state, own: state, evidence: { least: { failed: 70 } }, deleted: false };
    expect(refund.joins?.(standing)).toEqual([
      {
        noun: "payment",
        id: "pi_1",
        customer: null,
        state: { status: "failed", amount: 500, currency: "eur", charge: "ch_1", failedAt: 70 },
      },
    ]);
    const nobodys = { ...standing, state: project({ payment_intent: null, charge: null }) };
    expect(refund.joins?.(nobodys)).toEqual([]);
  });

  it("may fail after it succeeded, and then it is over ('Handle failed refunds')", () => {
    const lifecycle = refund.lifecycleOf(OBJECT);
    const ranks = ["pending", "succeeded", "failed"].map((status) => rankOf(lifecycle, status));
    expect(ranks).toEqual([0, 1, 2]);
    expect(["succeeded", "failed", "canceled"].map((status) => isTerminal(lifecycle, status))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
