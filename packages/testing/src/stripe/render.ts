// Objects as Stripe's API shows them in the version of the sandbox: one function for each type.
import type { StripeObject } from "./event.ts";
import type { ObjectType, RecordOf, StripeRecord } from "./records.ts";
import { renderPrice, renderProduct } from "./render/catalog.ts";
import { renderCharge, renderRefund } from "./render/charge.ts";
import { renderCheckoutSession } from "./render/checkout.ts";
import { renderCustomer } from "./render/customer.ts";
import { renderInvoice, renderInvoicePayment } from "./render/invoice.ts";
import type { View } from "./render/list.ts";
import { renderPaymentIntent } from "./render/payment.ts";
import { renderSubscription } from "./render/subscription.ts";

const RENDERERS: { [Type in ObjectType]: (record: RecordOf<Type>, view: View) => StripeObject } = {
  charge: renderCharge,
  "checkout.session": renderCheckoutSession,
  customer: renderCustomer,
  invoice: renderInvoice,
  invoice_payment: renderInvoicePayment,
  payment_intent: renderPaymentIntent,
  price: renderPrice,
  product: renderProduct,
  refund: renderRefund,
  subscription: renderSubscription,
};

/** Everything in it is new: it shares nothing with the record, nor with another rendering. */
export function render(record: StripeRecord, view: View): StripeObject {
  const renderer = RENDERERS[record.object] as (record: StripeRecord, view: View) => StripeObject;
  return renderer(record, view);
}
