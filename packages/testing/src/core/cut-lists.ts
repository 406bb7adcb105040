// Objects whose lists their events cut: what Stripe has after each change, and what the event shows of it.
import type { StripeObject } from "@stripe-lanes/core/event";
import fc from "fast-check";
import { summaryObject } from "./contributions.ts";

/** What Stripe has after a change, and what its event shows of it. */
export type Step = { type: string; whole: StripeObject; shown: StripeObject };

const list = (data: StripeObject[], has_more = false) => ({
  object: "list",
  data,
  has_more,
});

const linesOf = (count: number): StripeObject[] =>
  Array.from({ length: count }, (_, n) => ({
    object: "line_item",
    id: `li_${n}`,
    price: { object: "price", id: `price_${n % 3}` },
    quantity: 1,
  }));

export function summaryStep(count: number): Step {
  const keys = Array.from({ length: count }, (_, n) => `f${String(n).padStart(2, "0")}-of-${count}`);
  return {
    type: "entitlements.active_entitlement_summary.updated",
    whole: summaryObject("cus_1", keys),
    shown: summaryObject("cus_1", keys.slice(0, 10), count > 10),
  };
}

/** A session's events never have its lines. */
function sessionStep([type, status, payment_status]: [string, string, string]): Step {
  const shown = {
    object: "checkout.session",
    id: "cs_1",
    mode: "payment",
    payment_intent: "pi_1",
  };
  const session = { ...shown, status, payment_status };
  return {
    type: `checkout.session.${type}`,
    whole: { ...session, line_items: list(linesOf(2)) },
    shown: session,
  };
}

function invoiceStep([type, status, count]: [string, string, number]): Step {
  const owed = {
    attempt_count: 1,
    amount_remaining: 100,
    status_transitions: { finalized_at: 1 },
  };
  const invoice = {
    object: "invoice",
    id: "in_1",
    customer: "cus_1",
    subscription: "sub_1",
    status,
    ...owed,
  };
  return {
    type: `invoice.${type}`,
    whole: { ...invoice, lines: list(linesOf(count)) },
    shown: { ...invoice, lines: list(linesOf(count).slice(0, 10), count > 10) },
  };
}

const CREATED: [string, string, string] = ["created", "open", "unpaid"];
const COMPLETED: [string, string, string] = ["completed", "complete", "unpaid"];

export const anySummaries = fc
  .array(fc.constantFrom(1, 10, 11, 12), { minLength: 1, maxLength: 5 })
  .map((counts) => counts.map(summaryStep));

export const anySession = fc
  .constantFrom<[string, string, string][][]>(
    [CREATED, ["completed", "complete", "paid"]],
    [CREATED, COMPLETED, ["async_payment_succeeded", "complete", "paid"]],
    [CREATED, COMPLETED, ["async_payment_failed", "complete", "unpaid"]],
    [CREATED, ["expired", "expired", "unpaid"]],
  )
  .map((steps) => steps.map(sessionStep));

export const anyInvoice = fc
  .constantFrom<[string, string, number][][]>(
    [
      ["created", "draft", 9],
      ["updated", "draft", 11],
      ["finalized", "open", 12],
      ["paid", "paid", 12],
    ],
    [
      ["created", "draft", 12],
      ["finalized", "open", 12],
      ["voided", "void", 12],
    ],
    [
      ["created", "draft", 12],
      ["updated", "draft", 8],
      ["finalized", "open", 8],
      ["updated", "open", 8],
    ],
  )
  .map((steps) => steps.map(invoiceStep));
