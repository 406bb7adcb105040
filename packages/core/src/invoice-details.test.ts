import { describe, expect, it } from "vitest";
import { type InvoiceDetails, invoiceDetailsOf } from "./invoice-details.ts";
import type { JsonObject } from "./json.ts";
import { invoice } from "./nouns/invoice.ts";

const details = (members: JsonObject): InvoiceDetails =>
  invoiceDetailsOf({ object: "invoice", id: "in_1", status: "open", ...members });

/** What every invoice has in every version. */
const PLAIN = {
  default_payment_method: null,
  default_source: null,
  starting_balance: 0,
  ending_balance: null,
  last_finalization_error: null,
  pre_payment_credit_notes_amount: 0,
  post_payment_credit_notes_amount: 0,
};

const URL = "https://invoice.stripe.com/i/acct_1/test_1?s=ap";

describe("an invoice's details", () => {
  it.each([
    ["before basil", PLAIN],
    ["since basil", { ...PLAIN, amount_overpaid: 0 }],
    ["with nothing that can be read", { amount_overpaid: "1", starting_balance: 0.5, hosted_invoice_url: 5 }],
  ])("are absent from an ordinary invoice, and so cost nothing, %s", (_, members) => {
    expect(details(members)).toEqual({});
  });

  it.each<[string, JsonObject, InvoiceDetails]>([
    [
      "what it is charged to",
      { default_payment_method: "pm_1", default_source: "card_1" },
      { defaultPaymentMethod: "pm_1" },
    ],
    ["or an older source", { default_source: { id: "card_1" } }, { defaultPaymentMethod: "card_1" }],
    [
      "the credit that it used",
      { starting_balance: -500, ending_balance: 0 },
      { startingBalance: -500, endingBalance: 0 },
    ],
    ["the credit that it has not used yet", { starting_balance: -500 }, { startingBalance: -500 }],
    ["what was paid too much", { amount_overpaid: 250 }, { overpaid: 250 }],
    [
      "what credit notes came to",
      { pre_payment_credit_notes_amount: 0, post_payment_credit_notes_amount: 400 },
      { credited: { prePayment: 0, postPayment: 400 } },
    ],
    [
      "why it could not be finalized",
      { last_finalization_error: { code: "customer_tax_location_invalid", type: "invalid_request_error" } },
      { finalizationError: { code: "customer_tax_location_invalid", type: "invalid_request_error" } },
    ],
  ])("say %s", (_, members, expected) => {
    expect(details({ ...PLAIN, ...members })).toEqual(expected);
  });

  it.each(["draft", "paid", "uncollectible", "void", null])(
    "have no page of an invoice that is %s",
    (status) => {
      expect(details({ status, hosted_invoice_url: URL })).toEqual({});
    },
  );

  it("have the page of an open invoice, where the customer can pay it", () => {
    expect(details({ hosted_invoice_url: URL })).toEqual({ hostedInvoiceUrl: URL });
  });

  it("never have the message of an error, which may hold what the customer entered", () => {
    const error = { code: "tax_id_invalid", type: "invalid_request_error", message: "ada@example.com" };
    expect(JSON.stringify(details({ last_finalization_error: error }))).not.toContain("@");
  });

  it("are part of the invoice's state", () => {
    const object = { object: "invoice", status: "paid", amount_overpaid: 250 };
    expect(invoice.project(object, "invoice.overpaid")).toMatchObject({ overpaid: 250 });
  });
});
