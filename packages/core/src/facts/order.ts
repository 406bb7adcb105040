// What happened to an order: whether its money came. That it went back, the payment's row tells.
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

export type OrderFacts = { "order.paid": Sale; "order.failed": Sale; "order.expired": Sale };

export function orderFacts(change: Change<OrderState>): Told<OrderFacts>[] {
  const { lines, total, currency, mode, paymentIntent, subscription, metadata } = change.is;
  const sale = { lines, total, currency, mode, payment: paymentIntent, subscription, metadata };
  return told<OrderFacts>({
    "order.paid": became(change, "paid") && sale,
    "order.failed": became(change, "failed") && sale,
    "order.expired": became(change, "expired") && sale,
  });
}
