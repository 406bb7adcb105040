// What Stripe's objects tell of a payment, in any API version: its intent, each charge, and the invoice it pays.
import { customerOf, referenceId, type StripeObject } from "./event.ts";
import { failureOf } from "./failure.ts";
import { createdIn, entries, flag, integer, member, metadata, text } from "./fields.ts";
import { isWhole } from "./list.ts";

/**
 * What one of the objects tells; amounts in minor units. What few of them have is absent, not null: two parts and their
 * versions have to fit into one write unit.
 */
export type PaymentPart = IntentPart | ChargePart | InvoicePaymentPart;

export type IntentPart = {
  object: "payment_intent";
  status: string | null;
  customer: string | null;
  currency: string | null;
  amount: number | null;
  received: number | null;
  /** What a bank transfer has brought of it so far; absent where none is waited for. */
  funded?: number;
  invoice?: string;
  latestCharge: string | null;
  failure?: string;
  /** The charge of the try that failed, where the failure names it. */
  failedCharge?: string;
  /** Seconds since the epoch. */
  created?: number;
  metadata?: Record<string, string>;
};

export type ChargePart = {
  object: "charge";
  /** Stripe's, but for what is authorized and not captured: `requires_capture`, and `canceled` once it is let go. */
  status: string | null;
  customer: string | null;
  currency: string | null;
  amount: number | null;
  captured: number | null;
  /** As the charge says: it counts what was authorized and let go, and may count refunds that failed. */
  refunded: number | null;
  /** All its refunds, which only versions before 2022-11-15 list; absent where there are none, or not all. */
  refunds?: ListedRefund[];
  invoice?: string;
  failure?: string;
  /** Seconds since the epoch. */
  created: number | null;
  metadata?: Record<string, string>;
};

/** A charge as it was last told of: `second` is when, since the epoch. */
export type Charge = ChargePart & { id: string; second: number };

export type ListedRefund = { id: string; status: string | null; amount: number | null };

/** Since 2025-03-31.basil neither intent nor charge names the invoice. */
export type InvoicePaymentPart = {
  object: "invoice_payment";
  status: string | null;
  currency: string | null;
  /** What was asked for; absent where that is what was paid. */
  amount?: number;
  paid: number | null;
  invoice?: string;
};

export function projectPart(object: StripeObject): PaymentPart {
  if (object.object === "charge") return projectCharge(object);
  if (object.object === "invoice_payment") {
    return projectInvoicePayment(object);
  }
  return projectIntent(object);
}

function projectIntent(object: StripeObject): IntentPart {
  const amount = integer(object.amount);
  const status = text(object.status);
  const funded = fundedOf(object, amount);
  const failure = failureOf(object.last_payment_error);
  const failedCharge = referenceId(member(object.last_payment_error, "charge"));
  return {
    object: "payment_intent",
    status,
    customer: customerOf(object),
    currency: text(object.currency),
    amount,
    received: integer(object.amount_received) ?? (status === "succeeded" ? amount : null),
    ...(funded === null ? {} : { funded }),
    ...invoiceOf(object),
    latestCharge: referenceId(object.latest_charge) ?? referenceId(entries(object.charges)[0]),
    ...(failure === null ? {} : { failure }),
    ...(failedCharge === null ? {} : { failedCharge }),
    ...createdIn(object.created),
    ...metadataOf(object),
  };
}

/** "Bank transfer payments", docs.stripe.com/payments/bank-transfers: the instructions say what is still to come. */
function fundedOf({ next_action }: StripeObject, amount: number | null): number | null {
  const instructions = member(next_action, "display_bank_transfer_instructions");
  const remaining = integer(member(instructions, "amount_remaining"));
  return remaining === null || amount === null ? null : Math.max(0, amount - remaining);
}

function projectInvoicePayment(object: StripeObject): InvoicePaymentPart {
  const [amount, paid] = [integer(object.amount_requested), integer(object.amount_paid)];
  return {
    object: "invoice_payment",
    status: text(object.status),
    currency: text(object.currency),
    ...(amount === null || amount === paid ? {} : { amount }),
    paid,
    ...invoiceOf(object),
  };
}

function projectCharge(object: StripeObject): ChargePart {
  const amount = integer(object.amount);
  const captured = capturedOf(object, amount);
  const failure = failureOfCharge(object);
  const refunds = captured === amount ? refundsListed(object) : [];
  return {
    object: "charge",
    status: statusOfCharge(object, captured),
    customer: customerOf(object),
    currency: text(object.currency),
    amount,
    captured,
    refunded: integer(object.amount_refunded),
    ...(refunds.length > 0 ? { refunds } : {}),
    ...invoiceOf(object),
    ...(failure === null ? {} : { failure }),
    created: integer(object.created),
    ...metadataOf(object),
  };
}

/** `amount_captured` came after `captured`, which says it all but for a capture in part. */
function capturedOf(object: StripeObject, amount: number | null): number | null {
  return integer(object.amount_captured) ?? (flag(object.captured) === true ? amount : 0);
}

/**
 * "Place a hold on a payment method", docs.stripe.com/payments/place-a-hold-on-a-payment-method: a charge that is
 * authorized has succeeded for Stripe, and nobody has paid yet. What is let go is refunded whole.
 */
function statusOfCharge(object: StripeObject, captured: number | null): string | null {
  const status = text(object.status);
  if (status !== "succeeded" || object.captured !== false || captured) return status;
  const isLetGo = object.refunded === true || (integer(object.amount_refunded) ?? 0) > 0;
  return isLetGo ? "canceled" : "requires_capture";
}

function failureOfCharge(object: StripeObject): string | null {
  if (object.status !== "failed") return null;
  return text(member(object.outcome, "reason")) ?? text(object.failure_code);
}

/** Where a part was let go, the list may hold that as well: then only the charge's own figure counts. */
function refundsListed({ refunds }: StripeObject): ListedRefund[] {
  if (!isWhole(refunds)) return [];
  return entries(refunds).flatMap((refund) => {
    const id = referenceId(refund);
    return id === null ? [] : [{ id, status: text(refund.status), amount: integer(refund.amount) }];
  });
}

function invoiceOf(object: StripeObject): { invoice?: string } {
  const invoice = referenceId(object.invoice);
  return invoice === null ? {} : { invoice };
}

function metadataOf(object: StripeObject): { metadata?: Record<string, string> } {
  const texts = metadata(object.metadata);
  return Object.keys(texts).length === 0 ? {} : { metadata: texts };
}
