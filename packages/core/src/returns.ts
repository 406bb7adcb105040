// The refunds and disputes of payments: a customer's are found by them, since few name the customer themselves.
import { keyText, rowKey } from "./keys.ts";
import type { PaymentState } from "./nouns/payment.ts";
import type { Row } from "./row.ts";
import type { Store } from "./store.ts";

/** What a payment holds of each, by the noun that has the row. */
const RETURNS = { refund: "refunds", dispute: "disputes" } as const;

export type ReturnNoun = keyof typeof RETURNS;

export const RETURN_NOUNS = Object.keys(RETURNS) as ReturnNoun[];

/**
 * Rows with what went back of each payment right behind it, but for what names a customer and is listed by that.
 * Requests: none where nothing went back, else one for each hundred.
 */
export async function withReturns(
  { store, tenant }: { store: Store; tenant: string },
  rows: Row[],
  nouns: readonly ReturnNoun[] = RETURN_NOUNS,
): Promise<Row[]> {
  const named = rows.map((row) => nouns.flatMap((noun) => keysOf(tenant, noun, row)));
  const keys = named.flat();
  if (keys.length === 0) return rows;
  const found = (await store.load(keys, { consistent: false })).rows;
  return rows.flatMap((row, n) => {
    const returns = (named[n] ?? []).flatMap((key) => found.get(keyText(key)) ?? []);
    return [row, ...returns.filter(({ identity }) => identity.customer === null)];
  });
}

function keysOf(tenant: string, noun: ReturnNoun, { identity, state }: Row) {
  if (identity.noun !== "payment") return [];
  const shares = (state as PaymentState)[RETURNS[noun]];
  return shares.map(({ id }) => rowKey("own", { tenant, noun, id, customer: null }));
}
