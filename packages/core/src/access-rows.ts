// A customer's access, from the two rows that tell of it: their profile, and whether there is such a customer at all.
import { type Access, type AccessOptions, accessOf } from "./access.ts";
import { keyText, rowKey } from "./keys.ts";
import type { ProfileState } from "./nouns/profile.ts";
import { nounNamed } from "./registry.ts";
import { isEmpty } from "./row.ts";
import type { Store } from "./store.ts";

export type AccessReadOptions = Omit<AccessOptions, "now" | "customer"> & {
  store: Store;
  tenant: string;
  /** Seconds since the epoch. */
  now(): number;
};

/**
 * Requests: one for both rows.
 * @throws RangeError when the id is empty: nobody is not a customer who never subscribed.
 */
export async function readAccess(
  { store, tenant, now, policy, history }: AccessReadOptions,
  customer: string,
  feature?: string,
): Promise<Access> {
  if (!customer) throw new RangeError("hasAccess needs a customer's id; it got an empty one.");
  const keyOf = (noun: string) => rowKey(nounNamed(noun).home, { tenant, noun, id: customer, customer });
  const keys = [keyOf("profile"), keyOf("customer")];
  const { rows } = await store.load(keys, { consistent: false });
  const [profile, own] = keys
    .map((key) => rows.get(keyText(key)))
    .map((row) => (row && !isEmpty(row) ? row : undefined));
  const state = (profile?.state ?? null) as ProfileState | null;
  return accessOf(state, { now: now(), policy, history, customer: own }, feature);
}
