import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const creditNote: Fields = {
  kept: {
    status: "status",
    customer: "customer customer_account",
    invoice: "invoice",
    number: "number",
    currency: "currency",
    subtotal: "subtotal",
    total: "total",
    type: "type",
    reason: "reason",
    "refunds[]": "refunds[].refund refund",
    outOfBand: "out_of_band_amount",
    voidedAt: "voided_at",
    created: "created",
    metadata: "metadata",
  },
  derived: {
    "`tax`: the sum": "total_taxes[].amount tax_amounts[] tax_amounts[].amount",
    "`refunded`": "refunds[].amount_refunded",
    "`prePayment`, `refunded` and `toBalance`": "post_payment_amount",
    "`toBalance`, which is zero without it": "customer_balance_transaction",
  },
  left: {
    [because.SECRET]: "pdf",
    [because.PAPER]: "memo effective_at",
    [because.TAX]: "total_taxes.* tax_amounts.* total_excluding_tax subtotal_excluding_tax",
    [because.DISCOUNT]: "discount_amount discount_amounts.*",
    "`total` is the same amount.": "amount",
    "`prePayment` is what is left of the total.": "pre_payment_amount",
    "The sums are kept: `total` has them all.": "amount_shipping shipping_cost.*",
    "The invoice's own lines say what was sold.": "lines.*",
    "Credit that was granted: its transactions have rows of their own.": "pretax_credit_amounts.*",
    "Of payments outside of Stripe, or whichever of the refunds it is.":
      "refunds[].payment_record_refund.* refunds[].type",
  },
};
