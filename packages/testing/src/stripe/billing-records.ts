// What the simulated Stripe knows of what surrounds invoices and subscriptions: discounts, credit notes,
// schedules, entitlements. Times are seconds, amounts minor units.
import type { Base } from "./base-record.ts";
import type { Period } from "./calendar.ts";
import type { Feature, Price } from "./catalog-records.ts";
import type { Metadata } from "./metadata.ts";

/** What makes an amount smaller: a share of it, or so much of one currency. */
export type Coupon = Base<"coupon"> & {
  readonly name: string | null;
  readonly percentOff: number | null;
  readonly amountOff: number | null;
  readonly currency: string | null;
  readonly duration: "forever" | "repeating";
  readonly durationInMonths: number | null;
  readonly maxRedemptions: number | null;
  readonly timesRedeemed: number;
  readonly metadata: Metadata;
  readonly deleted: boolean;
};

/** What a customer types in to get a coupon. */
export type PromotionCode = Base<"promotion_code"> & {
  readonly code: string;
  readonly coupon: Coupon;
  readonly customer: string | null;
  readonly active: boolean;
  readonly maxRedemptions: number | null;
  readonly timesRedeemed: number;
  readonly metadata: Metadata;
};

/** A coupon in use: on all of a customer's invoices, or on one subscription's. */
export type Discount = Base<"discount"> & {
  readonly customer: string;
  readonly subscription: string | null;
  readonly coupon: Coupon;
  readonly promotionCode: string | null;
  /** Null for one that stays. */
  readonly end: number | null;
  readonly deleted: boolean;
};

export type CreditNoteLine = {
  readonly id: string;
  readonly invoiceLine: string;
  readonly amount: number;
  readonly description: string;
};

export type CreditNote = Base<"credit_note"> & {
  readonly customer: string;
  readonly invoice: string;
  readonly number: string;
  readonly currency: string;
  readonly lines: readonly CreditNoteLine[];
  readonly subtotal: number;
  readonly tax: number;
  readonly total: number;
  /** Of an open invoice it lowers what is due; of a paid one it says what was given back. */
  readonly type: "pre_payment" | "post_payment";
  readonly reason: "duplicate" | "order_change" | "product_unsatisfactory" | null;
  readonly memo: string | null;
  readonly status: "issued" | "void";
  readonly voidedAt: number | null;
  readonly metadata: Metadata;
};

/** What the customer's next invoice will charge besides. */
export type InvoiceItem = Base<"invoiceitem"> & {
  readonly customer: string;
  readonly price: Price;
  readonly quantity: number;
  /** Null while it waits for an invoice. */
  readonly invoice: string | null;
  readonly deleted: boolean;
};

export type Phase = Period & { readonly items: readonly { price: string; quantity: number }[] };

export type SubscriptionSchedule = Base<"subscription_schedule"> & {
  readonly customer: string;
  /** Null once it is released. */
  readonly subscription: string | null;
  readonly releasedSubscription: string | null;
  readonly status: "active" | "completed" | "released" | "canceled";
  readonly phases: readonly Phase[];
  readonly currentPhase: Period | null;
  /** What becomes of the subscription after the last phase: it goes on without the schedule, or ends. */
  readonly endBehavior: "release" | "cancel";
  readonly flexible: boolean;
  readonly canceledAt: number | null;
  readonly completedAt: number | null;
  readonly releasedAt: number | null;
  readonly metadata: Metadata;
};

/** What a customer may use by now. Stripe gives it no id: here it has its customer's. */
export type EntitlementSummary = Base<"entitlements.active_entitlement_summary"> & {
  /** Those the customer ever had. */
  readonly subscriptions: readonly string[];
  readonly entitlements: readonly { readonly id: string; readonly feature: Feature }[];
};

/** A visit of the customer portal. */
export type PortalSession = Base<"billing_portal.session"> & { readonly customer: string };

export type BillingRecord =
  | Coupon
  | PromotionCode
  | Discount
  | CreditNote
  | InvoiceItem
  | SubscriptionSchedule
  | EntitlementSummary
  | PortalSession;
