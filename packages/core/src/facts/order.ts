// What happened to an order: whether its money came, and whether all of it went back.
import type { OrderLine } from "../held.ts";
import type { OrderState } from "../nouns/order.ts";
import { became, type Change, type Told, told } from "./fact.ts";

type Sale = {
  lines: OrderLine[];
  /** Minor units. */
  total: number | null;
  currency: string | null;
  mode: string | null;
  payment: string | null;
  subscription: string | null;
  metadata: Record<string, string>;
};

export type OrderFacts = {
  /** Its money came, as its session tells or as its payment does; what nobody has to pay for is paid. */
  "order.paid": Sale;
  /** Its payment failed or was let go; it may still be paid later. */
  "order.failed": Sale;
  /** Nobody completed it in time. */
  "order.expired": Sale;
  /** All that was paid for it went back: `amount` in minor units. */
  "order.refunded": Sale & { amount: number };
  /** A refund did not reach the customer after all, so that it is sold again. */
  "order.refund_failed": Sale;
};

export function orderFacts(change: Change<OrderState>): Told<OrderFacts>[] {
  const { was, is } = change;
  const { lines, total, currency, mode, paymentIntent, subscription, metadata } = is;
  const sale = { lines, total, currency, mode, payment: paymentIntent, subscription, metadata };
  return told<OrderFacts>({
    "order.paid": became(change, "paid") && sale,
    "order.failed": became(change, "failed") && sale,
    "order.expired": became(change, "expired") && sale,
    "order.refunded": is.refunded !== undefined && !was?.refunded && { amount: is.refunded, ...sale },
    "order.refund_failed": is.refunded === undefined && was?.refunded !== undefined && sale,
  });
}
