// The stock of a price: how many are sold and how many reserved, as counted by the orders that hold them.

/** Counters that orders move by the difference between their old and new state (D15). */
export type StockState = {
  price: string;
  sold: number;
  reserved: number;
};

export const STOCK = "stock";

export function stockOf(price: string, counters: Readonly<Record<string, number>>): StockState {
  return { price, sold: counters.sold ?? 0, reserved: counters.reserved ?? 0 };
}
