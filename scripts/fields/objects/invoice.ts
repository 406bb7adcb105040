import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const invoice: Fields = {
  kept: {
    status: "status",
    customer: "customer customer_account",
    currency: "currency",
    number: "number",
    billingReason: "billing_reason",
    collectionMethod: "collection_method",
    subscription: "parent.subscription_details.subscription subscription",
    subtotal: "subtotal",
    total: "total",
    due: "amount_due",
    paid: "amount_paid",
    remaining: "amount_remaining",
    overpaid: "amount_overpaid",
    startingBalance: "starting_balance",
    endingBalance: "ending_balance",
    "credited.prePayment": "pre_payment_credit_notes_amount",
    "credited.postPayment": "post_payment_credit_notes_amount",
    attempts: "attempt_count",
    nextAttempt: "next_payment_attempt",
    dueDate: "due_date",
    periodStart: "period_start",
    periodEnd: "period_end",
    finalizedAt: "status_transitions.finalized_at",
    paidAt: "status_transitions.paid_at",
    "finalizationError.code": "last_finalization_error.code",
    "finalizationError.type": "last_finalization_error.type",
    defaultPaymentMethod: "default_payment_method default_source",
    "lines[].id": "lines[].id",
    "lines[].amount": "lines[].amount",
    "lines[].quantity": "lines[].quantity",
    "lines[].price": "lines[].pricing.price_details.price lines[].price",
    "lines[].periodStart": "lines[].period.start",
    "lines[].periodEnd": "lines[].period.end",
    "lines[].proration": `lines[].parent.invoice_item_details.proration
      lines[].parent.subscription_item_details.proration lines[].proration`,
    created: "created",
    metadata: "metadata",
  },
  derived: {
    "`tax`: the sum": "total_taxes[].amount tax",
    "`hostedInvoiceUrl`, as long as it is open": "hosted_invoice_url",
  },
  left: {
    [because.SECRET]: "invoice_pdf confirmation_secret.*",
    [because.SETTINGS]: `auto_advance automatically_finalizes_at payment_settings.* test_clock`,
    [because.PLATFORM]: "application application_fee_amount on_behalf_of transfer_data issuer.*",
    [because.PAPER]: `account_country account_name account_tax_ids[] custom_fields.* description effective_at footer
      receipt_number rendering.* rendering_options statement_descriptor`,
    [because.PERSON]: `customer_address.* customer_email customer_name customer_phone customer_shipping.*
      customer_tax_exempt customer_tax_ids.* shipping_details.*`,
    [because.TAX]: `automatic_tax.* default_tax_rates[] total_taxes.* total_tax_amounts.* total_excluding_tax
      subtotal_excluding_tax lines[].taxes.* lines[].tax_amounts[] lines[].tax_rates[] lines[].amount_excluding_tax
      lines[].unit_amount_excluding_tax`,
    [because.DISCOUNT]: `discount discounts[] total_discount_amounts.* lines[].discount_amounts.* lines[].discountable
      lines[].discounts[]`,
    [because.ADVICE]: `last_finalization_error.advice_code last_finalization_error.decline_code
      last_finalization_error.doc_url last_finalization_error.message last_finalization_error.network_advice_code
      last_finalization_error.network_decline_code last_finalization_error.param last_finalization_error.request_log_url`,
    "An invoice that is not final was never tried: these are empty.": `last_finalization_error.charge
      last_finalization_error.payment_intent last_finalization_error.payment_method
      last_finalization_error.payment_method_type last_finalization_error.setup_intent last_finalization_error.source`,
    "What paid it is told by the payments' rows.":
      "payments[] charge payment_intent paid_out_of_band amount_paid_off_stripe",
    "`status` and `attempts` say it.":
      "attempted paid status_details.* status_transitions.marked_uncollectible_at status_transitions.voided_at",
    "The sums are kept: `total` has them all.": "amount_shipping shipping_cost.*",
    "Credit that was granted: its transactions have rows of their own.":
      "total_pretax_credit_amounts.* lines[].pretax_credit_amounts.*",
    "Invoices that replace each other have rows of their own.": "from_invoice.* latest_revision",
    "What it came of: the quote, or the subscription's own metadata, which its row has.": `parent.quote_details.* quote
      parent.subscription_details.metadata parent.subscription_details.subscription_proration_date parent.type
      subscription_details.metadata`,
    "Of the events themselves, which the ledger has.": "webhooks_delivered_at",
    "Why it was made before its period's end: the subscription's settings say when.": "threshold_reason.*",
    "Of a line what is paid for: the price, how many, for when.": "lines[].*",
  },
};
