import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { isTerminal, rankOf } from "../lifecycle.ts";
import { type CreditNoteState, creditNote } from "./credit-note.ts";

const OBJECT = { object: "credit_note", id: "cn_1", customer: "cus_1", invoice: "in_1" };

const TOLD = {
  status: "issued",
  number: "A3NVCRVQ-0002-CN-01",
  currency: "eur",
  subtotal: 1000,
  total: 1200,
  type: "post_payment",
  reason: "duplicate",
  created: 1_700_000_000,
  metadata: { ticket: "7" },
};

/** What 2025-03-31.basil took away, and what it brought: none of it is kept. */
const BEFORE_BASIL = { refund: "re_1", tax_amounts: [{ amount: 200 }] };
const SINCE_BASIL = { refunds: [{ refund: "re_1", amount_refunded: 1200 }], total_taxes: [{ amount: 200 }] };

function project(changes: JsonObject): CreditNoteState {
  return creditNote.project({ ...OBJECT, ...changes }, "credit_note.updated");
}

describe("a credit note", () => {
  it.each([
    ["2020-08-27", BEFORE_BASIL],
    ["2026-10-28.endive", SINCE_BASIL],
  ])("is what an invoice was lowered by, and why, as %s tells it", (_, version) => {
    const amounts = { amount: 1200, discount_amount: 0, lines: { data: [], has_more: true } };
    expect(project({ ...TOLD, ...amounts, ...version })).toEqual({
      ...TOLD,
      customer: "cus_1",
      invoice: "in_1",
    });
  });

  it("reads what is expanded as what is not", () => {
    const expanded = { customer: { id: "cus_1", email: null }, invoice: { id: "in_1", total: 1200 } };
    expect(project({ ...TOLD, ...expanded })).toEqual(project(TOLD));
  });

  it.each([
    ["jpy", 1200],
    ["kwd", 1_234_560],
  ])("has its amounts in %s as Stripe sends them, never converted", (currency, amount) => {
    expect(project({ currency, subtotal: amount, total: amount })).toMatchObject({
      currency,
      subtotal: amount,
      total: amount,
    });
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nulls = Object.fromEntries(Object.keys(TOLD).map((name) => [name, null]));
    const nothing = { ...nulls, customer: null, invoice: null, metadata: {} };
    expect(creditNote.project({ object: "credit_note" }, "credit_note.created")).toEqual(nothing);
    const broken = Object.fromEntries(Object.keys(nothing).map((name) => [name, [1]]));
    expect(project(broken)).toEqual(nothing);
  });

  it("lives with its customer", () => {
    expect(creditNote.customerOf(project({}), "cn_1")).toBe("cus_1");
    expect(creditNote.home).toBe("customer");
  });
});

describe('a credit note\'s status ("Void a credit note")', () => {
  const lifecycle = creditNote.lifecycleOf(OBJECT);

  it("goes from issued to void, and never back", () => {
    expect(rankOf(lifecycle, "issued")).toBeLessThan(rankOf(lifecycle, "void"));
    expect(["issued", "void"].filter((status) => isTerminal(lifecycle, status))).toEqual(["void"]);
  });

  it("is what credit notes are listed by", () => {
    expect(creditNote.statusOf(project(TOLD))).toBe("issued");
  });
});
