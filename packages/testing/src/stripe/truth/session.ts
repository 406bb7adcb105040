// How a Checkout session in payment mode stands.
import type { CheckoutSession } from "../records.ts";

/** By its own events alone. */
export function ownStatus({ status, paymentStatus, delayedPaymentFailed }: CheckoutSession): string {
  if (status !== "complete") return status;
  if (paymentStatus !== "unpaid") return "paid";
  return delayedPaymentFailed ? "failed" : "unpaid";
}
