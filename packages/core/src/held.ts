// What an order holds of its prices' stock (D15): the one function that says what is sold.
import type { Level } from "./noun.ts";

/** `unpaid` is complete and waits for a payment that takes days; `failed` is one that never came. */
export type OrderStatus = "open" | "unpaid" | "failed" | "paid" | "expired";

export type OrderLine = { price: string; quantity: number };

type Holder = { status: OrderStatus; lines: OrderLine[]; refunded?: number };

/** Tickets are reserved while an order may still be paid, sold once it is, and free again once all of it went back. */
const HELD_AS: Partial<Record<OrderStatus, "reserved" | "sold">> = {
  open: "reserved",
  unpaid: "reserved",
  paid: "sold",
};

export function stockHeld({ status, lines, refunded }: Holder): Level[] {
  const held = HELD_AS[status];
  if (held === undefined || refunded !== undefined) return [];
  return lines.map(({ price, quantity }) => ({ noun: "stock", id: price, amounts: { [held]: quantity } }));
}
