// A customer, what they may use, and what they pay with.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const customer: Fields = {
  kept: {
    email: "email",
    name: "name",
    phone: "phone",
    country: "address.country",
    currency: "currency",
    balance: "balance",
    delinquent: "delinquent",
    defaultPaymentMethod: "invoice_settings.default_payment_method default_source",
    taxExempt: "tax_exempt",
    preferredLocales: "preferred_locales[]",
    customerAccount: "customer_account",
    created: "created",
    metadata: "metadata",
  },
  left: {
    [because.PERSON]: `shipping.* business_name individual_name address.line1 address.line2 address.city address.state
      address.postal_code`,
    [because.PAPER]: `description invoice_prefix next_invoice_sequence invoice_settings.custom_fields.*
      invoice_settings.footer invoice_settings.rendering_options.*`,
    [because.DISCOUNT]: "discount",
    [because.TAX]: "tax.*",
    [because.CLOCK]: "test_clock",
    "There only where somebody expanded it; each has its own events.":
      "cash_balance.* sources[] subscriptions[] tax_ids[]",
    "In the currencies beside the customer's own.": "invoice_credit_balance.*",
  },
};

export const entitlementSummary: Fields = {
  kept: { customer: "customer", features: "entitlements[].lookup_key" },
  left: {
    "The lookup key is what an app asks for.": "entitlements[].feature entitlements[].id",
    "The same for each.": "entitlements[].livemode entitlements[].object",
  },
};

export const paymentMethod: Fields = {
  kept: {
    type: "type",
    customer: "customer customer_account",
    brand: "card.brand card_present.brand interac_present.brand kr_card.brand",
    last4: `card.last4 card_present.last4 interac_present.last4 kr_card.last4 acss_debit.last4 au_becs_debit.last4
      bacs_debit.last4 nz_bank_account.last4 payto.last4 sepa_debit.last4 us_bank_account.last4`,
    expMonth: "card.exp_month card_present.exp_month interac_present.exp_month",
    expYear: "card.exp_year card_present.exp_year interac_present.exp_year",
    created: "created",
    metadata: "metadata",
  },
  left: {
    [because.PERSON]: "billing_details.*",
    [because.BANK]: `acss_debit.* affirm.* afterpay_clearpay.* alipay.* alma.* amazon_pay.* au_becs_debit.* bacs_debit.*
      bancontact.* billie.* bizum.* blik.* boleto.* card.* card_present.* cashapp.* crypto.* custom.*
      customer_balance.* eps.* fpx.* giropay.* grabpay.* ideal.* interac_present.* kakao_pay.* klarna.* konbini.*
      kr_card.* link.* mb_way.* mobilepay.* multibanco.* naver_pay.* nz_bank_account.* oxxo.* p24.* pay_by_bank.*
      payco.* paynow.* paypal.* paypay.* payto.* pix.* promptpay.* revolut_pay.* samsung_pay.* satispay.* scalapay.*
      sepa_debit.* sequra.* sofort.* sunbit.* swish.* twint.* upi.* us_bank_account.* wechat_pay.* zip.*`,
    "Of Radar.": "radar_options.*",
    [because.PAGE]: "allow_redisplay",
  },
};

export const setupIntent: Fields = {
  kept: {
    status: "status",
    customer: "customer customer_account",
    paymentMethod: "payment_method",
    usage: "usage",
    failure: "last_setup_error.code last_setup_error.decline_code",
    created: "created",
    metadata: "metadata",
  },
  left: {
    [because.SECRET]: "client_secret next_action.*",
    [because.SETTINGS]: `allowed_payment_method_types[] attach_to_self automatic_payment_methods.*
      excluded_payment_method_types[] flow_directions[] managed_payments.* payment_method_configuration_details.*
      payment_method_options.* payment_method_types[]`,
    [because.PLATFORM]: "application on_behalf_of",
    [because.PAPER]: "description",
    [because.ADVICE]: `last_setup_error.advice_code last_setup_error.doc_url last_setup_error.message
      last_setup_error.network_advice_code last_setup_error.network_decline_code last_setup_error.param
      last_setup_error.request_log_url last_setup_error.type`,
    "The row names them already, or they are the failed try's own.": `last_setup_error.charge
      last_setup_error.payment_intent last_setup_error.payment_method last_setup_error.payment_method_type
      last_setup_error.setup_intent last_setup_error.source`,
    "`status` says that it was canceled.": "cancellation_reason",
    [because.OTHER]: "latest_attempt mandate single_use_mandate",
  },
};

export const balance: Fields = {
  kept: {
    available: "available[].amount available[].currency",
    pending: "pending[].amount pending[].currency",
  },
  left: {
    "Which kinds of payment it came from.": "available[].source_types.* pending[].source_types.*",
    "A part of what is available, or kept apart for one use.":
      "connect_reserved.* instant_available.* issuing.* refund_and_dispute_prefunding.*",
  },
};
