// A charge is a part of its payment.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const charge: Fields = {
  kept: {
    "charges[].status": "status",
    "charges[].amount": "amount",
    "charges[].captured": "amount_captured",
    "charges[].refunded": "amount_refunded",
    customer: "customer",
    currency: "currency",
    invoice: "invoice",
    metadata: "metadata",
  },
  derived: {
    "the payment's row, where there is an intent": "payment_intent",
    "`status` and `captured`: what is only authorised, or was let go, is no payment": "captured refunded",
    "`refunds`, of versions that list them": "refunds[]",
    "`latestCharge`: the one created last": "created",
    "`failure` of a charge that failed": "failure_code outcome.reason",
  },
  left: {
    [because.METHOD]: "payment_method payment_method_details.* source destination",
    [because.PERSON]: "billing_details.* shipping.*",
    [because.BANK]: `authorization_code outcome.advice_code outcome.network_advice_code outcome.network_decline_code
      outcome.network_status outcome.type level3.*`,
    [because.ADVICE]: "failure_message outcome.seller_message",
    "Of Radar: its reviews and early fraud warnings have rows of their own.": `fraud_details.* radar_options.* review
      outcome.risk_level outcome.risk_score outcome.rule.*`,
    [because.PLATFORM]: `application application_fee application_fee_amount on_behalf_of source_transfer transfer
      transfer_data.* transfer_group`,
    [because.LEDGER]: "balance_transaction failure_balance_transaction",
    [because.SECRET]: "receipt_url",
    [because.PAPER]: `calculated_statement_descriptor description receipt_email receipt_number statement_descriptor
      statement_descriptor_suffix`,
    "The dispute's own row says it with its status and amount.": "disputed dispute",
    "`status` and `amount_captured` say more.": "paid",
    "What the customer saw in their own currency: `amount` is what was charged.": "presentment_details.*",
    "Of an API that Stripe withdrew.": "order",
  },
};
