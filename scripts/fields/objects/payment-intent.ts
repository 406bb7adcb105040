// A payment intent is what its payment's row is known by.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const paymentIntent: Fields = {
  kept: {
    status: "status",
    customer: "customer customer_account",
    currency: "currency",
    amount: "amount",
    latestCharge: "latest_charge",
    failure: "last_payment_error.code last_payment_error.decline_code",
    invoice: "invoice",
    failedCharge: "last_payment_error.charge",
    created: "created",
    metadata: "metadata",
  },
  derived: {
    "`paid`, with the charges": "amount_received",
    "`latestCharge`, in old events": "charges[]",
    "`funded`: what a bank transfer has brought":
      "next_action.display_bank_transfer_instructions.amount_remaining",
  },
  left: {
    [because.SECRET]: "client_secret next_action.*",
    [because.SETTINGS]: `allowed_payment_method_types[] amount_details.* automatic_payment_methods.* capture_method
      confirmation_method excluded_payment_method_types[] hooks.* managed_payments.* payment_details.*
      payment_method_configuration_details.* payment_method_options.* payment_method_types[] setup_future_usage`,
    [because.METHOD]: "payment_method source",
    [because.PERSON]: "shipping.*",
    [because.PLATFORM]: "application application_fee_amount on_behalf_of transfer_data.* transfer_group",
    [because.PAPER]: "description receipt_email statement_descriptor statement_descriptor_suffix",
    [because.ADVICE]: `last_payment_error.advice_code last_payment_error.doc_url last_payment_error.message
      last_payment_error.network_advice_code last_payment_error.network_decline_code last_payment_error.param
      last_payment_error.request_log_url last_payment_error.type`,
    "The row names them already, or they are the failed try's own.": `last_payment_error.payment_intent last_payment_error.payment_method last_payment_error.payment_method_type
      last_payment_error.setup_intent last_payment_error.source`,
    "The charges tell what is authorised and not captured.": "amount_capturable",
    "`status` says that it was canceled; its event says when.": "canceled_at cancellation_reason",
    "Of Radar: its reviews have rows of their own.": "review",
    "What the customer saw in their own currency: `amount` is what was asked for.": "presentment_details.*",
    "Of a payment that is on its way: the status says so.": "processing.*",
    "Of payments outside of Stripe, which no event of this object tells.": "payment_record",
  },
};
