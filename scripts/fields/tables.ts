// The table of every Stripe object that has an entity, by its type.
import type { Fields } from "./fields.ts";
import { account, taxId } from "./objects/account.ts";
import { coupon, discount, price, product, promotionCode } from "./objects/catalog.ts";
import { charge } from "./objects/charge.ts";
import { checkoutSession } from "./objects/checkout-session.ts";
import { alertTriggered, cashBalance, creditBalanceTransaction, creditGrant } from "./objects/credit.ts";
import { creditNote } from "./objects/credit-note.ts";
import { balance, customer, entitlementSummary, paymentMethod, setupIntent } from "./objects/customer.ts";
import { dispute } from "./objects/dispute.ts";
import { invoice } from "./objects/invoice.ts";
import { invoicePayment } from "./objects/invoice-payment.ts";
import { paymentIntent } from "./objects/payment-intent.ts";
import { refund } from "./objects/refund.ts";
import { invoiceItem, subscription, subscriptionSchedule } from "./objects/subscription.ts";

export const FIELDS: Readonly<Record<string, Fields>> = {
  account,
  balance,
  "billing.alert_triggered": alertTriggered,
  "billing.credit_balance_transaction": creditBalanceTransaction,
  "billing.credit_grant": creditGrant,
  cash_balance: cashBalance,
  charge,
  "checkout.session": checkoutSession,
  coupon,
  credit_note: creditNote,
  customer,
  discount,
  dispute,
  "entitlements.active_entitlement_summary": entitlementSummary,
  invoice,
  invoice_payment: invoicePayment,
  invoiceitem: invoiceItem,
  payment_intent: paymentIntent,
  payment_method: paymentMethod,
  price,
  product,
  promotion_code: promotionCode,
  refund,
  setup_intent: setupIntent,
  subscription,
  subscription_schedule: subscriptionSchedule,
  tax_id: taxId,
};

/** Objects of nouns of one's own, of whose members nobody has decided. */
export const UNDECIDED: readonly string[] = [
  // such as "quote", of examples/own-noun
];
