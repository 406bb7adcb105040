// What an order holds of its prices' stock, wherever it is counted: by its own row or by its payment's (D15).
import type { Level } from "./noun.ts";

/** `unpaid` is complete and waits for a payment that takes days; `failed` is one that never came. */
export type OrderStatus = "open" | "unpaid" | "failed" | "paid" | "expired";

export type OrderLine = { price: string; quantity: number };

/** Tickets are reserved while an order may still be paid, sold once it is. */
const HELD_AS: Partial<Record<OrderStatus, "reserved" | "sold">> = {
  open: "reserved",
  unpaid: "reserved",
  paid: "sold",
};

export function stockHeld({ status, lines }: { status: OrderStatus; lines: OrderLine[] }): Level[] {
  const held = HELD_AS[status];
  if (held === undefined) return [];
  return lines.map(({ price, quantity }) => ({ noun: "stock", id: price, amounts: { [held]: quantity } }));
}
