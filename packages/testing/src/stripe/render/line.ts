// A line of an invoice, which basil gave a parent and a pricing in place of references of its own.
import type { Invoice, InvoiceLine } from "../records.ts";
import { renderPlan, renderPrice } from "./catalog.ts";
import type { View } from "./list.ts";

export function renderLine(line: InvoiceLine, invoice: Invoice, view: View) {
  const { shape } = view;
  return {
    id: line.id,
    object: "line_item",
    amount: line.amount,
    currency: invoice.currency,
    description: line.description,
    discount_amounts: [],
    discountable: !line.proration,
    discounts: [],
    invoice: invoice.id,
    livemode: view.options.livemode,
    metadata: { ...invoice.subscriptionMetadata },
    period: { ...line.period },
    pretax_credit_amounts: [],
    quantity: line.quantity,
    quantity_decimal: String(line.quantity),
    subscription: invoice.subscription,
    subtotal: line.amount,
    ...(shape.lineParents ? { parent: parent(line, invoice) } : references(line)),
    ...(shape.linePricing ? { pricing: pricing(line) } : prices(line, view)),
    ...(shape.lineTaxes ? { taxes: [] } : { tax_amounts: [], tax_rates: [] }),
  };
}

function parent(line: InvoiceLine, { subscription }: Invoice) {
  const shared = {
    invoice_item: line.invoiceItem,
    proration: line.proration,
    proration_details: { credited_items: null },
  };
  if (line.subscriptionItem === null) {
    return {
      invoice_item_details: { ...shared, subscription: null },
      subscription_item_details: null,
      type: "invoice_item_details",
    };
  }
  return {
    invoice_item_details: null,
    subscription_item_details: { ...shared, subscription, subscription_item: line.subscriptionItem },
    type: "subscription_item_details",
  };
}

function references(line: InvoiceLine) {
  const item = line.subscriptionItem === null ? {} : { subscription_item: line.subscriptionItem };
  const invoiceItem = line.invoiceItem === null ? {} : { invoice_item: line.invoiceItem };
  return {
    ...item,
    ...invoiceItem,
    proration: line.proration,
    proration_details: { credited_items: null },
    type: line.subscriptionItem === null || line.proration ? "invoiceitem" : "subscription",
  };
}

function pricing({ price }: InvoiceLine) {
  return {
    price_details: { price: price.id, product: price.product },
    type: "price_details",
    unit_amount_decimal: String(price.unitAmount),
  };
}

function prices({ price, amount, quantity }: InvoiceLine, view: View) {
  return {
    amount_excluding_tax: amount,
    plan: price.interval === null ? null : renderPlan(price, view),
    price: renderPrice(price, view),
    unit_amount_excluding_tax: String(quantity === 0 ? 0 : Math.round(amount / quantity)),
  };
}
