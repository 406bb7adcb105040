// Lists inside a Stripe object: it embeds the first ten entries, and says whether there are more.
import { integer, member } from "./fields.ts";
import type { Json } from "./json.ts";

/**
 * Whether a list came, and all of it: one that Stripe did not send, or cut, is to be asked for (D12). The one answer
 * to this in the project. `total_count`, where Stripe counts, tells as well ("Pagination", docs.stripe.com/api/pagination).
 */
export function isWhole(list: Json | undefined): boolean {
  if (Array.isArray(list)) return true;
  const data = member(list, "data");
  if (!Array.isArray(data) || member(list, "has_more") === true) return false;
  return (integer(member(list, "total_count")) ?? 0) <= data.length;
}
