// A credit note and its lines.
import type { CreditNote, CreditNoteLine } from "../billing-records.ts";
import { list, type View } from "./list.ts";
import { taxes } from "./tax.ts";

export function renderCreditNote(note: CreditNote, view: View) {
  const { id, created, currency, customer, invoice, lines, memo, number, reason, status, type } = note;
  return {
    id,
    object: "credit_note",
    ...amounts(note, view),
    created,
    currency,
    customer,
    customer_account: null,
    customer_balance_transaction: null,
    effective_at: created,
    invoice,
    lines: list(lines, `/v1/credit_notes/${id}/lines`, (line) => renderLine(line, view)),
    livemode: view.options.livemode,
    memo,
    metadata: { ...note.metadata },
    number,
    pdf: `https://pay.stripe.com/credit_notes/acct_1SimulatedAccount/test_${id}/pdf?s=ap`,
    reason,
    refunds: [],
    status,
    type,
    voided_at: note.voidedAt,
  };
}

function amounts({ subtotal, tax, total, type }: CreditNote, { shape }: View) {
  const isPaid = type === "post_payment";
  return {
    amount: total,
    amount_shipping: 0,
    discount_amount: 0,
    discount_amounts: [],
    out_of_band_amount: isPaid ? total : null,
    post_payment_amount: isPaid ? total : 0,
    pre_payment_amount: isPaid ? 0 : total,
    pretax_credit_amounts: [],
    shipping_cost: null,
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: subtotal,
    [shape.creditNoteTaxes ? "total_taxes" : "tax_amounts"]: taxes(tax, subtotal, shape.creditNoteTaxes),
  };
}

function renderLine({ id, amount, description, invoiceLine }: CreditNoteLine, { shape, options }: View) {
  return {
    id,
    object: "credit_note_line_item",
    amount,
    description,
    discount_amount: 0,
    discount_amounts: [],
    invoice_line_item: invoiceLine,
    livemode: options.livemode,
    pretax_credit_amounts: [],
    quantity: 1,
    tax_rates: [],
    ...(shape.creditNoteTaxes ? { taxes: [] } : { tax_amounts: [] }),
    type: "invoice_line_item",
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  };
}
