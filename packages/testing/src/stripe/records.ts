// What the simulated Stripe knows of each object, in one shape for all API versions. Records are never
// changed in place: a snapshot of one is the record itself. Times are seconds, amounts minor units.

import type { Base } from "./base-record.ts";
import type { BillingRecord, Discount } from "./billing-records.ts";
import type { Period } from "./calendar.ts";
import type { CatalogRecord, Price } from "./catalog-records.ts";
import type { Metadata } from "./metadata.ts";
import type { InvoicePayment, MoneyRecord, PaymentMethod } from "./money.ts";

export type Customer = Base<"customer"> & {
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly currency: string;
  readonly delinquent: boolean;
  readonly metadata: Metadata;
  readonly invoicePrefix: string;
  readonly nextInvoice: number;
  readonly paymentMethod: PaymentMethod | null;
  readonly declines: boolean;
  /** Whether the bank wants them to authenticate whenever they are not there. */
  readonly challenges: boolean;
  /** On whatever it is invoiced for. */
  readonly discount: Discount | null;
  /** Added to its invoices. */
  readonly taxPercent: number;
  readonly deleted: boolean;
};

export type SubscriptionItem = {
  readonly id: string;
  readonly created: number;
  readonly price: Price;
  readonly quantity: number;
};

export type SubscriptionStatus =
  | "incomplete"
  | "incomplete_expired"
  | "trialing"
  | "active"
  | "past_due"
  | "unpaid"
  | "paused"
  | "canceled";

export type Subscription = Base<"subscription"> & {
  readonly customer: string;
  readonly status: SubscriptionStatus;
  readonly currency: string;
  readonly items: readonly SubscriptionItem[];
  readonly period: Period;
  /** Where periods are counted from, and how many have begun since. */
  readonly anchor: number;
  readonly periods: number;
  readonly latestInvoice: string | null;
  readonly flexible: boolean;
  readonly cancelAt: number | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly canceledAt: number | null;
  readonly cancellationReason: "cancellation_requested" | "payment_failed" | null;
  readonly endedAt: number | null;
  readonly trial: Period | null;
  readonly collectionPaused: boolean;
  readonly discount: Discount | null;
  readonly schedule: string | null;
  readonly metadata: Metadata;
};

export type InvoiceLine = {
  readonly id: string;
  readonly amount: number;
  readonly description: string;
  readonly price: Price;
  readonly quantity: number;
  readonly period: Period;
  readonly proration: boolean;
  /** Null on an invoice that no subscription made. */
  readonly subscriptionItem: string | null;
  /** What it was before it was on the invoice. */
  readonly invoiceItem: string | null;
};

export type BillingReason = "subscription_create" | "subscription_cycle" | "subscription_update" | "manual";

export type Invoice = Base<"invoice"> & {
  readonly customer: string;
  readonly customerEmail: string | null;
  readonly customerName: string | null;
  readonly subscription: string | null;
  readonly subscriptionMetadata: Metadata;
  readonly status: "draft" | "open" | "paid" | "void" | "uncollectible";
  readonly billingReason: BillingReason;
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
  readonly subtotal: number;
  /** What a discount takes off the subtotal. */
  readonly discounted: { readonly discount: Discount; readonly amount: number } | null;
  readonly tax: number;
  readonly total: number;
  /** What credit notes have taken off what is due, and what was given back by them. */
  readonly credited: { readonly before: number; readonly after: number };
  readonly amountPaid: number;
  readonly attempts: number;
  readonly autoAdvance: boolean;
  readonly finalizesAt: number | null;
  readonly nextAttempt: number | null;
  readonly number: string | null;
  readonly period: Period;
  readonly paymentIntent: string | null;
  readonly charge: string | null;
  readonly payment: InvoicePayment | null;
  readonly finalizedAt: number | null;
  readonly paidAt: number | null;
  readonly voidedAt: number | null;
  readonly uncollectibleAt: number | null;
  /** A draft may be deleted. */
  readonly deleted: boolean;
};

export type OrderLine = { readonly price: string; readonly quantity: number };

export type CheckoutSession = Base<"checkout.session"> & {
  readonly customer: string | null;
  readonly email: string | null;
  readonly status: "open" | "complete" | "expired";
  readonly paymentStatus: "paid" | "unpaid" | "no_payment_required";
  /** Stripe tells of a failed delayed payment by the event's type alone: the session looks as before. */
  readonly delayedPaymentFailed: boolean;
  /** In `setup` mode it saves a way to pay, and nothing is bought. */
  readonly mode: "payment" | "setup";
  readonly setupIntent: string | null;
  readonly lines: readonly OrderLine[];
  /** Null where nothing is bought, as is the currency. */
  readonly total: number | null;
  readonly currency: string | null;
  /** Whether what a card authorizes is taken at once, or by the seller. */
  readonly capture: "automatic" | "manual";
  readonly paymentIntent: string | null;
  /** The id that its payment intent has, whenever that is made. */
  readonly plannedIntent: string;
  /** Whether a guest becomes a customer with the order. */
  readonly customerCreation: "always" | "if_required";
  readonly expiresAt: number;
  readonly metadata: Metadata;
};

export type StripeRecord =
  | Customer
  | Subscription
  | Invoice
  | CheckoutSession
  | CatalogRecord
  | MoneyRecord
  | BillingRecord;

export type ObjectType = StripeRecord["object"];

export type RecordOf<Type extends ObjectType> = Extract<StripeRecord, { object: Type }>;
