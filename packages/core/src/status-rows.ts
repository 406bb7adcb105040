// The rows of one kind that have a status now, by the index that lists them.
import { statusPartition } from "./keys.ts";
import { type Paging, turnOf } from "./paging.ts";
import type { Page, Store } from "./store.ts";
import { isViewOf, type RowNoun, type ViewOf, viewOf } from "./view.ts";

/** What `listByStatus` lists: a noun that has a status, or one Stripe object type among the generic rows. */
export type Listed = Exclude<RowNoun, "customer" | "generic"> | { noun: "generic"; object: string };

export type NounOf<L extends Listed> = L extends { noun: infer N extends RowNoun } ? N : Extract<L, RowNoun>;

/** The index may lag behind the rows: one that has moved on since, or is deleted, is not listed. */
export async function readRowsOfStatus<L extends Listed>(
  { store, tenant }: { store: Store; tenant: string },
  listed: L,
  status: string,
  paging: Paging,
): Promise<Page<ViewOf<NounOf<L>>>> {
  const kind = kindOf(listed);
  const pk = statusPartition({ ...kind, tenant }, status);
  const { limit, from, page } = turnOf<string>(["listByStatus", pk], paging);
  const { found, next } = await store.rowsBy("gsi2", pk, { limit, after: from });
  const views = found.map(viewOf).filter((view) => isViewOf(kind.noun, view));
  return page(
    views.filter((view) => view.status === status && !view.deleted),
    next,
  );
}

function kindOf<L extends Listed>(listed: L): { noun: NounOf<L>; object?: string } {
  return (typeof listed === "string" ? { noun: listed } : listed) as { noun: NounOf<L>; object?: string };
}
