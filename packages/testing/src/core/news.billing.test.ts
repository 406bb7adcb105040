// News that only one event type tells, of what is billed: it is in a row, and a fact where somebody has to act.
import { describe, expect, it } from "vitest";
import { factsOf, inEveryOrder, reads } from "./readings.ts";
import { SESSION } from "./stories/checkout-objects.ts";
import { INVOICE, invoiceItem } from "./stories/invoice-objects.ts";
import { at, DAY, MONTH, START, told } from "./stories/story.ts";
import { endedAt, SUBSCRIPTION } from "./stories/subscription-objects.ts";

const born = at(0, "customer.subscription.created", SUBSCRIPTION);

describe("what a guest's session tells", () => {
  it("is kept, whichever of its events comes first", async () => {
    const guest = {
      ...SESSION,
      customer: null,
      client_reference_id: "user_77",
      payment_link: "plink_1",
      total_details: { amount_discount: 300, amount_shipping: 500, amount_tax: 120 },
    };
    const paid = { ...guest, payment_status: "paid" };
    await inEveryOrder(
      told("guest", [
        at(0, "checkout.session.completed", guest),
        at(DAY, "checkout.session.async_payment_succeeded", paid),
      ]),
      reads("order", "cs_1", {
        status: "paid",
        state: {
          clientReferenceId: "user_77",
          customerDetails: { email: "ada@example.com", name: "Ada" },
          paymentLink: "plink_1",
          discount: 300,
          shipping: 500,
          tax: 120,
        },
      }),
    );
  });
});

describe("what a schedule tells", () => {
  const phase = (from: number, price: string) => ({
    start_date: START + from,
    end_date: START + from + MONTH,
    items: [{ price, quantity: 1 }],
  });
  const SCHEDULE = {
    id: "sub_sched_1",
    object: "subscription_schedule",
    current_phase: { start_date: START, end_date: START + MONTH },
    customer: "cus_1",
    end_behavior: "release",
    phases: [phase(0, "price_pro")],
    status: "active",
    subscription: "sub_1",
  };
  const PLANNED = { ...SCHEDULE, phases: [phase(0, "price_pro"), phase(MONTH, "price_basic")] };

  it("says which price comes next, and when", async () => {
    const next = { start: START + MONTH, items: [{ price: "price_basic", quantity: 1 }] };
    await inEveryOrder(
      told("planned", [
        at(0, "subscription_schedule.created", SCHEDULE),
        at(DAY, "subscription_schedule.updated", PLANNED, SCHEDULE),
      ]),
      reads("subscription-schedule", "sub_sched_1", { customer: "cus_1", status: "active", state: { next } }),
    );
  });
});

describe("why a subscription ends", () => {
  const why = (reason: string) => ({ feedback: null, comment: null, reason });
  const gone = (reason: string) => ({ ...SUBSCRIPTION, ...endedAt(DAY), cancellation_details: why(reason) });

  it.each(["payment_failed", "cancellation_requested"])("is in its row: %s", async (reason) => {
    await inEveryOrder(
      told(reason, [born, at(DAY, "customer.subscription.deleted", gone(reason))]),
      reads("subscription", "sub_1", { status: "canceled", state: { cancellation: why(reason) } }),
    );
  });
});

describe("a change that waits for payment", () => {
  const pending_update = {
    billing_cycle_anchor: null,
    expires_at: START + DAY,
    subscription_items: [{ id: "si_1", price: { id: "price_basic" }, quantity: 5 }],
    trial_end: null,
  };
  const WAITING = { ...SUBSCRIPTION, pending_update };
  const waits = at(5, "customer.subscription.updated", WAITING, SUBSCRIPTION);

  it("is what waits, and until when", async () => {
    const items = [{ id: "si_1", price: "price_basic", quantity: 5 }];
    await inEveryOrder(
      told("waits", [born, waits]),
      reads("subscription", "sub_1", { state: { pendingUpdate: { expiresAt: START + DAY, items } } }),
    );
  });

  it("is gone once it has expired", async () => {
    const expired = at(DAY, "customer.subscription.pending_update_expired", SUBSCRIPTION);
    await inEveryOrder(told("expires", [born, waits, expired]), async ({ ports }) => {
      const rows = JSON.stringify(ports.memory.items().filter(({ sk }) => sk.startsWith("subscription")));
      expect(rows).not.toContain("pendingUpdate");
    });
  });
});

