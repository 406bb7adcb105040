// Everything of one customer: the rows that live in their partition, then those on their own that name them, each
// payment with what went back of it.
import { partition } from "./keys.ts";
import { type Paging, turnOf } from "./paging.ts";
import { withReturns } from "./returns.ts";
import type { Row } from "./row.ts";
import type { Page, Store } from "./store.ts";
import { type RowView, shown } from "./view.ts";

/** Which of the two kinds is being read, what its own cursor is, and how many of what follows that were shown. */
type Position = { kind: "living" | "naming"; after: string | null; shown?: number };

const START: Position = { kind: "living", after: null };
const HALFWAY: Position = { kind: "naming", after: null };

type Reading = { store: Store; tenant: string };

/** Requests: a query of the partition, then a query of the index and a read of the rows behind it, and one of returns. */
export async function readCustomerRows(reading: Reading, id: string, paging: Paging): Promise<Page<RowView>> {
  const { store, tenant } = reading;
  const { limit, from = START, page } = turnOf<Position>(["customerState", tenant, id], paging);
  const pk = partition(tenant, id);
  const living = await rowsLivingIn(store, pk, limit, from);
  const theirs = living.found.filter(({ identity }) => identity.customer === id);
  if (living.next !== undefined) return page(shown(theirs), { kind: "living", after: living.next });
  const room = limit - theirs.length;
  if (room === 0) return page(shown(theirs), HALFWAY);
  const { rows, next } = await rowsNaming(reading, pk, room, from.kind === "naming" ? from : HALFWAY);
  return page(shown([...theirs, ...rows]), next);
}

async function rowsLivingIn(store: Store, pk: string, limit: number, from: Position): Promise<Page<Row>> {
  if (from.kind === "naming") return { found: [] };
  return store.rowsIn(pk, { limit, after: from.after ?? undefined });
}

/** The index lists the customer's own row as well, which was among the first kind. */
async function rowsNaming(
  reading: Reading,
  pk: string,
  room: number,
  { after, shown: skipped = 0 }: Position,
): Promise<{ rows: Row[]; next: Position | undefined }> {
  const { found, next } = await reading.store.rowsBy("gsi1", pk, { limit: room, after: after ?? undefined });
  const own = found.filter(({ key }) => key.pk !== pk);
  const all = await withReturns(reading, own);
  const rows = all.slice(skipped);
  // What went back of a page's payments may not fit into it: the next one begins in the middle of it.
  if (rows.length > room) {
    return { rows: rows.slice(0, room), next: { kind: "naming", after, shown: skipped + room } };
  }
  const left = Math.max(0, skipped - all.length);
  return { rows, next: next === undefined ? undefined : { kind: "naming", after: next, shown: left } };
}
