// Amounts of billing credits: Stripe says what kind of amount it is, and of money how much of which currency.
import { integer, member, text } from "./fields.ts";
import type { Json } from "./json.ts";

/** Minor units of the currency; both null where it is no money. */
export type Monetary = { amount: number | null; currency: string | null };

export function monetary(amount: Json | undefined): Monetary {
  const money = member(amount, "monetary");
  return { amount: integer(member(money, "value")), currency: text(member(money, "currency")) };
}
