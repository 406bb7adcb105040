// An invoice and its payment. Until basil it named one payment intent and one charge; since then it has a
// list of payments.
import type { InvoicePayment } from "../money.ts";
import type { Invoice } from "../records.ts";
import { discountOn } from "./discount.ts";
import { renderLine } from "./line.ts";
import { list, type View } from "./list.ts";
import { taxes } from "./tax.ts";

/** What no simulated invoice uses. */
const UNUSED = {
  account_country: "US",
  account_name: "Example Ltd",
  account_tax_ids: null,
  amount_shipping: 0,
  application: null,
  collection_method: "charge_automatically",
  custom_fields: null,
  customer_account: null,
  customer_address: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: "none",
  default_payment_method: null,
  default_source: null,
  description: null,
  due_date: null,
  footer: null,
  from_invoice: null,
  last_finalization_error: null,
  latest_revision: null,
  on_behalf_of: null,
  receipt_number: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  test_clock: null,
  webhooks_delivered_at: null,
};

export function renderInvoice(invoice: Invoice, view: View) {
  const { id, created, currency, customer, status } = invoice;
  return {
    id,
    object: "invoice",
    ...UNUSED,
    ...settings(),
    ...amounts(invoice),
    ...progress(invoice),
    ...pages(invoice),
    ...(view.shape.invoiceParents ? { parent: parent(invoice) } : references(invoice)),
    ...(view.shape.invoicePayments ? payments(invoice, view) : payment(invoice)),
    ...tax(invoice, view),
    ...discounts(invoice, view),
    [view.shape.invoiceRendering ? "rendering" : "rendering_options"]: null,
    billing_reason: invoice.billingReason,
    created,
    currency,
    customer,
    customer_email: invoice.customerEmail,
    customer_name: invoice.customerName,
    lines: list(invoice.lines, `/v1/invoices/${id}/lines`, (line) => renderLine(line, invoice, view)),
    livemode: view.options.livemode,
    metadata: {},
    period_end: invoice.period.end,
    period_start: invoice.period.start,
    status,
  };
}

function settings() {
  return {
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    customer_tax_ids: [],
    default_tax_rates: [],
    issuer: { type: "self" },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    total_pretax_credit_amounts: [],
  };
}

function amounts({ subtotal, tax, total, credited, amountPaid, status }: Invoice) {
  const due = total - credited.before;
  return {
    amount_due: due,
    amount_paid: amountPaid,
    amount_remaining: due - amountPaid,
    ending_balance: status === "draft" ? null : 0,
    post_payment_credit_notes_amount: credited.after,
    pre_payment_credit_notes_amount: credited.before,
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total - tax,
  };
}

function tax({ tax, total }: Invoice, { shape }: View) {
  const all = taxes(tax, total - tax, shape.invoiceTaxes);
  if (shape.invoiceTaxes) return { total_taxes: all };
  return { tax: tax === 0 ? null : tax, total_tax_amounts: all };
}

function discounts({ discounted }: Invoice, view: View) {
  const amounts =
    discounted === null ? [] : [{ amount: discounted.amount, discount: discounted.discount.id }];
  return { ...discountOn(discounted?.discount ?? null, view), total_discount_amounts: amounts };
}

function progress(invoice: Invoice) {
  return {
    attempt_count: invoice.attempts,
    attempted: invoice.attempts > 0 || invoice.status === "paid",
    auto_advance: invoice.autoAdvance,
    automatically_finalizes_at: invoice.finalizesAt,
    effective_at: invoice.finalizedAt,
    next_payment_attempt: invoice.nextAttempt,
    number: invoice.number,
    status_transitions: {
      finalized_at: invoice.finalizedAt,
      marked_uncollectible_at: invoice.uncollectibleAt,
      paid_at: invoice.paidAt,
      voided_at: invoice.voidedAt,
    },
  };
}

function pages({ id, status }: Invoice) {
  if (status === "draft") return { hosted_invoice_url: null, invoice_pdf: null };
  return {
    hosted_invoice_url: `https://invoice.stripe.com/i/acct_1SimulatedAccount/test_${id}?s=ap`,
    invoice_pdf: `https://pay.stripe.com/invoice/acct_1SimulatedAccount/test_${id}/pdf?s=ap`,
  };
}

function parent({ subscription, subscriptionMetadata }: Invoice) {
  if (subscription === null) return null;
  return {
    quote_details: null,
    subscription_details: { metadata: { ...subscriptionMetadata }, subscription },
    type: "subscription_details",
  };
}

function references({ subscription, subscriptionMetadata }: Invoice) {
  const metadata = subscription === null ? null : { ...subscriptionMetadata };
  return { quote: null, subscription, subscription_details: { metadata } };
}

function payments({ id, payment }: Invoice, view: View) {
  const all = payment === null ? [] : [payment];
  return {
    amount_overpaid: 0,
    payments: list(all, `/v1/invoice_payments?invoice=${id}`, (one) => renderInvoicePayment(one, view)),
  };
}

function payment({ paymentIntent, charge, status }: Invoice) {
  return {
    application_fee_amount: null,
    charge,
    paid: status === "paid",
    paid_out_of_band: false,
    payment_intent: paymentIntent,
    transfer_data: null,
  };
}

export function renderInvoicePayment(payment: InvoicePayment, { options }: View) {
  return {
    id: payment.id,
    object: "invoice_payment",
    amount_paid: payment.status === "paid" ? payment.amount : null,
    amount_requested: payment.amount,
    created: payment.created,
    currency: payment.currency,
    invoice: payment.invoice,
    is_default: true,
    livemode: options.livemode,
    payment: { payment_intent: payment.paymentIntent, type: "payment_intent" },
    status: payment.status,
    status_transitions: { canceled_at: payment.canceledAt, paid_at: payment.paidAt },
  };
}
