// Where each version of the API has what an invoice is: what is read from all of them is one shape (D14).
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../json.ts";
import { type InvoiceLine, type InvoiceState, invoice } from "./invoice.ts";

const OBJECT = { object: "invoice", id: "in_1MtHbELkdIwHu7ixl4OzzPMv", customer: "cus_NcFjpsm9cNgxHb" };

const PERIOD = { period: { start: 1_700_000_000, end: 1_702_592_000 } };
const LINE = { id: "il_1MtHbELkdIwHu7ixcLbhBBxq", object: "line_item", amount: 1200, quantity: 2, ...PERIOD };

/** A renewal that was paid, but for what 2025-03-31.basil moved elsewhere. */
const PAID = {
  ...OBJECT,
  status: "paid",
  currency: "eur",
  number: "A3NVCRVQ-0002",
  billing_reason: "subscription_cycle",
  collection_method: "charge_automatically",
  subtotal: 1000,
  total: 1200,
  amount_due: 1100,
  amount_paid: 1100,
  amount_remaining: 0,
  attempt_count: 2,
  next_payment_attempt: null,
  due_date: null,
  period_start: 1_697_408_000,
  period_end: 1_700_000_000,
  status_transitions: { finalized_at: 1_700_003_600, paid_at: 1_700_090_000, voided_at: null },
  metadata: { order: "7" },
};

const BEFORE_BASIL = {
  ...PAID,
  subscription: "sub_1MtHbALkdIwHu7ix9LIWoFYK",
  tax: 200,
  total_tax_amounts: [{ amount: 200, inclusive: false }],
  lines: listed({ ...LINE, price: { id: "price_1MtHbALkdIwHu7ixUOWV0xkH" }, proration: false }),
};

const SINCE_BASIL = {
  ...PAID,
  parent: {
    type: "subscription_details",
    quote_details: null,
    subscription_details: { subscription: "sub_1MtHbALkdIwHu7ix9LIWoFYK", metadata: {} },
  },
  total_taxes: [
    { amount: 150, tax_behavior: "exclusive" },
    { amount: 50, tax_behavior: "exclusive" },
  ],
  lines: listed({
    ...LINE,
    parent: { invoice_item_details: null, subscription_item_details: { proration: false } },
    pricing: { type: "price_details", price_details: { price: "price_1MtHbALkdIwHu7ixUOWV0xkH" } },
  }),
};

const STATE: InvoiceState = {
  status: "paid",
  customer: "cus_NcFjpsm9cNgxHb",
  currency: "eur",
  number: "A3NVCRVQ-0002",
  billingReason: "subscription_cycle",
  collectionMethod: "charge_automatically",
  subscription: "sub_1MtHbALkdIwHu7ix9LIWoFYK",
  subtotal: 1000,
  tax: 200,
  total: 1200,
  due: 1100,
  paid: 1100,
  remaining: 0,
  attempts: 2,
  nextAttempt: null,
  dueDate: null,
  periodStart: 1_697_408_000,
  periodEnd: 1_700_000_000,
  finalizedAt: 1_700_003_600,
  paidAt: 1_700_090_000,
  lines: [
    {
      id: "il_1MtHbELkdIwHu7ixcLbhBBxq",
      price: "price_1MtHbALkdIwHu7ixUOWV0xkH",
      quantity: 2,
      amount: 1200,
      periodStart: 1_700_000_000,
      periodEnd: 1_702_592_000,
      proration: false,
    },
  ],
  metadata: { order: "7" },
};

function listed(...data: JsonObject[]): JsonObject {
  return { object: "list", data, has_more: false };
}

function project(changes: JsonObject): InvoiceState {
  return invoice.project({ ...OBJECT, lines: listed(), ...changes }, "invoice.updated");
}

function projectLine(line: JsonObject): InvoiceLine | undefined {
  return project({ lines: listed(line) }).lines[0];
}

