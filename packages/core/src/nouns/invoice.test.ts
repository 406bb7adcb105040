import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { isTerminal, rankOf } from "../lifecycle.ts";
import { type InvoiceState, invoice } from "./invoice.ts";

const OBJECT = { object: "invoice", id: "in_1", customer: "cus_1" };

const LINE = { id: "il_1", object: "line_item", amount: 1200, quantity: 2 };

/** What Stripe calls the members that are read as they are. */
const NAMES = [
  ...["status", "customer", "currency", "number", "billing_reason", "collection_method", "metadata"],
  ...["subtotal", "tax", "total_taxes", "total", "amount_due", "amount_paid", "amount_remaining"],
  ...[
    "attempt_count",
    "next_payment_attempt",
    "due_date",
    "period_start",
    "period_end",
    "status_transitions",
  ],
];

const NOTHING: InvoiceState = {
  status: null,
  customer: "cus_1",
  currency: null,
  number: null,
  billingReason: null,
  collectionMethod: null,
  subscription: null,
  subtotal: null,
  tax: null,
  total: null,
  due: null,
  paid: null,
  remaining: null,
  attempts: null,
  nextAttempt: null,
  dueDate: null,
  periodStart: null,
  periodEnd: null,
  finalizedAt: null,
  paidAt: null,
  lines: [],
  metadata: {},
};

function listed(...data: JsonObject[]): JsonObject {
  return { object: "list", data, has_more: false };
}

function project(changes: JsonObject): InvoiceState {
  return invoice.project({ ...OBJECT, lines: listed(), ...changes }, "invoice.updated");
}

describe("an invoice", () => {
  it("has a due date and tries to come while it is open", () => {
    const open = { due_date: 300, next_payment_attempt: 200, amount_remaining: 1100, attempt_count: 0 };
    const expected = { dueDate: 300, nextAttempt: 200, remaining: 1100, attempts: 0 };
    expect(project(open)).toMatchObject(expected);
  });

  it.each([
    ["jpy", 1200],
    ["kwd", 1_234_560],
    ["eur", -500],
  ])("has its amounts in %s as Stripe sends them, never converted", (currency, amount) => {
    const told = { currency, subtotal: amount, tax: amount, total: amount, amount_due: amount };
    const read = { currency, subtotal: amount, tax: amount, total: amount, due: amount };
    expect(project(told)).toMatchObject(read);
    expect(project({ total_taxes: [{ amount }] }).tax).toBe(amount);
    expect(project({ lines: listed({ amount }) }).lines).toMatchObject([{ amount }]);
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    expect(project({})).toEqual(NOTHING);
    const broken = Object.fromEntries([...NAMES, "parent", "subscription"].map((name) => [name, [7]]));
    const read = invoice.project({ ...broken, object: "invoice", lines: listed() }, "invoice.updated");
    expect(read).toEqual({ ...NOTHING, customer: null });
  });

  it("is incomplete where Stripe cut its lines or did not send them, and only there", () => {
    const cut = { object: "list", data: [LINE], has_more: true };
    expect(project({ lines: cut }).incomplete).toEqual(["lines"]);
    expect(project({ lines: cut }).lines).toHaveLength(1);
    expect(invoice.project(OBJECT, "invoice.updated").incomplete).toEqual(["lines"]);
    expect(project({ lines: listed(LINE) })).not.toHaveProperty("incomplete");
  });

  it("lives with its customer", () => {
    expect(invoice.customerOf(project({}), "in_1")).toBe("cus_1");
    expect(invoice.home).toBe("customer");
  });

  it("has no row while it is a preview, with an id or without", () => {
    expect(invoice.rowIdOf?.(OBJECT)).toBe("in_1");
    expect(invoice.rowIdOf?.({ object: "invoice", customer: "cus_1" })).toBeNull();
    expect(invoice.rowIdOf?.({ ...OBJECT, id: null })).toBeNull();
    expect(invoice.rowIdOf?.({ ...OBJECT, id: "upcoming_in_1" })).toBeNull();
  });
});

describe('an invoice\'s status ("Status transitions and finalization")', () => {
  const lifecycle = invoice.lifecycleOf(OBJECT);

  it("goes from a draft by open and uncollectible, which may still be paid, to paid or void", () => {
    const ranks = ["draft", "open", "uncollectible", "paid", "void"].map((status) =>
      rankOf(lifecycle, status),
    );
    expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
    expect(new Set(ranks).size).toBe(5);
  });

  it("is without return only when void", () => {
    const all = ["draft", "open", "uncollectible", "paid", "void"];
    expect(all.filter((status) => isTerminal(lifecycle, status))).toEqual(["void"]);
  });

  it("is what invoices are listed by", () => {
    expect(invoice.statusOf(project({ status: "paid" }))).toBe("paid");
    expect(invoice.statusOf(project({ status: 5 }))).toBeNull();
  });
});

describe("what an invoice says of its customer's profile", () => {
  const open = {
    status: "open",
    attempt_count: 1,
    amount_remaining: 1100,
    parent: { subscription_details: { subscription: "sub_1" } },
    status_transitions: { finalized_at: 100 },
  };
  const joins = (changes: JsonObject = {}, deleted = false) => {
    const state = project({ ...open, ...changes });
    return invoice.joins?.({ id: "in_1", state, own: state, evidence: {}, deleted });
  };

  it("is since when a subscription owes what could not be collected", () => {
    const state = { subscription: "sub_1", since: 100 };
    const join = { noun: "profile", id: "cus_1", customer: "cus_1", state };
    expect(joins()).toEqual([join]);
    const sent = { collection_method: "send_invoice", due_date: 900, attempt_count: 0 };
    expect(joins(sent)).toEqual([{ ...join, state: { ...state, since: 900 } }]);
  });

  it.each<[string, JsonObject]>([
    ["that nobody tried to collect yet", { attempt_count: 0 }],
    ["that is paid", { status: "paid", amount_remaining: 0 }],
    ["that is void", { status: "void" }],
    ["that the business gave up on", { status: "uncollectible" }],
    ["of which nothing remains", { amount_remaining: 0 }],
    ["of no subscription", { parent: null }],
    ["that is no customer's", { customer: null }],
  ])("is nothing of one %s, so that an ordinary renewal writes the profile once", (_, changes) => {
    expect(joins(changes)).toEqual([]);
  });

  it("is nothing of one that is deleted", () => {
    expect(joins({}, true)).toEqual([]);
  });
});
