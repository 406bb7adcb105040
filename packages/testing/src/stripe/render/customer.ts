// A customer. Its payment methods, subscriptions and tax ids have not been part of it since 2020-08-27.
import type { Customer } from "../records.ts";
import { renderDiscount } from "./discount.ts";
import type { View } from "./list.ts";

export function renderCustomer(customer: Customer, view: View) {
  return {
    id: customer.id,
    object: "customer",
    address: null,
    balance: 0,
    created: customer.created,
    currency: customer.currency,
    customer_account: null,
    default_source: null,
    delinquent: customer.delinquent,
    description: null,
    discount: customer.discount === null ? null : renderDiscount(customer.discount, view),
    email: customer.email,
    invoice_prefix: customer.invoicePrefix,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: customer.paymentMethod?.id ?? null,
      footer: null,
      rendering_options: null,
    },
    livemode: view.options.livemode,
    metadata: { ...customer.metadata },
    name: customer.name,
    next_invoice_sequence: customer.nextInvoice,
    phone: customer.phone,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}