describe("an invoice", () => {
  it.each([
    ["2020-08-27", BEFORE_BASIL],
    ["2024-09-30.acacia", BEFORE_BASIL],
    ["2025-03-31.basil", SINCE_BASIL],
    ["2026-10-28.endive", SINCE_BASIL],
  ])("is what is asked for, what was paid and what is left, as %s tells it", (_, object) => {
    expect(invoice.project(object, "invoice.paid")).toEqual(STATE);
  });

  it("reads what is expanded as what is not", () => {
    const details = { subscription: { id: "sub_1MtHbALkdIwHu7ix9LIWoFYK", status: "active" } };
    const pricing = { price_details: { price: { id: "price_1MtHbALkdIwHu7ixUOWV0xkH", unit_amount: 600 } } };
    const [line] = SINCE_BASIL.lines.data as JsonObject[];
    const expanded = {
      ...SINCE_BASIL,
      customer: { id: "cus_NcFjpsm9cNgxHb", email: null },
      parent: { ...SINCE_BASIL.parent, subscription_details: details },
      lines: listed({ ...line, pricing }),
    };
    expect(invoice.project(expanded, "invoice.paid")).toEqual(STATE);
    const bare = { ...BEFORE_BASIL, subscription: details.subscription };
    expect(invoice.project(bare, "invoice.paid")).toEqual(STATE);
  });

  it("is a state of some 600 bytes, so that its row stays under 1 KB (D13)", () => {
    expect(Buffer.byteLength(JSON.stringify(STATE))).toBeLessThan(700);
  });

  it("has no subscription where it was made by hand or from a quote", () => {
    expect(project({ parent: null }).subscription).toBeNull();
    expect(project({ parent: { quote_details: { quote: "qt_1" } } }).subscription).toBeNull();
    expect(project({ subscription: null }).subscription).toBeNull();
  });
});

describe("an invoice's tax", () => {
  const cases: [string, JsonObject, number | null][] = [
    ["is the invoice's own until basil", { tax: 200, total_tax_amounts: [{ amount: 200 }] }, 200],
    ["is a zero that was told", { tax: 0 }, 0],
    ["is a zero that was told since basil", { total_taxes: [{ amount: 0 }] }, 0],
    ["is the sum of its taxes since", { total_taxes: [{ amount: 150 }, { amount: 50 }] }, 200],
    ["is unknown where none was worked out", { tax: null, total_tax_amounts: [] }, null],
    ["is unknown where there are no taxes", { total_taxes: [] }, null],
    ["is unknown where there is no list of taxes", { total_taxes: null }, null],
    ["is never the sum of some", { total_taxes: [{ amount: 150 }, { amount: "50" }, { amount: 1 }] }, null],
  ];

  it.each(cases)("%s", (_, told, tax) => {
    expect(project(told).tax).toBe(tax);
  });
});

describe("an invoice's line", () => {
  const proration = (value: Json) => ({ proration: value });
  const cases: [string, JsonObject, Partial<InvoiceLine>][] = [
    ["has its price until basil", { price: { id: "price_1" } }, { price: "price_1" }],
    [
      "has it in its pricing since",
      { pricing: { price_details: { price: "price_1" } } },
      { price: "price_1" },
    ],
    ["has none where it was made by hand", { price: null, pricing: null }, { price: null }],
    ["has none where its pricing is another", { pricing: { type: "rate_card" } }, { price: null }],
    ["prorates until basil", proration(true), { proration: true }],
    [
      "prorates as a subscription's item since",
      { parent: { subscription_item_details: proration(true), invoice_item_details: null } },
      { proration: true },
    ],
    [
      "prorates as an invoice item since",
      { parent: { subscription_item_details: null, invoice_item_details: proration(true) } },
      { proration: true },
    ],
    ["does not say whether it prorates", { parent: null }, { proration: null }],
    ["credits what was paid before", { amount: -500, quantity: null }, { amount: -500, quantity: null }],
    ["has no period that cannot be read", { period: "May" }, { periodStart: null, periodEnd: null }],
  ];

  it.each(cases)("%s", (_, line, expected) => {
    expect(projectLine(line)).toMatchObject(expected);
  });

  it("is left out where it is none", () => {
    expect(project({ lines: { data: [null, "il_1", LINE] } }).lines).toHaveLength(1);
  });
});
