// Credit notes: what an open invoice asks for less, and what was given back of a paid one.
import type { CreditNote } from "./billing-records.ts";
import { emit } from "./emit.ts";
import { dueOf } from "./invoices.ts";
import { type MetadataChanges, withMetadata } from "./metadata.ts";
import type { Invoice } from "./records.ts";
import { change, create, find, newId, recordsOf, type Sandbox } from "./sandbox.ts";

/** `amount` of the first line, without its tax. */
export type NewCreditNote = { invoice: string; amount: number; reason?: CreditNote["reason"]; memo?: string };

/** @throws Error when the invoice is neither open nor paid, or the note would take all that is left of it. */
export function createCreditNote(sandbox: Sandbox, params: NewCreditNote): CreditNote {
  const invoice = find(sandbox, "invoice", params.invoice);
  const note = newCreditNote(sandbox, invoice, params);
  if (note.total >= creditable(invoice)) throw new Error(`${invoice.id} cannot be credited ${note.total}.`);
  create(sandbox, note);
  emit(sandbox, note, "credit_note.created");
  credit(sandbox, note, note.total);
  return note;
}

function newCreditNote(sandbox: Sandbox, invoice: Invoice, params: NewCreditNote): CreditNote {
  const { amount, reason = null, memo = null } = params;
  const tax = Math.round((amount * invoice.tax) / (invoice.total - invoice.tax || 1));
  return {
    object: "credit_note",
    id: newId(sandbox, "cn_1", 23),
    created: sandbox.now,
    customer: invoice.customer,
    invoice: invoice.id,
    number: `${invoice.number}-CN-${String(notesOn(sandbox, invoice) + 1).padStart(2, "0")}`,
    currency: invoice.currency,
    lines: [line(sandbox, invoice, amount)],
    ...{ subtotal: amount, tax, total: amount + tax },
    type: invoice.status === "open" ? "pre_payment" : "post_payment",
    ...{ reason, memo, status: "issued", voidedAt: null, metadata: {} },
  };
}

function line(sandbox: Sandbox, { lines }: Invoice, amount: number): CreditNote["lines"][number] {
  const [of] = lines;
  const id = newId(sandbox, "cnli_1", 23);
  return { id, invoiceLine: of?.id ?? "", amount, description: of?.description ?? "" };
}

function notesOn(sandbox: Sandbox, { id }: Invoice): number {
  return recordsOf(sandbox, "credit_note").filter(({ invoice }) => invoice === id).length;
}

/** What a credit note on the invoice must be worth less than. */
export function creditable(invoice: Invoice): number {
  if (invoice.status === "open") return dueOf(invoice);
  return invoice.status === "paid" ? invoice.amountPaid - invoice.credited.after : 0;
}

/** Stripe tells of the invoice alone, even where less is to be paid now. */
function credit(sandbox: Sandbox, { invoice: id, type }: CreditNote, amount: number): void {
  const invoice = find(sandbox, "invoice", id);
  const { before, after } = invoice.credited;
  const isPaid = type === "post_payment";
  const credited = isPaid ? { before, after: after + amount } : { before: before + amount, after };
  const payment = isPaid ? invoice.payment : asked(sandbox, invoice, invoice.total - credited.before);
  emit(sandbox, change(sandbox, invoice, { credited, payment }), "invoice.updated");
}

function asked(sandbox: Sandbox, { paymentIntent, payment }: Invoice, amount: number): Invoice["payment"] {
  if (paymentIntent !== null) change(sandbox, find(sandbox, "payment_intent", paymentIntent), { amount });
  return payment === null ? null : change(sandbox, payment, { amount });
}

export function updateCreditNote(
  sandbox: Sandbox,
  id: string,
  { memo, metadata }: { memo?: string; metadata?: MetadataChanges },
): CreditNote {
  const note = find(sandbox, "credit_note", id);
  const updated = change(sandbox, note, {
    memo: memo ?? note.memo,
    metadata: withMetadata(note.metadata, metadata ?? {}),
  });
  emit(sandbox, updated, "credit_note.updated");
  return updated;
}

/** "Void a credit note": only while its invoice is open. */
export function voidCreditNote(sandbox: Sandbox, id: string): CreditNote {
  const note = find(sandbox, "credit_note", id);
  const isOpen = find(sandbox, "invoice", note.invoice).status === "open";
  if (!isOpen || note.status === "void") throw new Error(`${id} cannot be voided.`);
  const voided = change(sandbox, note, { status: "void", voidedAt: sandbox.now });
  emit(sandbox, voided, "credit_note.voided");
  credit(sandbox, voided, -voided.total);
  return voided;
}
