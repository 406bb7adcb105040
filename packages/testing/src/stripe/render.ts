// Objects as Stripe's API shows them in the version of the sandbox: one function for each type.
import { accountOf } from "./accounts.ts";
import type { StripeObject } from "./event.ts";
import type { ObjectType, RecordOf, StripeRecord } from "./records.ts";
import { renderPlan, renderPrice, renderProduct } from "./render/catalog.ts";
import { renderCharge } from "./render/charge.ts";
import { renderCheckoutSession } from "./render/checkout.ts";
import { renderCreditNote } from "./render/credit-note.ts";
import { renderCustomer } from "./render/customer.ts";
import { renderCoupon, renderDiscount, renderPromotionCode } from "./render/discount.ts";
import { renderDispute } from "./render/dispute.ts";
import { renderEntitlements } from "./render/entitlements.ts";
import { renderInvoice, renderInvoicePayment } from "./render/invoice.ts";
import { renderInvoiceItem } from "./render/invoice-item.ts";
import type { View } from "./render/list.ts";
import { renderPaymentIntent } from "./render/payment.ts";
import { renderPaymentMethod } from "./render/payment-method.ts";
import { renderBalance, renderPayout } from "./render/payout.ts";
import { renderPortalSession } from "./render/portal.ts";
import { renderRefund } from "./render/refund.ts";
import { renderSchedule } from "./render/schedule.ts";
import { renderSetupIntent } from "./render/setup.ts";
import { renderSubscription } from "./render/subscription.ts";

const RENDERERS: { [Type in ObjectType]: (record: RecordOf<Type>, view: View) => StripeObject } = {
  balance: renderBalance,
  "billing_portal.session": renderPortalSession,
  charge: renderCharge,
  "checkout.session": renderCheckoutSession,
  coupon: renderCoupon,
  credit_note: renderCreditNote,
  customer: renderCustomer,
  discount: renderDiscount,
  dispute: renderDispute,
  "entitlements.active_entitlement_summary": renderEntitlements,
  invoice: renderInvoice,
  invoiceitem: renderInvoiceItem,
  invoice_payment: renderInvoicePayment,
  payment_intent: renderPaymentIntent,
  payment_method: renderPaymentMethod,
  payout: renderPayout,
  plan: ({ price }, view) => renderPlan(price, view),
  price: renderPrice,
  product: renderProduct,
  promotion_code: renderPromotionCode,
  refund: renderRefund,
  setup_intent: renderSetupIntent,
  subscription: renderSubscription,
  subscription_schedule: renderSchedule,
};

/** Everything in it is new: it shares nothing with the record, nor with another rendering. */
export function render(record: StripeRecord, view: View): StripeObject {
  const renderer = RENDERERS[record.object] as (record: StripeRecord, view: View) => StripeObject;
  const object = renderer(record, view);
  return view.options.accountsAsCustomers ? { ...object, ...accountIn(object) } : object;
}

/** With Accounts v2 a customer is an account, which whatever belongs to them names as well. */
function accountIn({ object, id, customer, ...others }: StripeObject): { customer_account?: string } {
  const known = object === "customer" ? id : customer;
  const isNamed = "customer_account" in others && typeof known === "string";
  return isNamed ? { customer_account: accountOf(known) } : {};
}
