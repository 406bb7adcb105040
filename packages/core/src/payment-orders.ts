// What a payment and the order that it pays for tell each other: the order its own events, the payment its money (D15).
import type { OrderStatus } from "./held.ts";
import { isReturned } from "./payment-money.ts";

/** What a payment holds of its order: the status that the order's own events tell. */
export type OrderShare = { status: OrderStatus; customer: string | null };

/** What an order holds of its payment. */
export type OrderMoney = {
  money: "captured" | "refunded" | "canceled";
  /** What went back, in minor units of the currency. */
  refunded?: number;
};

type Paid = { status: string | null; paid: number; refunded: number };

/** A session that expired took no money: what was paid was for something else. */
export function moneyFor({ status }: OrderShare, payment: Paid): OrderMoney | null {
  if (status === "expired") return null;
  if (isReturned(payment)) return { money: "refunded", refunded: payment.refunded };
  if (status === "paid") return null;
  if (payment.paid > 0) return { money: "captured" };
  return status === "unpaid" && payment.status === "canceled" ? { money: "canceled" } : null;
}
