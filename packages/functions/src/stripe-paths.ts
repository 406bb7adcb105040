// Where an object is fetched: by the path that a thin event brings, else by its type and id.
import { Malformed } from "@stripe-lanes/core/errors";
import type { FetchRequest } from "@stripe-lanes/core/fetch";

/**
 * Of every object that Stripe sends events of and gives by its id alone; the account has one of those whose path
 * ends without a slash.
 */
const PATHS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    account: "/v1/accounts/",
    application_fee: "/v1/application_fees/",
    "apps.install": "/v1/apps/installs/",
    balance: "/v1/balance",
    balance_settings: "/v1/balance_settings",
    "billing.credit_balance_transaction": "/v1/billing/credit_balance_transactions/",
    "billing.credit_grant": "/v1/billing/credit_grants/",
    "billing.meter": "/v1/billing/meters/",
    "billing_portal.configuration": "/v1/billing_portal/configurations/",
    charge: "/v1/charges/",
    "checkout.session": "/v1/checkout/sessions/",
    "climate.order": "/v1/climate/orders/",
    "climate.product": "/v1/climate/products/",
    coupon: "/v1/coupons/",
    credit_note: "/v1/credit_notes/",
    customer: "/v1/customers/",
    dispute: "/v1/disputes/",
    "entitlements.feature": "/v1/entitlements/features/",
    file: "/v1/files/",
    "financial_connections.account": "/v1/financial_connections/accounts/",
    "identity.verification_session": "/v1/identity/verification_sessions/",
    invoice: "/v1/invoices/",
    invoice_payment: "/v1/invoice_payments/",
    invoiceitem: "/v1/invoiceitems/",
    "issuing.authorization": "/v1/issuing/authorizations/",
    "issuing.card": "/v1/issuing/cards/",
    "issuing.cardholder": "/v1/issuing/cardholders/",
    "issuing.dispute": "/v1/issuing/disputes/",
    "issuing.personalization_design": "/v1/issuing/personalization_designs/",
    "issuing.token": "/v1/issuing/tokens/",
    "issuing.transaction": "/v1/issuing/transactions/",
    mandate: "/v1/mandates/",
    payment_intent: "/v1/payment_intents/",
    payment_link: "/v1/payment_links/",
    payment_method: "/v1/payment_methods/",
    payout: "/v1/payouts/",
    plan: "/v1/plans/",
    price: "/v1/prices/",
    product: "/v1/products/",
    promotion_code: "/v1/promotion_codes/",
    quote: "/v1/quotes/",
    "radar.early_fraud_warning": "/v1/radar/early_fraud_warnings/",
    refund: "/v1/refunds/",
    "reporting.report_run": "/v1/reporting/report_runs/",
    "reporting.report_type": "/v1/reporting/report_types/",
    review: "/v1/reviews/",
    scheduled_query_run: "/v1/sigma/scheduled_query_runs/",
    setup_intent: "/v1/setup_intents/",
    source: "/v1/sources/",
    subscription: "/v1/subscriptions/",
    subscription_schedule: "/v1/subscription_schedules/",
    "tax.settings": "/v1/tax/settings",
    tax_id: "/v1/tax_ids/",
    tax_rate: "/v1/tax_rates/",
    "terminal.reader": "/v1/terminal/readers/",
    "test_helpers.test_clock": "/v1/test_helpers/test_clocks/",
    "three_d_secure.authentication": "/v1/three_d_secure/authentications/",
    topup: "/v1/topups/",
    transfer: "/v1/transfers/",
    "treasury.credit_reversal": "/v1/treasury/credit_reversals/",
    "treasury.debit_reversal": "/v1/treasury/debit_reversals/",
    "treasury.financial_account": "/v1/treasury/financial_accounts/",
    "treasury.inbound_transfer": "/v1/treasury/inbound_transfers/",
    "treasury.outbound_payment": "/v1/treasury/outbound_payments/",
    "treasury.outbound_transfer": "/v1/treasury/outbound_transfers/",
    "treasury.received_credit": "/v1/treasury/received_credits/",
    "treasury.received_debit": "/v1/treasury/received_debits/",
  }),
);

/** What comes only to those who ask for it ("Fulfill orders", docs.stripe.com/checkout/fulfillment). */
const EXPANDED: ReadonlyMap<string, string> = new Map([["checkout.session", "expand[]=line_items"]]);

/** @throws Malformed when nothing is known of how to fetch such an object. */
export function pathOf({ objectType, id, url }: FetchRequest): string {
  const path = url !== null && isOfTheApi(url) ? url : knownPath(objectType, id);
  const expanded = EXPANDED.get(objectType);
  return expanded === undefined ? path : withQuery(path, expanded);
}

/** Adds a query, already encoded, to a path that may have one. */
export function withQuery(path: string, query: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}

/** No event is trusted: a path that is none of the API's is not followed. */
function isOfTheApi(url: string): boolean {
  return /^\/v[12]\/[!-~]+$/.test(url);
}

function knownPath(objectType: string, id: string): string {
  const path = PATHS.get(objectType);
  if (path === undefined) {
    throw new Malformed("unknown-stripe-path", `Nothing is known of how to fetch a ${objectType}.`);
  }
  return path.endsWith("/") ? `${path}${encodeURIComponent(id)}` : path;
}
