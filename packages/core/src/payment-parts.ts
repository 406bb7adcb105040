// What Stripe's objects tell of a payment, in any API version: its intent, each charge, and the invoice it pays.
import { customerOf, referenceId, type StripeObject } from "./event.ts";
import { failureOf } from "./failure.ts";
import { entries, flag, integer, member, metadata, text } from "./fields.ts";

/** What one of the objects tells; amounts in minor units. */
export type PaymentPart = IntentPart | ChargePart | InvoicePaymentPart;

export type IntentPart = {
  object: "payment_intent";
  status: string | null;
  customer: string | null;
  currency: string | null;
  amount: number | null;
  received: number | null;
  invoice: string | null;
  latestCharge: string | null;
  failure: string | null;
  metadata: Record<string, string>;
};

export type ChargePart = {
  object: "charge";
  status: string | null;
  customer: string | null;
  currency: string | null;
  amount: number | null;
  captured: number | null;
  refunded: number | null;
  invoice: string | null;
  failure: string | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

/** Since 2025-03-31.basil neither intent nor charge names the invoice. */
export type InvoicePaymentPart = {
  object: "invoice_payment";
  status: string | null;
  currency: string | null;
  paid: number | null;
  invoice: string | null;
};

export function projectPart(object: StripeObject): PaymentPart {
  if (object.object === "charge") return projectCharge(object);
  if (object.object === "invoice_payment") {
    return projectInvoicePayment(object);
  }
  return {
    object: "payment_intent",
    status: text(object.status),
    customer: customerOf(object),
    currency: text(object.currency),
    amount: integer(object.amount),
    received: integer(object.amount_received),
    invoice: referenceId(object.invoice),
    latestCharge: referenceId(object.latest_charge) ?? referenceId(entries(object.charges)[0]),
    failure: failureOf(object.last_payment_error),
    metadata: metadata(object.metadata),
  };
}

function projectInvoicePayment(object: StripeObject): InvoicePaymentPart {
  return {
    object: "invoice_payment",
    status: text(object.status),
    currency: text(object.currency),
    paid: integer(object.amount_paid),
    invoice: referenceId(object.invoice),
  };
}

/** `amount_captured` came after `captured`, which says it all but for a capture in part. */
function projectCharge(object: StripeObject): ChargePart {
  const amount = integer(object.amount);
  const isFailed = object.status === "failed";
  return {
    object: "charge",
    status: text(object.status),
    customer: customerOf(object),
    currency: text(object.currency),
    amount,
    captured: integer(object.amount_captured) ?? (flag(object.captured) === true ? amount : 0),
    refunded: integer(object.amount_refunded),
    invoice: referenceId(object.invoice),
    failure: isFailed ? (text(member(object.outcome, "reason")) ?? text(object.failure_code)) : null,
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}
