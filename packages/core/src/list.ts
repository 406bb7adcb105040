// Lists inside a Stripe object: it embeds the first ten entries, and says whether there are more.
import { member } from "./fields.ts";
import type { Json } from "./json.ts";

/** Whether a list came, and all of it: one that Stripe did not send, or cut, is to be asked for (D12). */
export function isWhole(list: Json | undefined): boolean {
  if (Array.isArray(list)) return true;
  return Array.isArray(member(list, "data")) && member(list, "has_more") !== true;
}
