// The customers behind a reference of the app's own: Checkout's `client_reference_id`, or a metadata member.
import { partition } from "./keys.ts";
import { isName } from "./naming.ts";
import { REFERENCE_SOURCES, type ReferenceSource, referenceOwner } from "./nouns/reference.ts";
import { MOST_A_PAGE } from "./paging.ts";
import type { Store } from "./store.ts";

export type Referred = {
  customer: string;
  /** Where the reference stands: both, where both say so. */
  by: ReferenceSource[];
};

/**
 * Requests: a query for each source.
 * @throws RangeError when the reference is empty.
 */
export async function readReferred(
  { store, tenant }: { store: Store; tenant: string },
  reference: string,
): Promise<Referred[]> {
  if (!reference) throw new RangeError("customerOf needs a reference; it got an empty one.");
  if (!isName(reference)) return [];
  const found = await Promise.all(REFERENCE_SOURCES.map((by) => namedBy(by)));
  const customers = [...new Set(found.flatMap(({ ids }) => ids))].sort();
  return customers.map((customer) => ({
    customer,
    by: found.filter(({ ids }) => ids.includes(customer)).map(({ by }) => by),
  }));

  async function namedBy(by: ReferenceSource) {
    const pk = partition(tenant, referenceOwner(by, reference));
    const page = await store.countersIn(pk, { limit: MOST_A_PAGE });
    const told = page.found.filter(({ amounts }) => (amounts.told ?? 0) > 0);
    return { by, ids: told.map(({ identity }) => identity.id) };
  }
}
