// What happened to a price's stock: more of it was sold than there is.
import { stockOf } from "../nouns/stock.ts";
import type { Counter } from "../row.ts";
import type { Fact } from "./fact.ts";

export type StockFacts = {
  /** More are sold than there are: `oversold` too many, `by` more than before. */
  "stock.oversold": {
    /** In pieces. */
    by: number;
    oversold: number;
    sold: number;
    capacity: number | null;
  };
};

/** What happened between two standings of a price's counter. */
export function stockFacts(before: Counter | undefined, after: Counter): Fact<StockFacts>[] {
  const { tenant, noun, id, customer } = after.identity;
  const { oversold, sold, capacity } = stockOf(id, after.amounts);
  const by = oversold - stockOf(id, before?.amounts ?? {}).oversold;
  if (by <= 0) return [];
  return [{ name: "stock.oversold", tenant, noun, id, customer, detail: { by, oversold, sold, capacity } }];
}
