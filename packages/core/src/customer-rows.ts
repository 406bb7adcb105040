// Everything of one customer: the rows that live in their partition, then those on their own that name them.
import { partition } from "./keys.ts";
import { type Paging, turnOf } from "./paging.ts";
import type { Row } from "./row.ts";
import type { Page, Store } from "./store.ts";
import { type RowView, shown } from "./view.ts";

/** Which of the two kinds is being read, and what its own cursor is. */
type Position = { kind: "living" | "naming"; after: string | null };

const START: Position = { kind: "living", after: null };
const HALFWAY: Position = { kind: "naming", after: null };

/** Requests: a query of the partition, then a query of the index and a read of the rows behind it. */
export async function readCustomerRows(
  { store, tenant }: { store: Store; tenant: string },
  id: string,
  paging: Paging,
): Promise<Page<RowView>> {
  const { limit, from = START, page } = turnOf<Position>(["customerState", tenant, id], paging);
  const pk = partition(tenant, id);
  const living = await rowsLivingIn(store, pk, limit, from);
  const theirs = living.found.filter(({ identity }) => identity.customer === id);
  if (living.next !== undefined) return page(shown(theirs), { kind: "living", after: living.next });
  const room = limit - theirs.length;
  if (room === 0) return page(shown(theirs), HALFWAY);
  const naming = await rowsNaming(store, pk, room, from);
  const next: Position | undefined =
    naming.next === undefined ? undefined : { kind: "naming", after: naming.next };
  return page(shown([...theirs, ...naming.found]), next);
}

async function rowsLivingIn(store: Store, pk: string, limit: number, from: Position): Promise<Page<Row>> {
  if (from.kind === "naming") return { found: [] };
  return store.rowsIn(pk, { limit, after: from.after ?? undefined });
}

/** The index lists the customer's own row as well, which was among the first kind. */
async function rowsNaming(store: Store, pk: string, limit: number, from: Position): Promise<Page<Row>> {
  const after = from.kind === "naming" ? (from.after ?? undefined) : undefined;
  const { found, ...rest } = await store.rowsBy("gsi1", pk, { limit, after });
  return { ...rest, found: found.filter(({ key }) => key.pk !== pk) };
}
