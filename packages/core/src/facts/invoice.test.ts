import { describe, expect, it } from "vitest";
import type { InvoiceState } from "../nouns/invoice.ts";
import { changeFrom, namesOf, type Otherwise } from "./fixtures/change.ts";
import { invoiceFacts } from "./invoice.ts";

const BILL = {
  number: "A-1",
  subscription: "sub_1",
  billingReason: "subscription_cycle",
  currency: "eur",
  total: 1200,
  paid: 0,
  remaining: 1200,
  periodStart: 100,
  periodEnd: 200,
};
const DRAFT: InvoiceState = {
  ...BILL,
  status: "draft",
  customer: "cus_1",
  collectionMethod: "charge_automatically",
  subtotal: 1000,
  tax: 200,
  due: 1200,
  attempts: 0,
  nextAttempt: null,
  dueDate: null,
  finalizedAt: null,
  paidAt: null,
  lines: [],
  metadata: {},
};
const OPEN = { status: "open", finalizedAt: 110 };
const PAID = { status: "paid", finalizedAt: 110, paidAt: 120, paid: 1200, remaining: 0, attempts: 1 };

const change = changeFrom(DRAFT);
const factsOf = (was: Otherwise<InvoiceState>, is: Partial<InvoiceState>) => invoiceFacts(change(was, is));
const names = (was: Otherwise<InvoiceState>, is: Partial<InvoiceState>) => namesOf(factsOf(was, is));

describe("an invoice", () => {
  it("says nothing as a draft", () => {
    expect([...factsOf(null, {}), ...factsOf({}, { total: 900 })]).toEqual([]);
  });

  it("is finalized, with its amounts, its currency and its period", () => {
    const detail = { ...BILL, dueDate: 300 };
    expect(factsOf({}, { ...OPEN, dueDate: 300 })).toEqual([{ name: "invoice.finalized", detail }]);
  });

  it("is paid", () => {
    const detail = { ...BILL, paid: 1200, remaining: 0, paidAt: 120 };
    expect(factsOf(OPEN, PAID)).toEqual([{ name: "invoice.paid", detail }]);
  });

  it("is finalized and paid where it is first told of as paid, or both came at once", () => {
    expect(names(null, PAID)).toEqual(["invoice.finalized", "invoice.paid"]);
    expect(names({}, PAID)).toEqual(["invoice.finalized", "invoice.paid"]);
  });

  it("is finalized once, also where Stripe did not say when", () => {
    expect(names({}, { status: "open" })).toEqual(["invoice.finalized"]);
    expect(factsOf({ status: "open" }, OPEN)).toEqual([]);
  });

  it("is not finalized where nobody knows its status", () => {
    expect(factsOf(null, { status: null })).toEqual([]);
  });

  it("was not paid at each attempt after which it is still owed", () => {
    const owed = (attempts: number) => ({ ...OPEN, attempts, nextAttempt: 500 });
    const detail = { ...BILL, attempts: 1, nextAttempt: 500 };
    expect(factsOf(owed(0), owed(1))).toEqual([{ name: "invoice.payment_failed", detail }]);
    expect(names(owed(1), owed(2))).toEqual(["invoice.payment_failed"]);
    expect(names(null, owed(2))).toEqual(["invoice.finalized", "invoice.payment_failed"]);
    expect(names(owed(1), { ...owed(2), status: "uncollectible" })).toEqual([
      "invoice.payment_failed",
      "invoice.uncollectible",
    ]);
  });

  it("says nothing of attempts that are not new, not known, or of a draft", () => {
    const owed = { ...OPEN, attempts: 1 };
    expect([...factsOf(owed, owed), ...factsOf(owed, { ...owed, attempts: null })]).toEqual([]);
    expect(factsOf({}, { attempts: 1 })).toEqual([]);
  });

  it("is voided, or given up and then paid after all", () => {
    expect(names(OPEN, { ...OPEN, status: "void" })).toEqual(["invoice.voided"]);
    expect(names(OPEN, { ...OPEN, status: "uncollectible" })).toEqual(["invoice.uncollectible"]);
    expect(names({ ...OPEN, status: "uncollectible" }, PAID)).toEqual(["invoice.paid"]);
  });
});

describe("an invoice that cannot be finalized", () => {
  const finalizationError = { code: "customer_tax_location_invalid", type: "invalid_request_error" };
  const detail = { ...BILL, ...finalizationError };

  it("says so when the error comes, and when another takes its place", () => {
    const other = { ...finalizationError, code: "tax_id_invalid" };
    expect(factsOf({}, { finalizationError })).toEqual([{ name: "invoice.finalization_failed", detail }]);
    expect(names(null, { finalizationError })).toEqual(["invoice.finalization_failed"]);
    expect(names({ finalizationError }, { finalizationError: other })).toEqual([
      "invoice.finalization_failed",
    ]);
  });

  it("says nothing while the error stays, or once it is gone", () => {
    const same = { finalizationError: { ...finalizationError } };
    expect([...factsOf({ finalizationError }, same), ...factsOf({ finalizationError }, {})]).toEqual([]);
  });
});

describe("an invoice that is paid too much", () => {
  it("says by how much each time that it is more", () => {
    const detail = { ...BILL, overpaid: 250, amount: 250 };
    expect(factsOf({}, { overpaid: 250 })).toEqual([{ name: "invoice.overpaid", detail }]);
    expect(factsOf({ overpaid: 250 }, { overpaid: 300 })[0]?.detail).toMatchObject({
      overpaid: 300,
      amount: 50,
    });
  });

  it("says nothing where it is no more than before", () => {
    expect([...factsOf({ overpaid: 250 }, { overpaid: 250 }), ...factsOf({ overpaid: 250 }, {})]).toEqual([]);
  });

  it("never tells the address of its page", () => {
    const page = { hostedInvoiceUrl: "https://invoice.stripe.com/i/1", overpaid: 5 };
    expect(JSON.stringify(factsOf(null, { ...OPEN, ...page }))).not.toContain("https");
  });
});
