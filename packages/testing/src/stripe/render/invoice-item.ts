// An invoice item, which basil gave a pricing in place of a price of its own.
import type { InvoiceItem } from "../billing-records.ts";
import { renderPlan, renderPrice } from "./catalog.ts";
import type { View } from "./list.ts";

export function renderInvoiceItem(item: InvoiceItem, view: View) {
  const { id, created, customer, invoice, price, quantity } = item;
  return {
    id,
    object: "invoiceitem",
    amount: price.unitAmount * quantity,
    currency: price.currency,
    customer,
    customer_account: null,
    date: created,
    description: price.nickname,
    discountable: true,
    discounts: [],
    invoice,
    livemode: view.options.livemode,
    metadata: {},
    period: { end: created, start: created },
    proration: false,
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: null,
    ...(view.shape.itemPricing ? pricing(item) : prices(item, view)),
  };
}

function pricing({ price }: InvoiceItem) {
  return {
    parent: null,
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: "price_details",
      unit_amount_decimal: String(price.unitAmount),
    },
  };
}

function prices({ price }: InvoiceItem, view: View) {
  return {
    plan: price.interval === null ? null : renderPlan(price, view),
    price: renderPrice(price, view),
    subscription: null,
    unit_amount: price.unitAmount,
    unit_amount_decimal: String(price.unitAmount),
  };
}
