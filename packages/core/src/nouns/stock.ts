// The stock of a price: what its orders hold of it, and how much of it there is.

/** Counted by orders and by the price itself, each by the difference between its old and new state (D15). */
export type StockState = {
  price: string;
  sold: number;
  reserved: number;
  /** Null where the price is not limited. */
  capacity: number | null;
  /** How many are sold past the capacity. */
  oversold: number;
};

export const STOCK = "stock";

/** Counters at zero may be missing: `limited` tells a capacity of zero from none. */
export function stockOf(price: string, counters: Readonly<Record<string, number>>): StockState {
  const { sold = 0, reserved = 0, capacity = 0, limited = 0 } = counters;
  if (limited <= 0) return { price, sold, reserved, capacity: null, oversold: 0 };
  return { price, sold, reserved, capacity, oversold: Math.max(0, sold - capacity) };
}
