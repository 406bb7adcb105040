// The truth about orders, each by its own Checkout session.
import type { CheckoutSession } from "../records.ts";
import type { TruthRow } from "./row.ts";

export function orderRow(session: CheckoutSession): TruthRow {
  const { id, customer, total, currency, lines, paymentIntent, metadata } = session;
  const status = orderStatus(session);
  const state = { status, mode: "payment", customer, total, currency, lines, paymentIntent, metadata };
  return { noun: "order", id, customer, status, deleted: false, state };
}

export function orderStatus({ status, paymentStatus, delayedPaymentFailed }: CheckoutSession): string {
  if (status !== "complete") return status;
  if (paymentStatus !== "unpaid") return "paid";
  return delayedPaymentFailed ? "failed" : "unpaid";
}