describe("what goes wrong with an invoice", () => {
  const failing = {
    ...INVOICE,
    last_finalization_error: { code: "customer_tax_location_invalid", type: "invalid_request_error" },
  };

  it("is why nobody is charged", async () => {
    const events = told("failing", [
      at(0, "invoice.created", INVOICE),
      at(3600, "invoice.finalization_failed", failing, INVOICE),
    ]);
    const finalizationError = { code: "customer_tax_location_invalid", type: "invalid_request_error" };
    await inEveryOrder(events, reads("invoice", "in_1", { status: "draft", state: { finalizationError } }));
    expect(await factsOf(events)).toEqual(["invoice.finalization_failed"]);
  });

  it("is what was paid beyond what was due", async () => {
    const paid = { ...INVOICE, status: "paid", amount_paid: 1000, amount_remaining: 0 };
    const events = told("overpaid", [
      at(0, "invoice.paid", paid),
      at(1, "invoice.overpaid", { ...paid, amount_overpaid: 250 }),
    ]);
    await inEveryOrder(events, reads("invoice", "in_1", { state: { overpaid: 250 } }));
    expect(await factsOf(events)).toContain("invoice.overpaid");
  });

  it("is where it can be paid, and only as long as it can", async () => {
    const url = "https://invoice.stripe.com/i/acct_1/test_1?s=ap";
    const open = { ...INVOICE, status: "open", hosted_invoice_url: url };
    const paid = { ...open, status: "paid", amount_paid: 1000, amount_remaining: 0 };
    const opened = at(0, "invoice.finalized", open);
    await inEveryOrder(
      told("page", [opened]),
      reads("invoice", "in_1", { state: { hostedInvoiceUrl: url } }),
    );
    await inEveryOrder(told("page", [opened, at(1, "invoice.paid", paid)]), async ({ ports }) => {
      expect(JSON.stringify(ports.memory.items())).not.toContain("https");
    });
  });
});

describe("a credit note", () => {
  it("says how it was given back, and its invoice how much", async () => {
    const paid = { ...INVOICE, status: "paid", amount_paid: 1000, amount_remaining: 0 };
    const note = {
      id: "cn_1",
      object: "credit_note",
      currency: "eur",
      customer: "cus_1",
      customer_balance_transaction: "cbtxn_1",
      invoice: "in_1",
      out_of_band_amount: 50,
      post_payment_amount: 400,
      pre_payment_amount: 0,
      refunds: [{ amount_refunded: 250, refund: "re_1", type: "refund" }],
      status: "issued",
      subtotal: 400,
      total: 400,
      type: "post_payment",
    };
    const credited = { ...paid, post_payment_credit_notes_amount: 400 };
    await inEveryOrder(
      told("credited", [
        at(0, "invoice.paid", { ...paid, post_payment_credit_notes_amount: 0 }),
        at(DAY, "credit_note.created", note),
        at(DAY, "invoice.updated", credited, { ...paid, post_payment_credit_notes_amount: 0 }),
      ]),
      reads("credit-note", "cn_1", { state: { refunded: 250, toBalance: 100, outOfBand: 50 } }),
      reads("invoice", "in_1", { state: { credited: { prePayment: 0, postPayment: 400 } } }),
    );
  });
});

describe("an invoice item", () => {
  it("says what the next invoice will charge for what, and that it was deleted", async () => {
    const item = invoiceItem("ii_1", "price_pro", 1500);
    const state = { price: "price_pro", subscription: "sub_1", amount: 1500, proration: true };
    const made = at(0, "invoiceitem.created", item);
    await inEveryOrder(told("item", [made]), reads("invoice-item", "ii_1", { deleted: false, state }));
    const gone = at(0, "invoiceitem.deleted", item);
    await inEveryOrder(told("gone", [made, gone]), reads("invoice-item", "ii_1", { deleted: true }));
  });
});
