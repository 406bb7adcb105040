// Which noun keeps which Stripe object type: a noun of one's own is one file and one line here.
import type { StripeObject } from "./event.ts";
import type { Noun } from "./noun.ts";
import { account } from "./nouns/account.ts";
import { alert } from "./nouns/alert.ts";
import { balance } from "./nouns/balance.ts";
import { cashBalance } from "./nouns/cash-balance.ts";
import { coupon } from "./nouns/coupon.ts";
import { creditBalanceTransaction } from "./nouns/credit-balance-transaction.ts";
import { creditGrant } from "./nouns/credit-grant.ts";
import { creditNote } from "./nouns/credit-note.ts";
import { customer } from "./nouns/customer.ts";
import { customerAccount } from "./nouns/customer-account.ts";
import { discount } from "./nouns/discount.ts";
import { dispute } from "./nouns/dispute.ts";
import { entitlement } from "./nouns/entitlement.ts";
import { generic } from "./nouns/generic.ts";
import { invoice } from "./nouns/invoice.ts";
import { invoiceItem } from "./nouns/invoice-item.ts";
import { order } from "./nouns/order.ts";
import { payment } from "./nouns/payment.ts";
import { paymentMethod } from "./nouns/payment-method.ts";
import { price } from "./nouns/price.ts";
import { product } from "./nouns/product.ts";
import { profile } from "./nouns/profile.ts";
import { promotionCode } from "./nouns/promotion-code.ts";
import { refund } from "./nouns/refund.ts";
import { setup } from "./nouns/setup.ts";
import { subscription } from "./nouns/subscription.ts";
import { subscriptionSchedule } from "./nouns/subscription-schedule.ts";
import { taxId } from "./nouns/tax-id.ts";

const NOUNS: Readonly<Record<string, Noun>> = {
  account,
  balance,
  "billing.alert_triggered": alert,
  "billing.credit_balance_transaction": creditBalanceTransaction,
  "billing.credit_grant": creditGrant,
  cash_balance: cashBalance,
  charge: payment,
  "checkout.session": order,
  coupon,
  credit_note: creditNote,
  customer,
  customer_account: customerAccount,
  discount,
  dispute,
  "entitlements.active_entitlement_summary": entitlement,
  invoice,
  invoice_payment: payment,
  invoiceitem: invoiceItem,
  payment_intent: payment,
  payment_method: paymentMethod,
  price,
  product,
  promotion_code: promotionCode,
  refund,
  setup_intent: setup,
  subscription,
  subscription_schedule: subscriptionSchedule,
  tax_id: taxId,
};

/** The noun of a Stripe object type; the generic one for a type that has none of its own. */
export function nounOf(objectType: string): Noun {
  return Object.hasOwn(NOUNS, objectType) ? (NOUNS[objectType] as Noun) : generic;
}

/** The noun of a Stripe object: its type says which, but for a Checkout session that only sets up a payment method. */
export function nounOfObject(object: StripeObject): Noun {
  const isSetup = object.object === "checkout.session" && object.mode === "setup";
  return isSetup ? (setup as Noun) : nounOf(object.object);
}

/** Nothing tells of a profile itself: others contribute to it. */
const BY_NAME = new Map([...Object.values(NOUNS), profile, generic].map((noun) => [noun.name, noun]));

/** The noun of that name, which its rows' keys hold. */
export function nounNamed(name: string): Noun {
  const noun = BY_NAME.get(name);
  if (noun === undefined) throw new Error(`No noun is named ${name}.`);
  return noun;
}
