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

/** Where it has the tax, and the one refund that it could have. */
const BEFORE_BASIL = { refund: "re_1", tax_amounts: [{ amount: 200 }] };
const SINCE_BASIL = {
  post_payment_amount: 1200,
  refunds: [{ refund: "re_1", amount_refunded: 1200, type: "refund" }],
  total_taxes: [{ amount: 150 }, { amount: 50 }],
};
const SPLIT = { tax: 200, prePayment: 0, refunded: 1200, toBalance: 0, outOfBand: 0, refunds: ["re_1"] };

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
      ...SPLIT,
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
    const split = { tax: null, prePayment: null, refunded: 0, toBalance: 0, outOfBand: 0, refunds: [] };
    const nothing = { ...nulls, ...split, customer: null, invoice: null, metadata: {} };
    expect(creditNote.project({ object: "credit_note" }, "credit_note.created")).toEqual(nothing);
    const broken = Object.fromEntries(Object.keys(nothing).map((name) => [name, [1]]));
    expect(project(broken)).toEqual(nothing);
  });

  it("lives with its customer", () => {
    expect(creditNote.customerOf(project({}), "cn_1")).toBe("cus_1");
    expect(creditNote.home).toBe("customer");
  });
});

describe("what a credit note comes to", () => {
  const PAID = { type: "post_payment", total: 400, out_of_band_amount: 50 };
  const balanced = { customer_balance_transaction: "cbtxn_1" };
  const refunds = (...amounts: number[]) => ({
    refunds: amounts.map((amount, index) => ({ refund: { id: `re_${index}` }, amount_refunded: amount })),
  });

  it.each<[string, JsonObject, Partial<CreditNoteState>]>([
    [
      "is taken off what was still to pay",
      { type: "pre_payment", total: 400, pre_payment_amount: 400, post_payment_amount: 0 },
      { prePayment: 400, refunded: 0, toBalance: 0, outOfBand: 0 },
    ],
    [
      "is taken off, as older events say it",
      { type: "pre_payment", total: 400 },
      { prePayment: 400, refunded: 0, toBalance: 0, outOfBand: 0 },
    ],
    [
      "goes three ways",
      { ...PAID, ...balanced, post_payment_amount: 400, ...refunds(200, 50) },
      { prePayment: 0, refunded: 250, toBalance: 100, outOfBand: 50, refunds: ["re_0", "re_1"] },
    ],
    [
      "is in part before and in part after payment",
      { ...PAID, type: "mixed", total: 500, post_payment_amount: 400, ...refunds(350) },
      { prePayment: 100, refunded: 350, toBalance: 0, outOfBand: 50 },
    ],
    [
      "is refunded but for what is out of band, as older events say it",
      { ...PAID, refund: "re_1" },
      { refunded: 350, toBalance: 0, outOfBand: 50, refunds: ["re_1"] },
    ],
    ["is on the balance, as older events say it", { ...PAID, ...balanced }, { refunded: 0, toBalance: 350 }],
    [
      "is refunded and on the balance, in parts that older events do not say",
      { ...PAID, ...balanced, refund: "re_1" },
      { refunded: null, toBalance: null },
    ],
  ])("%s", (_, members, split) => {
    expect(project(members)).toMatchObject(split);
  });

  it("was voided at a second, where it was", () => {
    expect(project({ status: "void", voided_at: 500 })).toMatchObject({ voidedAt: 500 });
    expect(project({ voided_at: null })).not.toHaveProperty("voidedAt");
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
