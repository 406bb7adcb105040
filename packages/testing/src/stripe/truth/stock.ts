// The truth about stock: what orders hold of their prices, of how many there are.
import type { StripeRecord } from "../records.ts";
import { ordersIn } from "./order.ts";
import { recordsOfType, type TruthRow } from "./row.ts";

type Held = { sold: number; reserved: number };

/** A row for each price of which something is held, or the number is known. */
export function stockRows(records: readonly StripeRecord[]): TruthRow[] {
  const held = heldOf(records);
  const capacities = capacitiesOf(records);
  const prices = new Set([...held.keys(), ...capacities.keys()]);
  return [...prices].map((price) => {
    const { sold, reserved } = held.get(price) ?? { sold: 0, reserved: 0 };
    const capacity = capacities.get(price) ?? null;
    const oversold = capacity === null ? 0 : Math.max(0, sold - capacity);
    const state = { price, sold, reserved, capacity, oversold };
    return { noun: "stock", id: price, customer: null, status: null, deleted: false, state };
  });
}

/** Paid orders have sold unless all of the money went back; those that may still be paid reserve. */
function heldOf(records: readonly StripeRecord[]): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const { session, sale } of ordersIn(records)) {
    const as = HELD_AS[sale.status];
    if (as === undefined || sale.refunded !== undefined) continue;
    for (const { price, quantity } of session.lines) {
      const count = held.get(price) ?? { sold: 0, reserved: 0 };
      held.set(price, { ...count, [as]: count[as] + quantity });
    }
  }
  return held;
}

const HELD_AS: { [status: string]: keyof Held } = { open: "reserved", unpaid: "reserved", paid: "sold" };

/** As the metadata of the prices say that are still there. */
function capacitiesOf(records: readonly StripeRecord[]): Map<string, number> {
  const prices = recordsOfType(records, "price").filter(({ deleted }) => !deleted);
  const limited = prices.filter(({ metadata }) => /^\d+$/.test(metadata.capacity ?? ""));
  return new Map(limited.map(({ id, metadata }) => [id, Number(metadata.capacity)]));
}
