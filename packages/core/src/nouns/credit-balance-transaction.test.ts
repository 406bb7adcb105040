import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import {
  type CreditBalanceTransactionState,
  creditBalanceTransaction,
} from "./credit-balance-transaction.ts";

const TOLD = { credit_grant: "credgr_1", effective_at: 110, created: 100 };
const money = (value: number) => ({ amount: { type: "monetary", monetary: { currency: "usd", value } } });

const project = (members: JsonObject): CreditBalanceTransactionState =>
  creditBalanceTransaction.project({ object: "billing.credit_balance_transaction", ...members }, "");

const KEPT = { creditGrant: "credgr_1", currency: "usd", effectiveAt: 110, created: 100 };

describe("a credit balance transaction", () => {
  it("is what a grant gave", () => {
    const credit = { ...money(5000), type: "credits_granted", credits_application_invoice_voided: null };
    expect(project({ ...TOLD, type: "credit", credit, debit: null })).toEqual({
      ...{ ...KEPT, type: "credit", reason: "credits_granted", amount: 5000 },
    });
  });

  it("is what was used of it, and for what", () => {
    const applied = { invoice: "in_1", invoice_line_item: "il_1" };
    const debit = { ...money(1200), type: "credits_applied", credits_applied: applied };
    expect(project({ ...TOLD, type: "debit", credit: null, debit })).toEqual({
      ...{ ...KEPT, type: "debit", reason: "credits_applied", amount: 1200 },
      ...{ invoice: "in_1", invoiceLine: "il_1" },
    });
  });

  it("is what came back because an invoice was voided", () => {
    const voided = { invoice: { id: "in_1" }, invoice_line_item: "il_1" };
    const reason = "credits_application_invoice_voided";
    const credit = { ...money(1200), type: reason, [reason]: voided };
    expect(project({ ...TOLD, type: "credit", credit })).toMatchObject({
      ...{ type: "credit", reason, amount: 1200, invoice: "in_1" },
    });
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = { creditGrant: null, type: null, reason: null, amount: null, currency: null };
    expect(project({})).toEqual({ ...nothing, effectiveAt: null, created: null });
    expect(project({ type: "debit", debit: [5] })).toMatchObject({ ...nothing, type: "debit" });
  });

  it("lives on its own, and names its grant and no customer", () => {
    const { home, customerOf, statusOf } = creditBalanceTransaction;
    expect([home, customerOf(project(TOLD), ""), statusOf(project(TOLD))]).toEqual(["own", null, null]);
  });
});
