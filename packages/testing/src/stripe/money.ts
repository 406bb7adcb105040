// What the simulated Stripe knows of money on its way: tries to pay, charges, refunds.
import type { Base } from "./records.ts";

/** How a customer pays. */
export type PaymentMethod = {
  readonly id: string;
  readonly type: "card" | "sepa_debit";
  readonly last4: string;
  readonly fingerprint: string;
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
  readonly amountReceived: number;
  readonly currency: string;
  readonly description: string | null;
  readonly status: "requires_payment_method" | "requires_action" | "processing" | "succeeded" | "canceled";
  readonly paymentMethod: PaymentMethod;
  readonly email: string | null;
  /** The tries so far, newest last. */
  readonly charges: readonly Charge[];
  readonly declineCode: string | null;
  readonly canceledAt: number | null;
  readonly cancellationReason: "requested_by_customer" | "void_invoice" | "expired" | null;
  readonly secret: string;
};

export type Charge = Base<"charge"> & {
  readonly customer: string | null;
  readonly invoice: string | null;
  readonly paymentIntent: string;
  readonly paymentMethod: PaymentMethod;
  readonly email: string | null;
  readonly description: string | null;
  readonly status: "pending" | "succeeded" | "failed";
  readonly amount: number;
  readonly currency: string;
  readonly refunds: readonly Refund[];
  readonly amountRefunded: number;
  readonly balanceTransaction: string | null;
  readonly declineCode: string | null;
  readonly riskScore: number;
};

export type Refund = Base<"refund"> & {
  readonly charge: string;
  readonly paymentIntent: string;
  readonly paymentMethod: string;
  readonly customer: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly status: "succeeded" | "failed";
  readonly reason: "requested_by_customer" | "duplicate" | "fraudulent" | null;
  readonly balanceTransaction: string;
};
