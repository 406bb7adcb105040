// A customer's access, from the two rows that tell of it: their profile, and whether there is such a customer at all.
import { type Access, accessOf } from "./access.ts";
import type { AccessOptions } from "./access-decision.ts";
import { keyText, rowKey } from "./keys.ts";
import type { CustomerAccountState } from "./nouns/customer-account.ts";
import type { ProfileState } from "./nouns/profile.ts";
import { nounNamed } from "./registry.ts";
import { isEmpty, type Row } from "./row.ts";
import type { Store } from "./store.ts";

export type AccessReadOptions = Omit<AccessOptions, "now" | "customer"> & {
  store: Store;
  tenant: string;
  /** Seconds since the epoch. */
  now(): number;
};

/**
 * Requests: one for both rows; two for an account that is a customer with an id of their own (Accounts v2).
 * @throws RangeError when the id is empty: nobody is not a customer who never subscribed.
 */
export async function readAccess(
  options: AccessReadOptions,
  customer: string,
  feature?: string,
): Promise<Access> {
  if (!customer) throw new RangeError("hasAccess needs a customer's id; it got an empty one.");
  const [profile, own, account] = await rowsOf(options, customer);
  const other = account && otherIdOf(account);
  if (other !== undefined) return readAccess(options, other, feature);
  const { now, policy, history } = options;
  const state = (profile?.state ?? null) as ProfileState | null;
  return accessOf(state, { now: now(), policy, history, customer: own }, feature);
}

/** The ids of accounts begin so, and no customer's does. */
const ACCOUNT = /^acct_/;

/** The profile, the customer and, where it may be an account's id, the account. */
async function rowsOf({ store, tenant }: AccessReadOptions, id: string): Promise<(Row | undefined)[]> {
  const nouns = ["profile", "customer", ...(ACCOUNT.test(id) ? ["customer-account"] : [])];
  const keys = nouns.map((noun) => rowKey(nounNamed(noun).home, { tenant, noun, id, customer: id }));
  const { rows } = await store.load(keys, { consistent: false });
  return keys.map((key) => rows.get(keyText(key))).map((row) => (row && !isEmpty(row) ? row : undefined));
}

function otherIdOf({ state }: Row): string | undefined {
  return (state as CustomerAccountState).customers.find((customer) => !ACCOUNT.test(customer));
}
