// Taxes of an invoice or a credit note: a list of them, under a name that depends on the API version.
import { entries, integer } from "./fields.ts";
import type { Json } from "./json.ts";

/** In minor units; null where there are none, as where one cannot be read: never the sum of some of them. */
export function sumOfTaxes(taxes: Json | undefined): number | null {
  const amounts = entries(taxes).map(({ amount }) => integer(amount));
  if (amounts.length === 0) return null;
  return amounts.reduce((sum, tax) => (sum === null || tax === null ? null : sum + tax), 0);
}
