// A Checkout session is an order.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const checkoutSession: Fields = {
  kept: {
    mode: "mode",
    customer: "customer customer_account",
    currency: "currency",
    subtotal: "amount_subtotal",
    total: "amount_total",
    discount: "total_details.amount_discount",
    shipping: "total_details.amount_shipping",
    tax: "total_details.amount_tax",
    "lines[].price": "line_items[].price",
    "lines[].quantity": "line_items[].quantity",
    paymentIntent: "payment_intent",
    subscription: "subscription",
    invoice: "invoice",
    clientReferenceId: "client_reference_id",
    "customerDetails.email": "customer_details.email customer_email",
    "customerDetails.name": "customer_details.name",
    "customerDetails.phone": "customer_details.phone",
    paymentLink: "payment_link",
    recoveredFrom: "recovered_from",
    "customFields[].key": "custom_fields[].key",
    "customFields[].type": "custom_fields[].type",
    "customFields[].value":
      "custom_fields[].text.value custom_fields[].numeric.value custom_fields[].dropdown.value",
    created: "created",
    expiresAt: "expires_at",
    metadata: "metadata",
  },
  derived: { "`status`: complete is not paid": "status payment_status" },
  left: {
    [because.SECRET]: "url client_secret cancel_url success_url return_url after_expiration.*",
    [because.SETTINGS]: `adaptive_pricing.* allow_promotion_codes allowed_payment_method_types[] customer_creation
      excluded_payment_method_types[] integration_identifier invoice_creation.* managed_payments.* origin_context
      payment_method_collection payment_method_configuration_details.* payment_method_options.* payment_method_types[]
      permissions.* redirect_on_completion saved_payment_method_options.* submit_type ui_mode wallet_options.*`,
    [because.PAGE]: `billing_address_collection branding_settings.* consent_collection.* custom_text.* locale
      name_collection.* optional_items.* phone_number_collection.* shipping_address_collection.* shipping_options.*
      tax_id_collection.* custom_fields[].label.* custom_fields[].optional custom_fields[].text.* custom_fields[].numeric.*
      custom_fields[].dropdown.*`,
    [because.PERSON]: `collected_information.* shipping_details.* customer_details.address.* customer_details.business_name
      customer_details.individual_name customer_details.tax_exempt customer_details.tax_ids.* consent.*`,
    [because.TAX]: "automatic_tax.* total_details.breakdown.taxes.*",
    [because.DISCOUNT]: "discounts.* total_details.breakdown.discounts.*",
    "The sums are kept: `total`, `discount`, `shipping` and `tax`.": "shipping_cost.*",
    "A session in `setup` mode is no order: it is in the row of this intent.": "setup_intent",
    "Stock goes by price and quantity; amounts are the order's.": "line_items[].*",
    "What the customer saw in their own currency: `total` is what was asked for.":
      "currency_conversion.* presentment_details.*",
  },
};
