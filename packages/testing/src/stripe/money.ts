// What the simulated Stripe knows of money: how it is paid, on its way in and back, and paid out.
import type { Base } from "./base-record.ts";
import type { Metadata } from "./metadata.ts";

/** A card or a bank account, as long as it is saved with its customer. */
export type PaymentMethod = Base<"payment_method"> & {
  readonly type: "card" | "sepa_debit";
  readonly last4: string;
  readonly fingerprint: string;
  /** Null before it is attached, and after it is detached. */
  readonly customer: string | null;
  readonly expMonth: number;
  readonly expYear: number;
  readonly metadata: Metadata;
};

export type SetupIntent = Base<"setup_intent"> & {
  readonly customer: string;
  readonly status: "requires_payment_method" | "requires_action" | "succeeded" | "canceled";
  readonly paymentMethod: PaymentMethod | null;
  readonly declineCode: string | null;
  readonly cancellationReason: "requested_by_customer" | "abandoned" | null;
  readonly metadata: Metadata;
  readonly secret: string;
};

export type InvoicePayment = Base<"invoice_payment"> & {
  readonly invoice: string;
  readonly paymentIntent: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: "open" | "paid" | "canceled";
  readonly paidAt: number | null;
  readonly canceledAt: number | null;
};

export type PaymentIntent = Base<"payment_intent"> & {
  readonly customer: string | null;
  readonly invoice: string | null;
  readonly amount: number;
  readonly amountCapturable: number;
  readonly amountReceived: number;
  readonly currency: string;
  readonly description: string | null;
  readonly status:
    | "requires_payment_method"
    | "requires_action"
    | "processing"
    | "requires_capture"
    | "succeeded"
    | "canceled";
  /** By hand, what a card has authorized waits for the seller to take it. */
  readonly capture: "automatic" | "manual";
  readonly paymentMethod: PaymentMethod;
  readonly email: string | null;
  /** The tries so far, newest last. */
  readonly charges: readonly Charge[];
  readonly declineCode: string | null;
  readonly canceledAt: number | null;
  readonly cancellationReason: "requested_by_customer" | "void_invoice" | "expired" | "automatic" | null;
  readonly secret: string;
};

export type Charge = Base<"charge"> & {
  readonly customer: string | null;
  readonly invoice: string | null;
  /** Null for one that was made without. */
  readonly paymentIntent: string | null;
  readonly paymentMethod: PaymentMethod;
  readonly email: string | null;
  readonly description: string | null;
  readonly status: "pending" | "succeeded" | "failed";
  readonly amount: number;
  readonly captured: boolean;
  readonly amountCaptured: number;
  readonly currency: string;
  readonly refunds: readonly Refund[];
  /** What was authorized and let go without being captured. */
  readonly released: number;
  /** With what was let go: Stripe counts that as refunded too. It may still count what failed meanwhile. */
  readonly amountRefunded: number;
  readonly dispute: string | null;
  readonly balanceTransaction: string | null;
  readonly declineCode: string | null;
  readonly metadata: Metadata;
  readonly riskScore: number;
};

export type Refund = Base<"refund"> & {
  readonly charge: string;
  readonly paymentIntent: string | null;
  readonly paymentMethod: string;
  readonly customer: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly status: "pending" | "requires_action" | "succeeded" | "failed" | "canceled";
  readonly reason: "requested_by_customer" | "duplicate" | "fraudulent" | null;
  readonly failureReason: "lost_or_stolen_card" | "merchant_request" | null;
  readonly balanceTransaction: string | null;
};

export type DisputeStatus =
  | "warning_needs_response"
  | "warning_under_review"
  | "warning_closed"
  | "needs_response"
  | "under_review"
  | "won"
  | "lost";

export type Dispute = Base<"dispute"> & {
  readonly charge: string;
  readonly paymentIntent: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly status: DisputeStatus;
  readonly reason: "fraudulent" | "product_not_received" | "duplicate";
  readonly evidence: string | null;
  readonly evidenceDueBy: number;
  /** What it holds, or took for good, in its own currency. */
  readonly withheld: number;
  /** What was withdrawn, and perhaps given back, in the currency of the account. */
  readonly transactions: readonly {
    readonly id: string;
    readonly created: number;
    readonly amount: number;
    readonly currency: string;
  }[];
  readonly metadata: Metadata;
};

export type Payout = Base<"payout"> & {
  readonly amount: number;
  readonly currency: string;
  readonly status: "pending" | "in_transit" | "paid" | "failed" | "canceled";
  readonly automatic: boolean;
  readonly arrivalDate: number;
  readonly failureCode: "account_closed" | null;
  readonly balanceTransaction: string;
  readonly failureBalanceTransaction: string | null;
};

export type Amounts = Readonly<Record<string, number>>;

/** What the account holds, by currency. There is one, and Stripe gives it no id. */
export type Balance = Base<"balance"> & { readonly available: Amounts; readonly pending: Amounts };

export type MoneyRecord =
  | PaymentMethod
  | SetupIntent
  | InvoicePayment
  | PaymentIntent
  | Charge
  | Refund
  | Dispute
  | Payout
  | Balance;
