// An invoice payment joins an invoice to what paid it; it is a part of the payment.
import type { Fields } from "../fields.ts";

export const invoicePayment: Fields = {
  kept: {
    currency: "currency",
    amount: "amount_requested",
    paid: "amount_paid",
    invoice: "invoice",
    status: "status",
  },
  derived: { "the payment's row": "payment.payment_intent payment.charge" },
  left: {
    "The invoice's and the payment's rows have their own times.": "created status_transitions.*",
    "Which one Stripe's page shows.": "is_default",
    "Whichever of them is there says it.": "payment.type",
    "Of payments outside of Stripe: the amount is kept, under the invoice payment's own id.":
      "payment.payment_record",
  },
};
